import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectBed, FormatError, writeBed } from '../../src/index';
import type { BedFeature, BedOptions } from '../../src/index';
import { dataFiles, dataFolder, dataPath } from '../support';

describe('what a BED file may look like', () => {
  const cases: Record<string, [text: string, features: BedFeature[], options?: BedOptions]> = {
    'three columns': ['chr1\t10\t30\n', [{ chrom: 'chr1', start: 10, end: 30 }]],
    'parted by spaces, with comments and lines for browsers': [
      'browser position chr1\ntrack name="a b"\n# x\n\nchr1 1 2 a\ntracking 1 2\n',
      [
        { chrom: 'chr1', start: 1, end: 2, name: 'a' },
        { chrom: 'tracking', start: 1, end: 2 },
      ],
    ],
    'an empty interval': ['c\t5\t5\n', [{ chrom: 'c', start: 5, end: 5 }]],
    'a name with spaces, nothing in a column': [
      'c\t1\t9\tone two\t.\t-\n',
      [{ chrom: 'c', start: 1, end: 9, name: 'one two', strand: '-' }],
    ],
    'twelve columns': [
      'c\t100\t200\tg\t7.5\t+\t110\t190\t255,0,0\t2\t10,20,\t0,80,\n',
      [
        {
          ...{ chrom: 'c', start: 100, end: 200, name: 'g', score: 7.5, strand: '+' as const, itemRgb: '255,0,0' },
          ...{
            thickStart: 110,
            thickEnd: 190,
            blocks: [
              { start: 100, end: 110 },
              { start: 180, end: 200 },
            ],
          },
        },
      ],
    ],
    'columns of its own': [
      'c\t1\t2\tCG\t0.5\n',
      [{ chrom: 'c', start: 1, end: 2, rest: ['CG', '0.5'] }],
      { columns: 3 },
    ],
    narrowPeak: [
      'c\t1\t90\tp\t0\t.\t1.5\t-1\t3e2\t40\n',
      [{ chrom: 'c', start: 1, end: 90, name: 'p', score: 0, signalValue: 1.5, pValue: -1, qValue: 300, peak: 40 }],
      { format: 'narrowPeak' },
    ],
    broadPeak: [
      'c\t1\t90\tp\t0\t.\t1.5\t2\t3\n',
      [{ chrom: 'c', start: 1, end: 90, name: 'p', score: 0, signalValue: 1.5, pValue: 2, qValue: 3 }],
      { format: 'broadPeak' },
    ],
  };
  for (const [name, [text, features, options]] of Object.entries(cases)) {
    it(`reads ${name}`, async () => expect(await collectBed(text, options)).toEqual(features));
  }
});

describe('what is wrong with a BED file', () => {
  const cases: [text: string, message: string][] = [
    ['chr1\t1\n', 'p.bed:1:1: expected at least 3 columns parted by tabs, got 2'],
    ['c\t1\t2\nc\tx\t2\n', 'p.bed:2:3: chromStart: expected a whole number of at least 0, got "x"'],
    ['c\t-1\t2\n', 'p.bed:1:3: chromStart: expected a whole number of at least 0, got "-1"'],
    ['chr1 10  9\n', 'p.bed:1:10: chromEnd: 9 is before chromStart'],
    ['c\t1\t2\ta\thigh\n', 'p.bed:1:9: score: expected a number, got "high"'],
    ['c\t1\t2\ta\t0\tx\n', `p.bed:1:11: strand: expected one of '+', '-', '.', '*', '', got "x"`],
    ['c\t1\t9\ta\t0\t+\t1\t9\t0\t2\t3,\t0,4\n', 'p.bed:1:21: blockSizes: expected 2 whole numbers, got "3,"'],
    ['c\t1\t9\ta\t0\t+\t1\t9\t0\t1\t8\t4\n', 'p.bed:1:21: block 1 ends at 13, after chromEnd (9)'],
  ];
  for (const [text, message] of cases) {
    it(message, async () => {
      const error = await collectBed(text, { source: 'p.bed' }).catch((reason) => reason);
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toBe(message);
    });
  }
});

describe('writing BED', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/);
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0); // no −0
  const interval = fc.tuple(fc.nat(1e6), fc.nat(1000)).map(([start, length]) => ({ start, end: start + length }));
  const strand = fc.constantFrom('+' as const, '-' as const);
  const requiredKeys: ('chrom' | 'at')[] = ['chrom', 'at'];

  it('reads back what it wrote: BED', async () => {
    const whole = {
      chrom: word,
      at: interval,
      name: word,
      score: finite,
      strand,
      thickStart: fc.nat(),
      thickEnd: fc.nat(),
    };
    const feature = fc
      .tuple(fc.record(whole, { requiredKeys }), fc.array(fc.tuple(fc.nat(40), fc.nat(60)), { maxLength: 4 }))
      .map(([{ at, ...rest }, blocks]): BedFeature => {
        const placed = blocks.map(([from, length]) => ({ start: at.start + from, end: at.start + from + length }));
        return placed.length > 0
          ? { ...rest, start: at.start, end: at.start + 200, blocks: placed }
          : { ...rest, ...at };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(feature), async (all) => {
        expect(await collectBed(writeBed(all))).toEqual(all);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('reads back what it wrote: peaks', async () => {
    const whole = { chrom: word, at: interval, name: word, signalValue: finite, pValue: finite, qValue: finite };
    const feature = fc
      .record({ ...whole, peak: fc.nat() }, { requiredKeys })
      .map(({ at, ...rest }) => ({ ...rest, ...at }));
    const options = { format: 'narrowPeak' } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(feature), async (all) => {
        expect(await collectBed(writeBed(all, options), options)).toEqual(all);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('fills columns', () => {
    expect(writeBed([{ chrom: 'c', start: 1, end: 2 }], { columns: 6 })).toBe('c\t1\t2\t.\t.\t.\n');
    expect(() => writeBed([{ chrom: '#c', start: 1, end: 2 }])).toThrow('chromosome "#c" reads as no feature');
    expect(() => writeBed([{ chrom: 'c', start: 1, end: 2, name: 'a\tb' }])).toThrow('has a tab or a line break');
  });
});

describe('real BED files', () => {
  const files = dataFiles(/\.bed(10|\.txt)?(\.gz)?$/);
  it.skipIf(!dataFolder)('finds them', () => expect(files).toHaveLength(5));

  for (const path of files) {
    it(`reads ${path} and writes it back`, async () => {
      const text = readFileSync(dataPath(path), 'utf8');
      const options = { source: path, format: path.endsWith('10') ? 'narrowPeak' : 'bed' } as const;
      const features = await collectBed(text, options);
      const lines = text.trimEnd().split('\n');
      expect(features.map(({ chrom, start, end }) => `${chrom}\t${start}\t${end}`)).toEqual(
        lines.map((line) => line.split('\t').slice(0, 3).join('\t')),
      );
      expect(await collectBed(writeBed(features, options), options)).toEqual(features);
    });
  }

  it.skipIf(!dataFolder)('finds the summits of test2.bed10', async () => {
    const bytes = readFileSync(dataPath('genomic_io_samples/test2.bed10'));
    expect((await collectBed(bytes, { format: 'narrowPeak' })).slice(0, 3).map(({ peak }) => peak)).toEqual([0, 1, 5]);
  });
});
