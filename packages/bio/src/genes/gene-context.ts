import { modulo } from '../circular/span';
import type { Span } from '../circular/span';
import { reverseComplement } from '../edits/reverse-complement';

/** What is cut out around a codon. */
export interface GeneContextOptions {
  /** The first codon of the gene, or its last. */
  readonly codon: 'start' | 'stop';
  /** Letters before the codon, 20 unless said. */
  readonly upstreamBp?: number;
  /** Letters behind the codon, 10 unless said. */
  readonly downstreamBp?: number;
  /** Whether the sequence is a circle; else N stands for what lies beyond its ends. False unless said. */
  readonly isCircular?: boolean;
}

/** The letters around the start or stop codon of a gene, read on its strand: upstream, the codon, downstream. */
export function geneContext(sequence: string, { start, end, strand }: Span, options: GeneContextOptions): string {
  const { codon, upstreamBp = 20, downstreamBp = 10, isCircular = false } = options;
  const isAtLowEnd = (codon === 'start') === (strand === '+');
  const at = isAtLowEnd ? start : end - 3;
  const [before, behind] = strand === '+' ? [upstreamBp, downstreamBp] : [downstreamBp, upstreamBp];
  const letters = Array.from({ length: before + 3 + behind }, (_, i) => {
    const position = at - before + i;
    return isCircular ? sequence[modulo(position, sequence.length)] : (sequence[position] ?? 'N');
  }).join('');
  return strand === '+' ? letters : reverseComplement(letters);
}

/**
 * The place of each position in its codon: 0, 1 or 2 inside the gene, −1 elsewhere. Exons come in the order in which they are
 * read, so that codons go on from one to the next; on '-' each is read from its end. Spans may cross the origin of a circle.
 * [lengthBp]
 * @param phase letters before the first whole codon, as in column 8 of GFF; 0 unless said
 */
export function codonPhases(exons: readonly Span[], lengthBp: number, phase: 0 | 1 | 2 = 0): Int8Array {
  const phases = new Int8Array(lengthBp).fill(-1);
  let read = (3 - phase) % 3; // letters read so far
  for (const { start, end, strand } of exons) {
    for (let i = 0; i < end - start; i++) {
      const position = modulo(strand === '+' ? start + i : end - 1 - i, lengthBp);
      phases[position] = read++ % 3;
    }
  }
  return phases;
}
