import { expect, it } from 'vitest';
import { Absent, type System } from '../src/harness/benchmark';
import { asTable } from '../src/harness/table';
import { weigh } from '../src/harness/weigh';

const weighing = (name: string, weight: number): System => ({
  name,
  open: async () => ({ turn: async () => [weight], close: () => undefined }),
});

const absent: System = { name: 'absent', isRequired: true, open: () => Promise.reject(new Absent('not installed')) };

const work = (...systems: System[]) => ({ name: 'bundle', unit: 'kB', systems, tolerance: 0 }) as const;

it('says how many times ours is smaller, and who is missing', async () => {
  const { results, missing } = await weigh(work(weighing('ours', 40), weighing('theirs', 100), absent));
  expect(results).toMatchObject([
    { case: 'bundle', system: 'ours', median: 40, unit: 'kB', ratio: 1 },
    { case: 'bundle', system: 'theirs', median: 100, unit: 'kB', ratio: 2.5 },
  ]);
  expect(missing).toEqual([{ case: 'bundle', system: 'absent', reason: 'not installed', isRequired: true }]);
  expect(asTable({ results, missing: [] }).split('\n')[2]).toMatch(/\| bundle \| ours +\| 40.0 kB \| 1.00× \|/);
});

it('needs ours', () => expect(weigh(work(absent, weighing('theirs', 1)))).rejects.toThrow('absent is absent'));
