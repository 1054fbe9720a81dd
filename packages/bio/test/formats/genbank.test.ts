import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectGenBank, FormatError, lettersAt } from '../../src/index';
import { parseLocation } from '../../src/formats/genbank-location';
import { dataFiles, dataFolder, dataPath } from '../support';
import { circle } from './genbank-sample';

describe('GenBank', () => {
  it('reads a record', async () => {
    const [record] = await collectGenBank(circle);
    const { features, header, ...rest } = record;
    expect(rest).toEqual({
      ...{
        name: 'CIRC',
        length: 12,
        unit: 'bp',
        molecule: 'ss-DNA',
        topology: 'circular',
        division: 'PHG',
        date: '09-JUL-2002',
      },
      sequence: 'aaccggttnnat',
    });
    expect(header).toEqual({ DEFINITION: ['A circle\nof twelve.'], ACCESSION: ['X1'] });
    expect(features[1]).toEqual({
      type: 'CDS',
      location: {
        ...{ strand: '-', partial: { start: false, end: false }, operator: 'join' },
        parts: [
          { start: 10, end: 12 },
          { start: 0, end: 4 },
        ],
      },
      qualifiers: {
        note: ['said "so" /in two lines', 'plain'],
        ...{ codon_start: ['1'], pseudo: [''], translation: ['MKV'] },
      },
    });
    expect(lettersAt(record.sequence, features[1].location)).toBe('ggttat'); // of at|aacc
  });

  it('reads lines of letters that are not indented', async () => {
    expect((await collectGenBank(circle.replace('       11 at', '11 at')))[0].sequence).toBe('aaccggttnnat');
  });

  it('reads several records', async () => {
    expect(await collectGenBank(`${circle}\n${circle}`)).toHaveLength(2);
  });

  const replaced = (what: string, by: string) => circle.replace(what, by);
  const cases: [text: string, message: string][] = [
    ['', 'c.gb: the file is empty'],
    ['>a\nAC\n', 'c.gb:1:1: not GenBank: expected a line such as'],
    [replaced('//\n', ''), "c.gb:19:1: the record ends without a line '//'"],
    [replaced('11 at', '11 att'), 'c.gb:20:1: the LOCUS line says 12 letters, the record has 13'],
    [replaced('11 at', '11 a!'), 'c.gb:19:12: "!" at position 12 is not an IUPAC DNA letter'],
    [replaced('11 at', '12 at'), 'c.gb:19:8: expected the line of position 11, got 12'],
    [replaced('1..12', '1..13'), 'c.gb:6:22: location: 1..13 is not within 1..12'],
    [replaced('1..12', '1..1x'), 'c.gb:6:26: location: expected the end of the location, got "x"'],
    [replaced('V"', 'V'), 'c.gb:14:1: /translation: the quote is not closed'],
    [replaced('/pseudo', '/="x"'), 'c.gb:13:22: expected /name=value, got "/=\\"x\\""'],
  ];
  for (const [text, message] of cases) {
    it(`says: ${message}`, async () => {
      const error = await collectGenBank(text, { source: 'c.gb' }).catch((reason) => reason);
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message.slice(0, message.length)).toBe(message);
    });
  }
});

describe('locations', () => {
  const part = (start: number, end: number, more = {}) => ({ start, end, ...more });
  const cases: [text: string, location: object][] = [
    ['7', { strand: '+', parts: [part(6, 7)] }],
    ['2..5', { strand: '+', parts: [part(1, 5)] }],
    ['<2..>5', { strand: '+', parts: [part(1, 5)], partial: { start: true, end: true } }],
    ['>5', { strand: '+', parts: [part(4, 5)], partial: { start: false, end: true } }],
    ['5^6', { strand: '+', parts: [part(5, 5)] }],
    ['100^1', { strand: '+', parts: [part(100, 100)] }],
    ['5.8', { strand: '+', parts: [part(4, 8)] }],
    ['98..3', { strand: '+', parts: [part(97, 100), part(0, 3)] }],
    ['complement(98..3)', { strand: '-', parts: [part(97, 100), part(0, 3)] }],
    ['complement(join(1..2,5..6))', { strand: '-', parts: [part(0, 2), part(4, 6)] }],
    ['join(complement(5..6),complement(1..2))', { strand: '-', parts: [part(0, 2), part(4, 6)] }],
    ['<2..<5', { partial: { start: true, end: false } }],
    ['bond(12,45)', { operator: 'bond', parts: [part(11, 12), part(44, 45)] }],
    ['order(1..2,5..6)', { operator: 'order', parts: [part(0, 2), part(4, 6)] }],
    ['join(J1.1:1..900,3..4)', { parts: [part(0, 900, { accession: 'J1.1' }), part(2, 4)] }],
    [
      'join(complement(1..2),5..6)',
      { strand: 'mixed', parts: [part(0, 2, { strand: '-' }), part(4, 6, { strand: '+' })] },
    ],
  ];
  for (const [text, location] of cases) {
    it(text, () => expect(parseLocation(text, 100)).toMatchObject(location));
  }

  for (const text of [
    '',
    '0',
    '1..101',
    '5^7',
    'join(1..2',
    'gap(5)',
    'complement(1..2))',
    `${'complement('.repeat(99)}1`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))}`, () =>
      expect(() => parseLocation(text, 100)).toThrow('location: '));
  }
});

describe('real GenBank files', () => {
  const files = dataFiles(/\.gb$/);
  it.skipIf(!dataFolder)('finds them', () => expect(files).toHaveLength(7));
  // From the table of the data's description: length and number of CDS
  const known: Record<string, [length: number, cds: number]> = { phiX174: [5386, 11], chloroplast: [154478, 85] };

  for (const path of files) {
    it(`reads ${path}: each CDS has the letters of its translation and a stop`, async () => {
      const [record] = await collectGenBank(readFileSync(dataPath(path)), { source: path });
      const cds = record.features.filter(({ type }) => type === 'CDS');
      const name = Object.keys(known).find((name) => path.includes(name));
      if (name) expect([record.sequence.length, cds.length]).toEqual(known[name]);
      for (const { location, qualifiers } of cds) {
        const letters = lettersAt(record.sequence, location);
        if (!qualifiers.translation || path.includes('addgene')) continue; // whose tags have no stop
        expect(letters).toHaveLength(3 * qualifiers.translation[0].length + 3);
        expect(letters).toMatch(/(taa|tag|tga)$/i);
      }
    });
  }
});
