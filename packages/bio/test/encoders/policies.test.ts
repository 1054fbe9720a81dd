import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOneHot, oneHot, oneHotFasta, protein, trackOf, withTracks } from '../../src/index';
import type { LetterPolicy, OneHotOptions } from '../../src/index';
import { dataFolder, dataPath } from '../support';

const seed = { seed: 4, numRuns: 200 };

function rowsOf(sequence: string, options: OneHotOptions): number[][] {
  const { values, shape } = oneHot([sequence], options);
  return Array.from({ length: shape[1] }, (_, i) => Array.from(values.slice(i * shape[2], (i + 1) * shape[2])));
}

describe('what becomes of unknown and lower-case letters', () => {
  const cases: [sequence: string, options: OneHotOptions, rows: number[][], extra?: string[]][] = [
    [
      'AN',
      { unknown: 'centred', lowerCase: 'same' },
      [
        [0.75, -0.25, -0.25, -0.25],
        [0, 0, 0, 0],
      ],
    ],
    [
      'Ra',
      { unknown: 'centred', lowerCase: 'unknown' },
      [
        [0.25, -0.25, 0.25, -0.25],
        [0, 0, 0, 0],
      ],
    ],
    [
      'CNr',
      { unknown: 'channel', lowerCase: 'same' },
      [
        [0, 1, 0, 0, 0],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1],
      ],
      ['unknown'],
    ],
    [
      'Tt',
      { unknown: 'zeros', lowerCase: 'channel' },
      [
        [0, 0, 0, 1, 0],
        [0, 0, 0, 1, 1],
      ],
      ['lowerCase'],
    ],
    [
      'gnN',
      { unknown: 'channel', lowerCase: 'channel' },
      [
        [0, 0, 1, 0, 0, 1],
        [0, 0, 0, 0, 1, 1],
        [0, 0, 0, 0, 1, 0],
      ],
      ['unknown', 'lowerCase'],
    ],
    [
      'cN',
      { unknown: 'channel', lowerCase: 'unknown' },
      [
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1],
      ],
      ['unknown'],
    ],
  ];
  for (const [sequence, options, rows, extra] of cases) {
    it(`${sequence}: ${options.unknown}, lower case ${options.lowerCase}`, () => {
      expect(rowsOf(sequence, options)).toEqual(rows);
      expect(oneHot([sequence], options).extra).toEqual(extra);
    });
  }

  it('centred, an unknown letter adds exactly nothing to what is linear, also of proteins', () => {
    expect(rowsOf('X', { unknown: 'centred', lowerCase: 'same', alphabet: protein })).toEqual([Array(20).fill(0)]);
  });

  it('is undone by decoding wherever the encoding keeps the letters', () => {
    const lossless: [letters: RegExp, policy: LetterPolicy][] = [
      [/^[ACGTRYSWKMBDHVN]{0,40}$/, { unknown: 'fractional', lowerCase: 'same' }],
      [/^[ACGTRYSWKMBDHVN]{0,40}$/, { unknown: 'centred', lowerCase: 'same' }],
      [/^[ACGTRYSWKMBDHVNacgtryswkmbdhvn]{0,40}$/, { unknown: 'fractional', lowerCase: 'channel' }],
      [/^[ACGTRYSWKMBDHVNacgtryswkmbdhvn]{0,40}$/, { unknown: 'centred', lowerCase: 'channel' }],
      [/^[ACGTNacgtn]{0,40}$/, { unknown: 'channel', lowerCase: 'channel' }],
      [/^[ACGTN]{0,40}$/, { unknown: 'zeros', lowerCase: 'same' }],
      [/^[ACGTN]{0,40}$/, { unknown: 'uniform', lowerCase: 'same' }],
      [/^[ACGT]{0,40}$/, { unknown: 'error', lowerCase: 'same' }],
    ];
    for (const [letters, policy] of lossless) {
      fc.assert(
        fc.property(fc.array(fc.stringMatching(letters)), (sequences) => {
          expect(decodeOneHot(oneHot(sequences, policy))).toEqual(sequences);
        }),
        seed,
      );
    }
  });
});

describe('oneHotFasta', () => {
  const policy = { unknown: 'fractional', lowerCase: 'channel' } as const;

  it('gives what oneHot gives, piece by piece', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ACGTNRacgtn]{1,90}$/), { minLength: 1 }), async (sequences) => {
        const text = sequences.map((sequence, i) => `>s${i}\n${sequence.replace(/.{1,7}/g, '$&\n')}`).join('');
        const found = sequences.map(() => [] as number[]);
        for await (const { record, start, length, values } of oneHotFasta(gzipSync(text), policy)) {
          expect([start * 5, length * 5]).toEqual([found[record].length, values.length]);
          found[record].push(...values);
        }
        expect(found).toEqual(sequences.map((sequence) => [...oneHot([sequence], policy).values]));
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it('names the record and the position of a letter that is not wanted', async () => {
    const read = async () => {
      for await (const { length } of oneHotFasta('>a\nAC\n>b\nACGN\n', { unknown: 'error', lowerCase: 'same' })) {
        expect(length).toBeGreaterThan(0);
      }
    };
    await expect(read()).rejects.toThrow('oneHotFasta: record 2: "N" at position 4 is not one of ACGT');
  });

  it.skipIf(!dataFolder)('counts the bases of a genome as a simple reader does', async () => {
    const bytes = readFileSync(dataPath('ecoli_mg1655/GCF_000005845.2_genomic.fna.gz'));
    const text = gunzipSync(bytes).toString();
    const letters = text.slice(text.indexOf('\n')).replace(/\n/g, '');
    const counts = [0, 0, 0, 0];
    for await (const { values } of oneHotFasta(bytes, { unknown: 'error', lowerCase: 'same' })) {
      for (let i = 0; i < values.length; i++) counts[i % 4] += values[i];
    }
    expect(counts).toEqual([...'ACGT'].map((base) => letters.split(base).length - 1));
  });
});

describe('tracks beside the letters', () => {
  const x = oneHot(['AC', 'G'], { unknown: 'zeros', lowerCase: 'channel' });

  it('are aligned to the positions and padded with zeros', () => {
    const wide = withTracks(x, { methylation: [[0.5, 0.25], [1]], conservation: [Float32Array.of(-1, 2), [3]] });
    expect([wide.shape, wide.extra]).toEqual([
      [2, 2, 7],
      ['lowerCase', 'methylation', 'conservation'],
    ]);
    expect([...wide.values.slice(0, 14)]).toEqual([1, 0, 0, 0, 0, 0.5, -1, 0, 1, 0, 0, 0, 0.25, 2]);
    expect([...wide.values.slice(14)]).toEqual([0, 0, 1, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0]);
    expect(trackOf(wide, 'methylation').map((track) => [...track])).toEqual([[0.5, 0.25], [1]]);
    expect(decodeOneHot(wide)).toEqual(['AC', 'G']);
  });

  it('are given back', () => {
    const track = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.array(track), (tracks) => {
        const letters = oneHot(
          tracks.map(({ length }) => 'ACGT'.repeat(5).slice(0, length)),
          { unknown: 'zeros', lowerCase: 'same' },
        );
        expect(trackOf(withTracks(letters, { track: tracks }), 'track')).toEqual(
          tracks.map((values) => Float32Array.from(values)),
        );
      }),
      seed,
    );
  });

  it('say what stands for no value', () => {
    const tracks = { methylation: [[NaN, 1], [1]] };
    expect(trackOf(withTracks(x, tracks, { missing: -1 }), 'methylation')[0][0]).toBe(-1);
    expect(() => withTracks(x, tracks)).toThrow("'methylation', sequence 1, position 1 has no value");
  });

  it('fit the sequences', () => {
    expect(() => withTracks(x, { m: [[1, 2]] })).toThrow("withTracks: 'm': expected 2 tracks, got 1");
    expect(() =>
      withTracks(x, {
        m: [
          [1, 2],
          [1, 2],
        ],
      }),
    ).toThrow("'m', sequence 2: expected 1, got 2 values");
    expect(() => withTracks(x, { lowerCase: [[1, 2], [1]] })).toThrow("there is a channel 'lowerCase' already");
    expect(() => trackOf(x, 'm')).toThrow("no channel 'm'; there are lowerCase");
  });
});
