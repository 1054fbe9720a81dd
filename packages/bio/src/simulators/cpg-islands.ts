import type { Matrix } from '../motifs/pwm';
import { HUMAN_DINUCLEOTIDES } from './genome';

/** Dinucleotide counts of a CpG island: of the human genome's, with C and G twice as frequent and CG as frequent as GC. */
export const ISLAND_DINUCLEOTIDES: Matrix = /* @__PURE__ */ HUMAN_DINUCLEOTIDES.map((row, first) =>
  row.map((count, second) => {
    const expected = first === 1 && second === 2 ? HUMAN_DINUCLEOTIDES[2][1] : count; // nothing was lost by mutation
    return expected * weightOf(first) * weightOf(second);
  }),
);

function weightOf(base: number): number {
  return base === 1 || base === 2 ? Math.SQRT2 : Math.SQRT1_2;
}
