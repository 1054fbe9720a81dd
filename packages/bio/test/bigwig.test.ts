import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openBigWig } from '../src/formats/bigwig';
import { dataFolder, dataPath } from './support';

interface Expected {
  chroms: Record<string, number>;
  header: Record<string, number>;
  first_intervals: Record<string, [start: number, end: number, value: number][]>;
  n_intervals: Record<string, number>;
  mean_by_chrom: Record<string, number>;
}

const expected: Record<string, Expected> = dataFolder
  ? JSON.parse(readFileSync(dataPath('genomic_io_samples/bigwig_expected.json'), 'utf8'))
  : {};
console.log(Object.keys(Object.values(expected)[0]));
describe('x', () => {
for (const [name, want] of Object.entries(expected)) it(name, async () => {
  const file = await openBigWig(readFileSync(dataPath(`genomic_io_samples/${name}`)), { source: name });
  console.log(name, file.version, file.zoomLevels, file.summary, want.header);
  expect(Object.fromEntries(file.chromosomes)).toEqual(want.chroms);
  for (const chrom of Object.keys(want.chroms)) {
    const iv = await file.intervals(chrom);
    expect(iv.values.length).toBe(want.n_intervals[chrom] ?? 0);
    (want.first_intervals[chrom]??[]).forEach(([s,e,v],i)=>expect([iv.starts[i],iv.ends[i],iv.values[i]]).toEqual([s,e,v]));
    if (want.mean_by_chrom[chrom]!=null) expect((await file.means(chrom,{of:'summaries'}))[0]).toBeCloseTo(want.mean_by_chrom[chrom], 6);
  }
});
});
