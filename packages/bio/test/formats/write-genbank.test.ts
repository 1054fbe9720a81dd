import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectGenBank, lettersAt, writeGenBank, writeLocation } from '../../src/index';
import type { GenBankFeature, GenBankRecord, Location } from '../../src/index';
import { parseLocation } from '../../src/formats/genbank-location';
import { dataFiles, dataFolder, dataPath } from '../support';
import { circle } from './genbank-sample';

const seed = { seed: 6, numRuns: 500 };
const LENGTH = 100;

/** Parts as they may stand in a file of 100 letters: no more than a reader makes of it. */
const stretch = fc
  .tuple(fc.nat({ max: LENGTH - 1 }), fc.integer({ min: 1, max: LENGTH }))
  .map(([start, size]) => ({ start, end: Math.min(start + size, LENGTH) }));
const site = fc.integer({ min: 1, max: LENGTH }).map((at) => ({ start: at, end: at }));
const foreign = stretch.map((part) => ({ ...part, accession: 'J00194.1' }));
const operator = fc.constantFrom('join' as const, 'order' as const, 'bond' as const);
const closed = { start: false, end: false };
const partial = fc.record({ start: fc.boolean(), end: fc.boolean() });

const location: fc.Arbitrary<Location> = fc.oneof(
  fc.record({
    strand: fc.constantFrom('+' as const, '-' as const),
    parts: fc.array(stretch, { minLength: 1, maxLength: 12 }),
    partial,
    operator,
  }),
  fc.record({
    strand: fc.constantFrom('+' as const, '-' as const),
    parts: fc.array(fc.oneof(stretch, site, foreign), { minLength: 1, maxLength: 5 }),
    partial: fc.constant(closed),
    operator,
  }),
  fc
    .array(stretch, { minLength: 2, maxLength: 5 })
    .map((parts) => parts.map((part, i) => ({ ...part, strand: i % 2 === 0 ? ('-' as const) : ('+' as const) })))
    .chain((parts) =>
      fc.record({ strand: fc.constant('mixed' as const), parts: fc.constant(parts), partial, operator }),
    ),
);

/** What a value may hold: quotes, slashes, words longer than a line, several spaces. */
const value = fc
  .array(
    fc.oneof(fc.stringMatching(/^[!-~]{1,9}$/), fc.constantFrom('"', '""', '/x', '//', ' ', 'µm', 'a'.repeat(90))),
    {
      maxLength: 30,
    },
  )
  .chain((words) => fc.constantFrom(words.join(' '), words.join('').replaceAll(' ', '')));
const name = fc.constantFrom('note', 'product', 'translation', 'codon_start', 'pseudo', 'db_xref', 'transl_except');

const feature: fc.Arbitrary<GenBankFeature> = fc.record({
  type: fc.constantFrom('CDS', 'gene', 'misc_feature', "5'UTR", 'a_very_long_type_of_feature'),
  location,
  qualifiers: fc.dictionary(name, fc.array(value, { minLength: 1, maxLength: 3 }), { noNullPrototype: false }),
});

const line = fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/);
const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const keyword = fc.constantFrom('DEFINITION', 'ACCESSION', 'VERSION', 'REFERENCE', 'COMMENT', 'CONTIG', 'BASE', 'x');

const record: fc.Arbitrary<GenBankRecord> = fc
  .record(
    {
      name: fc.stringMatching(/^[A-Za-z0-9_.]{1,20}$/),
      length: fc.constant(LENGTH),
      unit: fc.constantFrom('bp' as const, 'aa' as const),
      molecule: fc.constantFrom('', 'DNA', 'ss-DNA', 'mRNA'),
      topology: fc.constantFrom('linear' as const, 'circular' as const),
      division: fc.constantFrom('', 'PHG', 'BCT'),
      date: fc.constantFrom('', '09-JUL-2002', '1-JAN-1999'),
      header: fc.dictionary(keyword, fc.array(text, { minLength: 1, maxLength: 3 })),
      features: fc.array(feature, { maxLength: 4 }),
      sequence: fc.stringMatching(/^[acgtACGTnry]{100}$/),
    },
    { requiredKeys: ['name', 'length', 'unit', 'molecule', 'division', 'date', 'header', 'features', 'sequence'] },
  )
  .chain((whole) => fc.constantFrom(whole, { ...whole, sequence: '' }));

describe('writeGenBank', () => {
  it('is undone by reading, whatever the features', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 3 }), async (records) => {
        expect(plain(await collectGenBank(writeGenBank(records)))).toEqual(plain(records));
      }),
      seed,
    );
  });

  it('writes lines as the data bank does', async () => {
    const written = writeGenBank(await collectGenBank(circle));
    expect(written.split('\n')[0]).toBe(circle.split('\n')[0]);
    expect(written).toBe(`LOCUS       CIRC                      12 bp ss-DNA     circular PHG 09-JUL-2002
DEFINITION  A circle
            of twelve.
ACCESSION   X1
FEATURES             Location/Qualifiers
     source          1..12
                     /organism="none"
     CDS             complement(join(11..12,1..4))
                     /note="said ""so"" /in two lines"
                     /note="plain"
                     /codon_start=1
                     /pseudo
                     /translation="MKV"
ORIGIN
        1 aaccggttnn at
//
`);
  });

  it('keeps to 79 columns where words allow it', async () => {
    const [first] = await collectGenBank(circle);
    const parts = Array.from({ length: 40 }, (_, i) => ({ start: i % 12, end: (i % 12) + 1 }));
    const long = { strand: '+', parts, partial: { start: false, end: false }, operator: 'join' } as const;
    const note = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const wide = { type: 'CDS', location: long, qualifiers: { note: [note], translation: ['M'.repeat(300)] } };
    const lines = writeGenBank([{ ...first, features: [wide] }]).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(79);
    expect(lines.length).toBeGreaterThan(20);
  });

  it('refuses what cannot be read again', async () => {
    const [first] = await collectGenBank(circle);
    const write = (change: Partial<GenBankRecord>) => () => writeGenBank([{ ...first, ...change }]);
    expect(write({ length: 13 })).toThrow('CIRC: length 13, but the sequence has 12 letters');
    expect(write({ name: '' })).toThrow('a name cannot be ""');
    expect(write({ date: 'today' })).toThrow('a date cannot be "today"');
    expect(write({ header: { FEATURES: [''] } })).toThrow('a keyword cannot be "FEATURES"');
    const [source] = first.features;
    expect(write({ features: [{ ...source, qualifiers: { note: ['a\nb'] } }] })).toThrow(
      'a value of /note cannot be "a\\nb"',
    );
  });

  describe.skipIf(!dataFolder)('on real files', () => {
    it.each(dataFiles(/\.gbk?$/))('%s round trips', async (path) => {
      const records = await collectGenBank(readFileSync(dataPath(path)));
      const again = await collectGenBank(writeGenBank(records));
      expect(plain(again)).toEqual(plain(records));
      expect(again[0].features.length).toBeGreaterThan(0);
    });
  });
});

/** Objects without a prototype equal others. */
const plain = (records: readonly GenBankRecord[]) => JSON.parse(JSON.stringify(records)) as unknown;

describe('writeLocation', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(location, (own) => {
        expect(parseLocation(writeLocation(own, LENGTH), LENGTH)).toEqual(own);
      }),
      { ...seed, numRuns: 2000 },
    );
  });

  it('keeps the letters of a feature across the origin', () => {
    const wrapped = parseLocation('complement(98..3)', LENGTH);
    expect(writeLocation(wrapped, LENGTH)).toBe('complement(join(98..100,1..3))');
    const sequence = `CAT${'N'.repeat(94)}GGA`;
    expect(lettersAt(sequence, parseLocation(writeLocation(wrapped, LENGTH), LENGTH))).toBe('ATGTCC');
  });

  it('refuses what no file can hold', () => {
    const at = (start: number, end: number) => ({ strand: '+', parts: [{ start, end }], partial: closed, operator: 'join' }) as const; // prettier-ignore
    expect(() => writeLocation({ ...at(0, 1), parts: [] }, LENGTH)).toThrow('at least one part, got none');
    expect(() => writeLocation(at(0, 0), LENGTH)).toThrow('a site at 0 of 100 letters cannot be written');
    expect(() => writeLocation(at(5, 2), LENGTH)).toThrow('whole positions in order, got 5 to 2');
  });
});
