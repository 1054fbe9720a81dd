import { flipSpan, modulo } from '../circular/span';
import type { Span } from '../circular/span';
import { reverseComplement } from '../edits/reverse-complement';
import type { Strand } from '../strand';
import { checkCodons, codeFrom, codonKinds, Kind } from './codons';
import type { GeneticCode } from './genetic-code';

/** Which open reading frames are looked for. */
export interface OrfOptions {
  /** NCBI's number or a code; 1, the standard one, unless said. */
  readonly code?: GeneticCode | number;
  /** Codons that begin a gene, of A, C, G and T; those of the code unless said. */
  readonly starts?: readonly string[];
  /** Whether the sequence is a circle; false unless said. */
  readonly isCircular?: boolean;
  /** The least number of codons, start included and stop not; 1 unless said. */
  readonly minCodons?: number;
  /** `'+'`, `'-'` or, unless said, both. */
  readonly strands?: Strand | 'both';
}

/**
 * A reading frame from its first start to its stop, which is included; on a circle it may cross the origin (`end` is then
 * beyond the length) and, where no stop comes sooner, go round more than once.
 */
export interface Orf extends Span {
  /** Of each start codon in it the letters from the first one, in rising order: 0, 12, … */
  readonly starts: readonly number[];
}

/**
 * The open reading frames of a sequence: one for each stop codon that has a start in its frame behind the stop before it. On a
 * circle the same ones are found wherever it is cut. Forward ones come first, each strand in the order of its stops. A codon
 * with IUPAC letters counts as a start or stop if all its readings are. Frames without a stop are left out.
 */
export function findOrfs(sequence: string, options: OrfOptions = {}): Orf[] {
  const { isCircular = false, minCodons = 1, strands = 'both' } = options;
  const code = codeFrom(options.code ?? 1);
  const starts = options.starts ?? code.starts;
  checkCodons('findOrfs', starts);
  if (!(minCodons >= 1)) throw new RangeError(`findOrfs: expected minCodons of at least 1, got ${minCodons}`);
  const search = (letters: string, strand: Strand) =>
    orfsOf(codonKinds(letters, code, starts, isCircular), isCircular, 3 * minCodons, strand);
  const forward = strands === '-' ? [] : search(sequence, '+');
  const backward = strands === '+' ? [] : search(reverseComplement(sequence), '-');
  return [...forward, ...backward.map((orf) => turned(orf, sequence.length))];
}

/** From each stop back to the stop before it, or to the beginning of a line. Positions are those of the strand. */
function orfsOf(kinds: Uint8Array, isCircular: boolean, leastBp: number, strand: Strand): Orf[] {
  const n = kinds.length;
  const orfs: Orf[] = [];
  for (let stop = 0; stop < n; stop++) {
    if (kinds[stop] !== Kind.stop) continue;
    const before: number[] = []; // letters from each start to the stop, the nearest first
    for (let back = 3; isCircular || back <= stop; back += 3) {
      const kind = kinds[modulo(stop - back, n)];
      if (kind === Kind.stop) break; // on a circle at the latest the one that we came from
      if (kind === Kind.start) before.push(back);
    }
    const longest = before.at(-1) ?? 0;
    if (longest < leastBp) continue;
    const start = modulo(stop - longest, n);
    orfs.push({ start, end: start + longest + 3, strand, starts: before.reverse().map((back) => longest - back) });
  }
  return orfs;
}

/** An ORF of the other strand in the positions of the given one. */
function turned(orf: Orf, lengthBp: number): Orf {
  return { ...flipSpan({ ...orf, strand: '+' }, lengthBp) };
}

/** Every gene that an ORF may be: from each of its starts to its stop, the longest first. `lengthBp` is that of the sequence. */
export function orfCandidates({ start, end, strand, starts }: Orf, lengthBp: number): Span[] {
  return starts.map((offset) => {
    if (strand === '-') return { start, end: end - offset, strand };
    const from = (start + offset) % lengthBp;
    return { start: from, end: from + end - start - offset, strand };
  });
}
