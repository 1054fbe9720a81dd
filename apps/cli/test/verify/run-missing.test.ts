import { readdirSync, writeFileSync } from 'node:fs';
import { type Experiment, type ExperimentContext, formatNumber } from '@hairpin/experiments';
import { afterAll, describe, expect, it } from 'vitest';
import { type Asked, KeptRuns } from '../../src/verify/kept-runs';
import { runMissing } from '../../src/verify/run-missing';
import { workplace } from '../hairpin';

const place = workplace();
afterAll(() => place.remove());

/** An experiment that reports its seed, and fails where it is told to. */
function toy(run: (context: ExperimentContext) => void = () => undefined): Experiment {
  const record = { question: 'Does it run?', rows: [1], biology: 'None.', equation: 'x = x' };
  const options = {
    size: { kind: 'number', says: 'size', default: 5, quick: 2, min: 1, max: 9, isWhole: true },
  } as const;
  return {
    ...{ name: 'toy', ...record, options },
    run: async (context) => {
      run(context);
      context.report.number({ name: 'seed', value: context.seed });
    },
  };
}

const quietly = { tell: () => undefined, say: () => undefined, end: () => undefined };
const asked = (experiment: Experiment, seed: number): Asked => ({ experiment, seed, size: 'quick', version: '1' });

async function go(
  folder: string,
  runs: readonly Asked[],
  { fresh = false, signal = new AbortController().signal } = {},
) {
  const kept = await KeptRuns.open(place.file(folder));
  let count = 0;
  const onKept = async () => void count++;
  await runMissing(runs, { fresh, device: 'cpu' }, { kept, teller: quietly, signal, onKept });
  return { count, outcomes: await Promise.all(runs.map((run) => kept.find(run))) };
}

describe('a verification', () => {
  const runs = [1, 2].map((seed) => asked(toy(), seed));

  it('keeps what runs come to, and does not run them again', async () => {
    const first = await go('once', runs);
    expect(first.count).toBe(2);
    expect(first.outcomes).toMatchObject([
      { seed: 1, options: { size: 2 } },
      { seed: 2, numbers: [{ value: 2 }] },
    ]);
    expect(readdirSync(place.file('once')).sort()).toEqual(
      [1, 2].flatMap((seed) => ['html', 'json'].map((kind) => `toy-quick-seed-${seed}.${kind}`)),
    );
    expect((await go('once', [...runs, asked(toy(), 3)])).count).toBe(1);
    expect((await go('once', runs, { fresh: true })).count).toBe(2);
  });

  it('runs again what was kept by another version, with other options, or not whole', async () => {
    await go('other', runs);
    expect((await go('other', [{ ...runs[0], version: '2' }])).count).toBe(1);
    const { options } = runs[1].experiment;
    const changed = { ...runs[1].experiment, options: { ...options, rate: { ...options.size } } };
    expect((await go('other', [asked(changed, 2)])).count).toBe(1);
    writeFileSync(place.file('other/toy-quick-seed-2.json'), '{"experiment": "to');
    expect((await go('other', [runs[1]])).count).toBe(1);
  });

  it('records a failure, goes on, and tries again the next time', async () => {
    let isBroken = true;
    const experiment = toy(({ seed }) => {
      if (isBroken && seed === 1) throw new Error(`out of ${formatNumber(1)}\n  chance`);
    });
    const some = [1, 2].map((seed) => asked(experiment, seed));
    const { outcomes } = await go('failing', some);
    expect(outcomes).toMatchObject([{ seed: 1, error: 'out of 1; chance' }, { numbers: [{ value: 2 }] }]);
    isBroken = false;
    const again = await go('failing', some);
    expect(again).toMatchObject({ count: 1, outcomes: [{ numbers: [{ value: 1 }] }, {}] });
  });

  it('ends with the reason of whom it was stopped by, and keeps what was done', async () => {
    const controller = new AbortController();
    const experiment = toy(({ seed, phase }) => {
      if (seed === 2) controller.abort(new Error('stop'));
      phase('working');
    });
    const some = [1, 2, 3].map((seed) => asked(experiment, seed));
    await expect(go('stopped', some, { signal: controller.signal })).rejects.toThrow('stop');
    expect(readdirSync(place.file('stopped')).filter((name) => name.endsWith('.json'))).toEqual([
      'toy-quick-seed-1.json',
    ]);
  });
});
