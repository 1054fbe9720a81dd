import { reverseComplement } from '../edits/reverse-complement';
import { integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { ISLAND_DINUCLEOTIDES } from './cpg-islands';
import { simulateGenome } from './genome';
import { drawPlaces } from './places';
import { sequenceWith } from './sequence-with';

/** What chromatin is made of. */
export interface SimulateHistoneMarksOptions {
  readonly rng: RandomSource;
  /** 20 000 unless said. */
  readonly lengthBp?: number;
  /** CpG islands, 6 unless said: half of them, rounded up, get a motif near by. */
  readonly islands?: number;
  /** Motifs elsewhere, 6 unless said. */
  readonly strayMotifs?: number;
  /** How far a motif reaches, 500 bp unless said. */
  readonly reachBp?: number;
  /** `CCGGAAGTG` unless said. */
  readonly motif?: string;
}

/** A stretch of a genome, painted. */
export interface SimulatedHistoneMarks {
  readonly sequence: string;
  /** Start and end of each CpG island, 300 to 800 bp each. */
  readonly islands: readonly (readonly [start: number, end: number])[];
  /** Where motifs begin, in rising order. */
  readonly motifs: readonly number[];
  /** 1 for a letter of an island that has the beginning of a motif within reach on either side, else 0.   [lengthBp] */
  readonly marks: Uint8Array;
}

/**
 * A mark that neither its own letters nor an island alone explain: it is laid on letters of CpG islands near a motif, which may be
 * up to `reachBp` away on either side, within the island or not.
 */
export function simulateHistoneMarks({ rng, ...options }: SimulateHistoneMarksOptions): SimulatedHistoneMarks {
  const { lengthBp = 20_000, islands = 6, strayMotifs = 6, reachBp = 500, motif = 'CCGGAAGTG' } = options;
  const widths = Array.from({ length: islands }, () => integerFrom(rng, 300, 800));
  const stretches = drawPlaces(widths, lengthBp, rng, { apartBp: 100 }).map((at, i) => [at, at + widths[i]] as const);
  const motifs: number[] = [];
  const add = (from: number, to: number) => {
    for (let tries = 0; tries < 1000; tries++) {
      const at = integerFrom(rng, Math.max(from, 0), Math.min(to, lengthBp - motif.length));
      if (motifs.every((other) => Math.abs(other - at) > motif.length)) return motifs.push(at);
    }
    throw new RangeError(`simulateHistoneMarks: no room for another motif between ${from} and ${to}`);
  };
  stretches.forEach(([start, end], i) => i % 2 === 0 && add(start - reachBp, end - 1 + reachBp));
  for (let i = 0; i < strayMotifs; i++) add(0, lengthBp);
  motifs.sort((a, b) => a - b);
  const elements = motifs.map((position) => ({ position, letters: motif }));
  const avoid = [motif, reverseComplement(motif)];
  const sequence = sequenceWith(withIslands(lengthBp, stretches, rng), { rng, elements, avoid });
  return { sequence, islands: stretches, motifs, marks: painted(lengthBp, stretches, motifs, reachBp) };
}

type Stretches = SimulatedHistoneMarks['islands'];

function withIslands(lengthBp: number, islands: Stretches, rng: RandomSource): string {
  return islands.reduce(
    (sequence, [start, end]) => {
      return sequence.slice(0, start) + simulateGenome(end - start, rng, ISLAND_DINUCLEOTIDES) + sequence.slice(end);
    },
    simulateGenome(lengthBp, rng),
  );
}

function painted(lengthBp: number, islands: Stretches, motifs: readonly number[], reachBp: number): Uint8Array {
  const marks = new Uint8Array(lengthBp);
  for (const [start, end] of islands) {
    for (const motif of motifs) {
      const [from, to] = [Math.max(start, motif - reachBp), Math.min(end, motif + reachBp + 1)];
      if (from < to) marks.fill(1, from, to);
    }
  }
  return marks;
}
