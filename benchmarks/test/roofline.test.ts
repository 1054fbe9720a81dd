import type { Profile } from '@hairpin/tensors';
import { expect, it } from 'vitest';
import { asMarkdown } from '../src/harness/markdown';
import { kernelRows, stepRow } from '../src/roofline/rows';

const kernel = (name: string, ms: number, flop: number) => ({
  ...{
    name,
    ms,
    share: ms / 100,
    flop,
    bytes: 4e6,
    gflops: flop / ms / 1e6,
    gigabytesPerSecond: 4 / ms,
    dispatches: 2,
  },
  ofCeiling: { share: 0.5, of: 'flop' as const },
});
const kernels = [kernel('contract', 97, 97e6), kernel('sum', 2, 2e6), kernel('add', 0.5, 1e6), kernel('neg', 0.5, 0)];
const found = { kernels, step: { ms: 200 }, first: { ms: 900 } } as unknown as Profile;

it('gives a line to each kernel that takes a fiftieth of the step, and one to all others', () => {
  expect(kernelRows('a step', found)).toEqual([
    ['a step', 'contract', '2', '97.0 ms', '97 %', '1.00 GFLOP/s', '0.0412 GB/s', '50 % of flop'],
    ['a step', 'sum', '2', '2.00 ms', '2 %', '1.00 GFLOP/s', '2.00 GB/s', '50 % of flop'],
    ['a step', '2 others', '4', '1.00 ms', '1 %', '', '', ''],
  ]);
});

it('rates a step by all of its operations and all of its time', () => {
  expect(stepRow('a step', found)).toMatchObject({ median: 200, first: 900, gflops: 100e6 / 200 / 1e6 });
});

it('aligns a table as Prettier does', () => {
  expect(asMarkdown([['a', 'bb'], ['1234', '']])).toBe('| a    | bb  |\n| ---- | --- |\n| 1234 |     |'); // prettier-ignore
});
