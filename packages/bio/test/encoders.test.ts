import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  decodeOneHot,
  dna,
  oneHot,
  oneHotTensor,
  protein,
  reverseComplement,
  reverseComplementEncoded,
  rna,
} from '../src/index';
import type { OneHotOptions } from '../src/index';

const iupac = fc.stringMatching(/^[ACGTRYSWKMBDHVN]{0,40}$/);
const policy = { unknown: 'fractional', lowerCase: 'same' } as const;
const seed = { seed: 3, numRuns: 300 };

/** The rows of the first sequence, as plain numbers. */
function rowsOf(sequence: string, options: OneHotOptions): number[][] {
  const { values, shape } = oneHot([sequence], options);
  return Array.from({ length: shape[1] }, (_, i) => Array.from(values.slice(i * shape[2], (i + 1) * shape[2])));
}

describe('alphabets', () => {
  it('complement every code to the code of the complements', () => {
    expect(reverseComplement('ACGTURYSWKMBDHVN')).toBe('NBDHVKMWSRYAACGT');
    expect(reverseComplement('ACGUTRYSWKMBDHVN', rna)).toBe('NBDHVKMWSRYAACGU');
  });

  it('know codes by their letters, in any order', () => {
    expect([codeOf(dna, 'GA'), codeOf(dna, 'T'), codeOf(rna, 'U'), codeOf(dna, 'TGCA'), codeOf(dna, '')]).toEqual([
      'R',
      'T',
      'U',
      'N',
      undefined,
    ]);
  });
});

describe('oneHot', () => {
  const cases: [sequence: string, options: OneHotOptions, rows: number[][]][] = [
    [
      'ACGT',
      policy,
      [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    ],
    [
      'uU',
      policy,
      [
        [0, 0, 0, 1],
        [0, 0, 0, 1],
      ],
    ],
    [
      'RN',
      policy,
      [
        [0.5, 0, 0.5, 0],
        [0.25, 0.25, 0.25, 0.25],
      ],
    ],
    [
      'Rn',
      { unknown: 'uniform', lowerCase: 'same' },
      [
        [0.25, 0.25, 0.25, 0.25],
        [0.25, 0.25, 0.25, 0.25],
      ],
    ],
    [
      'RAN',
      { unknown: 'zeros', lowerCase: 'same' },
      [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    ],
    [
      'acC',
      { unknown: 'zeros', lowerCase: 'unknown' },
      [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 1, 0, 0],
      ],
    ],
    [
      'rC',
      { unknown: 'fractional', lowerCase: 'unknown' },
      [
        [0.25, 0.25, 0.25, 0.25],
        [0, 1, 0, 0],
      ],
    ],
    ['U', { ...policy, alphabet: rna }, [[0, 0, 0, 1]]],
    [
      'A',
      { ...policy, length: 3 },
      [
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    ],
    ['', policy, []],
  ];
  for (const [sequence, options, rows] of cases) {
    it(`${JSON.stringify(sequence)} with ${options.unknown}, lower case ${options.lowerCase}`, () => {
      expect(rowsOf(sequence, options)).toEqual(rows);
    });
  }

  it('pads with zeros to the longest', () => {
    const { values, shape, lengths } = oneHot(['A', '', 'CGT'], policy);
    expect(shape).toEqual([3, 3, 4]);
    expect([...lengths]).toEqual([1, 0, 3]);
    expect([...values].join('')).toBe('100000000000' + '000000000000' + '010000100001');
  });

  it('gives a protein twenty channels', () => {
    const { values, shape } = oneHot(['AYB'], { ...policy, alphabet: protein });
    expect(shape).toEqual([1, 3, 20]);
    expect([values[0], values[39], values[42], values[51]]).toEqual([1, 1, 0.5, 0.5]); // D and N have numbers 2 and 11
  });

  const errors: [sequences: string[], options: OneHotOptions, message: string][] = [
    [['AC', 'AC-T'], policy, 'oneHot: sequence 2: "-" at position 3 is not an IUPAC DNA letter'],
    [['AÀ'], policy, 'oneHot: sequence 1: "À" at position 2 is not an IUPAC DNA letter'],
    [['A\0'], policy, 'oneHot: sequence 1: "\\u0000" at position 2 is not an IUPAC DNA letter'],
    [['ACN'], { ...policy, unknown: 'error' }, 'oneHot: sequence 1: "N" at position 3 is not one of ACGT'],
    [['aC'], { unknown: 'error', lowerCase: 'unknown' }, 'oneHot: sequence 1: "a" at position 1 is not one of ACGT'],
    [['ACGT'], { ...policy, length: 3 }, "oneHot: length (3) is below the longest sequence's (4)"],
  ];
  for (const [sequences, options, message] of errors) {
    it(`throws: ${message}`, () => expect(() => oneHot(sequences, options)).toThrow(message));
  }

  it('is undone by decodeOneHot', () => {
    fc.assert(
      fc.property(fc.array(iupac), (sequences) => {
        expect(decodeOneHot(oneHot(sequences, policy))).toEqual(sequences);
      }),
      seed,
    );
    expect(decodeOneHot(oneHot(['acgtuN'], { ...policy, unknown: 'zeros' }))).toEqual(['ACGTTN']);
    expect(decodeOneHot(oneHot(['MKVXB'], { ...policy, alphabet: protein }), protein)).toEqual(['MKVXB']);
  });
});

describe('oneHotTensor', () => {
  it('holds the values of oneHot', async () => {
    const { x, lengths } = oneHotTensor(['GAT', 'N'], policy);
    expect([x.shape, x.dtype, lengths.shape, lengths.dtype]).toEqual([[2, 3, 4], 'f32', [2], 'i32']);
    expect(await x.data()).toEqual(oneHot(['GAT', 'N'], policy).values);
    expect(await lengths.data()).toEqual(Int32Array.of(3, 1));
  });
});

describe('reverseComplement', () => {
  it('turns letters round, keeping case', () => {
    expect(reverseComplement('GATTACA')).toBe('TGTAATC');
    expect(reverseComplement('aRNc')).toBe('gNYt');
    expect(reverseComplement('')).toBe('');
  });

  it('is its own inverse', () => {
    fc.assert(
      fc.property(iupac, (sequence) => {
        expect(reverseComplement(reverseComplement(sequence))).toBe(sequence);
      }),
      seed,
    );
  });

  it('does to encoded sequences what it does to letters, within their own lengths', () => {
    fc.assert(
      fc.property(fc.array(iupac), (sequences) => {
        const turned = oneHot(
          sequences.map((sequence) => reverseComplement(sequence)),
          policy,
        );
        expect(reverseComplementEncoded(oneHot(sequences, policy))).toEqual(turned);
      }),
      seed,
    );
  });

  it('refuses what has no complement', () => {
    expect(() => reverseComplement('ACXG')).toThrow('reverseComplement: "X" at position 3 is not an IUPAC DNA letter');
    expect(() => reverseComplement('MK', protein)).toThrow('the letters of protein do not pair');
  });
});
