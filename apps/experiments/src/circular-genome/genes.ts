import { type CircularSequence, findOrfs, orfCandidates, rotateSpan, type Span } from '@hairpin/bio';
import type { Circle, Gene } from './circles';

const keyOf = ({ start, end, strand }: Span) => `${start}..${end}${strand}`;

/** Genes that go on across the origin of their record. */
export const acrossOrigin = ({ genes, sequence }: Circle): Gene[] => genes.filter(({ end }) => end > sequence.length);

/** From what share of the rotations each of the wanted genes is among the candidates of the ORF finder, on circle or line. */
export function foundFrom(
  sequence: CircularSequence,
  wanted: readonly Gene[],
  { turns, isCircular }: { turns: readonly number[]; isCircular: boolean },
): number[] {
  const found = wanted.map(() => 0);
  for (const by of turns) {
    const orfs = findOrfs(sequence.rotate(by).letters, { code: 11, isCircular });
    const keys = new Set(orfs.flatMap((orf) => orfCandidates(orf, sequence.length)).map(keyOf));
    wanted.forEach((gene, i) => (found[i] += Number(keys.has(keyOf(rotateSpan(gene, by, sequence.length))))));
  }
  return found.map((count) => count / turns.length);
}

/**
 * Calls genes: ORFs of at least 30 codons and at most a lap that are more coding than their strand is on average.
 * @param coding [length, 2], the probability of each position to lie in a gene of the forward and the reverse strand
 */
export function callGenes(sequence: CircularSequence, coding: ArrayLike<number>, { isCircular = true } = {}): Span[] {
  const { letters, length } = sequence;
  const orfs = findOrfs(letters, { code: 11, isCircular, minCodons: 30 });
  const all = {
    '+': meanWithin({ start: 0, end: length, strand: '+' }),
    '-': meanWithin({ start: 0, end: length, strand: '-' }),
  };
  return orfs.filter((orf) => orf.end - orf.start <= length && meanWithin(orf) > all[orf.strand]);

  function meanWithin({ start, end, strand }: Span): number {
    let sum = 0;
    for (let at = start; at < end; at++) sum += coding[2 * (at % length) + Number(strand === '-')];
    return sum / (end - start);
  }
}

/** Calls as one text, turned back to the origin of the record: the same for the same genes. */
export const signature = (calls: readonly Span[], by: number, lengthBp: number): string =>
  calls
    .map((call) => keyOf(rotateSpan(call, -by, lengthBp)))
    .sort()
    .join(' ');

/** How many genes have their stop codon called. */
export function stopsFound(calls: readonly Span[], genes: readonly Gene[], lengthBp: number): number {
  const stopOf = ({ start, end, strand }: Span) => `${(strand === '+' ? end : start) % lengthBp}${strand}`;
  const called = new Set(calls.map(stopOf));
  return genes.filter((gene) => called.has(stopOf(gene))).length;
}
