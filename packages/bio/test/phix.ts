import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { findOrfs, joinSpans, orfCandidates, rotateSpan, spanOf } from '../src/index';
import type { Orf, Span } from '../src/index';
import { dataPath } from './support';

/** A gene of a GenBank record: its location in one piece, and its protein. */
interface Gene {
  readonly span: Span;
  readonly protein: string;
}

/** The genome of phiX174 and its genes, read as far as these tests need it. */
export function readPhix(): { sequence: string; genes: Gene[] } {
  const text = readFileSync(dataPath('circular_small/phiX174_NC_001422.gb'), 'utf8');
  const sequence = /ORIGIN([^/]*)\/\//
    .exec(text)![1]
    .replace(/[^a-z]/g, '')
    .toUpperCase();
  const genes = text.split(/^ {5}CDS +/m).slice(1).map((part): Gene => {
    const ranges = [.../^\S+/.exec(part)![0].matchAll(/(\d+)\.\.(\d+)/g)];
    const spans = ranges.map(([, first, last]) => spanOf(Number(first), Number(last), sequence.length));
    const [span] = joinSpans(spans, sequence.length);
    return { span, protein: /\/translation="([^"]*)"/.exec(part)![1].replace(/\s/g, '') };
  }); // prettier-ignore
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
