import { describe, expect, it } from 'vitest';
import { Absent, type Case, type System } from '../src/harness/benchmark';
import { measure } from '../src/harness/measure';
import { patiently } from '../src/harness/patience';

/** A system that gives one number after another. */
function counting(name: string, { from = 0, isRequired = false, log = [] as string[] } = {}): System {
  let next = from;
  const turn = async () => [next++];
  return { name, isRequired, open: async () => ({ turn, close: () => void log.push(`close ${name}`) }) };
}

const absent = (name: string, isRequired = false): System => ({
  name,
  isRequired,
  open: () => Promise.reject(new Absent('not installed')),
});

const work = (...systems: System[]): Case => ({ name: 'counting', systems, compare: 2, tolerance: 0, flop: 6 });

describe('measure', () => {
  it('gives a line for each system, ours with ratio 1', async () => {
    const { results, missing } = await measure(work(counting('ours'), counting('theirs')), 3);
    expect(results.map(({ system }) => system)).toEqual(['ours', 'theirs']);
    expect(results[0]).toMatchObject({ case: 'counting', unit: 'ms', ratio: 1 });
    const [ours, theirs] = results;
    expect(theirs.ratio).toBeCloseTo(theirs.median / ours.median);
    expect(ours.gflops).toBeCloseTo(6 / ours.median / 1e6);
    expect(missing).toEqual([]);
  });

  it('asks of ours to be no slower than tfjs-webgpu, where nothing else is asked', async () => {
    const besideTfjs = work(counting('ours'), counting('tfjs-webgpu'));
    expect((await measure(besideTfjs, 3)).judged).toMatchObject([{ of: 'tfjs-webgpu', over: 'ours', atLeast: 1 }]);
    const bars = [{ of: 'tfjs-webgpu', over: 'ours', atLeast: 4 }];
    expect((await measure({ ...besideTfjs, bars }, 3)).judged).toMatchObject(bars);
    expect((await measure({ ...besideTfjs, bars }, 3)).judged).toHaveLength(1);
  });

  it('lets systems do different work, each with its own operations, as often as the case says', async () => {
    const log: string[] = [];
    const turns = (name: string, flop: number): System => ({
      name,
      flop,
      open: async () => ({ turn: async () => [log.push(name)], close: () => undefined, note: `a note of ${name}` }),
    });
    const bars = [{ of: 'theirs', over: 'ours', per: 'flop', atMost: Infinity }] as const;
    const different: Case = { ...work(turns('ours', 1), turns('theirs', 2)), compare: 0, rounds: 2, bars };
    const { results, judged, notes } = await measure(different);
    expect(log).toHaveLength(2 * (1 + 1 + 2)); // the first turn, the one that warms up, two that are timed
    const [ours, theirs] = results;
    expect(theirs.gflops).toBeCloseTo(2 / theirs.median / 1e6);
    expect(judged[0].value).toBeCloseTo(theirs.median / 2 / ours.median);
    expect(notes).toEqual(['a note of ours', 'a note of theirs']);
  });

  it('says who is missing and why', async () => {
    const { results, missing } = await measure(work(counting('ours'), absent('theirs', true)), 1);
    expect(results).toHaveLength(1);
    expect(missing).toEqual([{ case: 'counting', system: 'theirs', reason: 'not installed', isRequired: true }]);
  });

  it('refuses to time systems that disagree, and closes them', async () => {
    const log: string[] = [];
    const systems = [counting('ours', { log }), counting('theirs', { from: 1, log })];
    await expect(measure(work(...systems))).rejects.toThrow('counting, theirs: number 0 is 1, ours is 0');
    expect(log).toEqual(['close ours', 'close theirs']);
  });

  it('needs ours', () => expect(measure(work(absent('ours'), counting('theirs')))).rejects.toThrow('ours is absent'));
});

describe('patiently', () => {
  it('passes on what comes in time', () => expect(patiently(Promise.resolve(1), 1000)).resolves.toBe(1));
  it('gives up on silence', () => expect(patiently(new Promise(() => {}), 5)).rejects.toThrow('silent for 0.005 s'));
});
