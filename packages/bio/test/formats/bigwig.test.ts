import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openBigWig } from '../../src/index';
import { dataFolder, dataPath } from '../support';
import { makeBigWig } from './make-bigwig';
import type { Section } from './make-bigwig';

const chromosomes = { chr1: 100, chr22: 50 };
const sections: Section[] = [
  {
    chromosome: 0,
    kind: 'bedGraph',
    items: [
      [0, 4, 1],
      [4, 10, 2.5],
      [20, 30, -1],
    ],
  },
  {
    chromosome: 0,
    kind: 'varStep',
    span: 2,
    items: [
      [40, 42, 3],
      [50, 52, 4],
    ],
  },
  {
    chromosome: 1,
    kind: 'fixedStep',
    step: 5,
    span: 3,
    items: [
      [10, 13, 7],
      [15, 18, 8],
      [20, 23, 9],
    ],
  },
];
const files = {
  'little end first, packed': makeBigWig({ chromosomes, sections }),
  'big end first, packed': makeBigWig({ chromosomes, sections, isLittle: false }),
  'little end first, not packed': makeBigWig({ chromosomes, sections, isPacked: false }),
};

for (const [name, bytes] of Object.entries(files)) {
  describe(`bigWig, ${name}`, () => {
    it('knows its chromosomes and its summary', async () => {
      const file = await openBigWig(bytes);
      expect([...file.chromosomes]).toEqual([
        ['chr1', 100],
        ['chr22', 50],
      ]);
      // 4·1 + 6·2.5 + 10·(−1) + 2·3 + 2·4 + 3·(7 + 8 + 9)
      expect(file.summary).toEqual({ basesCovered: 33, min: -1, max: 9, sum: 95, sumSquares: expect.any(Number) });
    });

    it('finds what overlaps a stretch, and nothing that only touches it', async () => {
      const file = await openBigWig(new Blob([bytes.slice()]));
      const starts = async (start: number, end: number) => [...(await file.intervals('chr1', { start, end })).starts];
      expect(await starts(0, 100)).toEqual([0, 4, 20, 40, 50]);
      expect(await starts(4, 20)).toEqual([4]);
      expect(await starts(10, 20)).toEqual([]);
      expect(await starts(29, 41)).toEqual([20, 40]);
      expect(await file.intervals('chr22')).toEqual({
        starts: Uint32Array.of(10, 15, 20),
        ends: Uint32Array.of(13, 18, 23),
        values: Float32Array.of(7, 8, 9),
      });
    });

    it('gives values and means', async () => {
      const file = await openBigWig(bytes);
      expect([...(await file.values('chr1', { start: 2, end: 12 }))]).toEqual([1, 1, ...Array(6).fill(2.5), NaN, NaN]);
      // bins 0–4, 5–9, 10–14, 15–20 of 0–21: a bin is the floor of its border
      expect([...(await file.means('chr1', { start: 0, end: 21, bins: 4 }))]).toEqual([1.3, 2.5, NaN, -1]);
      expect((await file.means('chr22'))[0]).toBe(8);
    });
  });
}

describe('what is wrong', () => {
  const whole = files['little end first, packed'];
  const changed = (at: number, byte: number) => Uint8Array.from(whole, (old, i) => (i === at ? byte : old));
  const dataAt = 64 + 40 + 32 + 4 + 2 * 13 + 8; // header, summary, tree of chromosomes, number of sections

  it('names the byte', async () => {
    await expect(openBigWig(changed(0, 0), { source: 'x.bw' })).rejects.toThrow('x.bw: byte 0: not bigWig');
    await expect(openBigWig(whole.subarray(0, 70))).rejects.toThrow(
      /byte \d+: expected \d+ more bytes, the file has 70/,
    );
    const damaged = await openBigWig(changed(dataAt + 10, 0xff), { source: 'x.bw' });
    await expect(damaged.intervals('chr1')).rejects.toThrow(`x.bw: byte ${dataAt}: broken zlib data`);
  });

  it('ends where a tree bites its tail', async () => {
    const rooted = whole.slice();
    const view = new DataView(rooted.buffer);
    const root = Number(view.getBigUint64(24, true)) + 48;
    for (let i = 0; i < 3; i++) view.setBigUint64(root + 4 + i * 24 + 16, BigInt(root), true);
    await expect((await openBigWig(rooted)).intervals('chr1')).rejects.toThrow('more nodes than the file has room for');
  });

  it('ends where many leaves point at the same data', async () => {
    const rooted = whole.slice();
    const view = new DataView(rooted.buffer);
    const leaves = Number(view.getBigUint64(24, true)) + 48 + 4 + 3 * 24;
    for (let i = 0; i < 3; i++) view.setBigUint64(leaves + i * 36 + 28, BigInt(rooted.length - 200), true);
    await expect((await openBigWig(rooted)).intervals('chr1')).rejects.toThrow('bytes of data, the file has');
  });

  it('says what may be asked for', async () => {
    const file = await openBigWig(whole);
    await expect(file.intervals('chr2')).rejects.toThrow('no chromosome "chr2"; there are chr1, chr22');
    await expect(file.values('chr22', { end: 51 })).rejects.toThrow('expected a stretch within 0 and 50, got 0 to 51');
    await expect(file.means('chr22', { bins: 51 })).rejects.toThrow(
      'expected 1 to 50 bins for as many positions, got 51',
    );
  });
});

describe('real files', () => {
  interface Expected {
    chroms: Record<string, number>;
    header: {
      version: number;
      nLevels: number;
      nBasesCovered: number;
      minVal: number;
      maxVal: number;
      sumData: number;
    };
    first_intervals: Record<string, [start: number, end: number, value: number][]>;
    n_intervals: Record<string, number>;
    mean_by_chrom: Record<string, number>;
  }
  const expected: Record<string, Expected> = dataFolder
    ? JSON.parse(readFileSync(dataPath('genomic_io_samples/bigwig_expected.json'), 'utf8'))
    : {};

  it.skipIf(!dataFolder)('finds them', () => expect(Object.keys(expected)).toHaveLength(3));

  for (const [name, { chroms, header, ...values }] of Object.entries(expected)) {
    it(`reads ${name} as libBigWig does`, async () => {
      const file = await openBigWig(readFileSync(dataPath(`genomic_io_samples/${name}`)), { source: name });
      expect(Object.fromEntries(file.chromosomes)).toEqual(chroms);
      const { basesCovered, min, max, sum } = file.summary!;
      expect([file.version, file.zoomLevels.length, basesCovered]).toEqual([
        header.version,
        header.nLevels,
        header.nBasesCovered,
      ]);
      expect([min, max, sum].map(Math.trunc)).toEqual([header.minVal, header.maxVal, header.sumData]); // cut there
      let total = 0;
      for (const [chrom, length] of Object.entries(chroms)) {
        const { starts, ends, values: found } = await file.intervals(chrom);
        const first = Array.from(found.slice(0, 20), (value, i) => [starts[i], ends[i], value]);
        expect(first).toEqual(values.first_intervals[chrom]);
        expect(found).toHaveLength(values.n_intervals[chrom]);
        const [mean] = await file.means(chrom, { of: 'summaries' }); // as libBigWig's does
        expect(Math.abs(mean / values.mean_by_chrom[chrom] - 1)).toBeLessThan(1e-6); // sums are stored in single precision
        const covered = (await file.values(chrom, { end: length })).filter((value) => !Number.isNaN(value)).length;
        total += (await file.means(chrom))[0] * covered;
      }
      expect(Math.abs(total / sum - 1)).toBeLessThan(1e-6); // which the summaries miss: the writer left its last one at 0
    });
  }
});
