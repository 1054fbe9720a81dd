import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { collectGenBank, findOrfs, orfCandidates, rotateSpan, spansOf } from '../src/index';
import type { Orf, Span } from '../src/index';
import { dataPath } from './support';

/** A gene of a GenBank record: its location in one piece, and its protein. */
interface Gene {
  readonly span: Span;
  readonly protein: string;
}

/** The genome of phiX174 and its genes. */
export async function readPhix(): Promise<{ sequence: string; genes: Gene[] }> {
  const [record] = await collectGenBank(readFileSync(dataPath('circular_small/phiX174_NC_001422.gb')));
  const sequence = record.sequence.toUpperCase();
  const genes = record.features
    .filter(({ type }) => type === 'CDS')
    .map(({ location, qualifiers }): Gene => {
      const [span] = spansOf(location, sequence.length);
      return { span, protein: qualifiers.translation[0] };
    });
  return { sequence, genes };
}

const keyOf = ({ start, end, strand }: Span) => `${start}..${end}${strand}`;

/** ORFs as text, turned back to the origin of the record, in an order that does not depend on where the circle was cut. */
export function orfKeys(orfs: readonly Orf[], by: number, lengthBp: number): string[] {
  return orfs.map((orf) => `${keyOf(rotateSpan(orf, -by, lengthBp))} ${orf.starts.join(' ')}`).sort();
}

/** Looks for ORFs in a rotation: they must be those of the record, and all its genes among their candidates. */
export function expectSameOrfs(
  sequence: string,
  genes: readonly Gene[],
  expected: readonly string[],
  by: number,
): void {
  const n = sequence.length;
  const orfs = findOrfs(sequence.slice(by) + sequence.slice(0, by), { code: 11, isCircular: true });
  expect(orfKeys(orfs, by, n)).toEqual(expected);
  const candidates = new Set(
    orfs.flatMap((orf) => orfCandidates(orf, n).map((span) => keyOf(rotateSpan(span, -by, n)))),
  );
  expect(genes.filter(({ span }) => !candidates.has(keyOf(span)))).toEqual([]);
}
