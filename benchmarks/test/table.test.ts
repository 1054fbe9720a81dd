import { expect, it } from 'vitest';
import type { Result } from '../src/harness/result';
import { asTable } from '../src/harness/table';

const line = (system: string, median: number, ratio: number): Result =>
  ({ case: '512³', system, median, unit: 'ms', ratio, quartiles: [median, 2 * median], first: 400 }); // prettier-ignore

it('aligns columns, leaves empty ones out and says why a line is empty', () => {
  const missing = [{ case: '512³', system: 'peer', reason: 'silent for 60 s', isRequired: false }];
  expect(asTable({ results: [line('hairpin', 40, 1), line('tfjs-webgpu', 100.4, 2.51)], missing })).toBe(
    `
| case | system      | median          | middle half       | ratio | first turn |
| ---- | ----------- | --------------- | ----------------- | ----- | ---------- |
| 512³ | hairpin     | 40.0 ms         | 40.0 ms – 80.0 ms | 1.00× | 400 ms     |
| 512³ | tfjs-webgpu | 100 ms          | 100 ms – 201 ms   | 2.51× | 400 ms     |
| 512³ | peer        | silent for 60 s |                   |       |            |`.trim(),
  );
});

it('gives a rate in operations, or in bytes where memory is what a system waits for', () => {
  const lines = [
    { ...line('hairpin', 40, 1), gflops: 2.5 },
    { ...line('peer', 80, 2), gigabytesPerSecond: 12 },
  ];
  const rates = asTable({ results: lines, missing: [] })
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').at(-2)!.trim());
  expect(rates).toEqual(['2.50 GFLOP/s', '12.0 GB/s']);
});
