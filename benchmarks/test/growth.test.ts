import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { climbApart } from '../src/growth/apart';
import { charts } from '../src/growth/charts';
import { climb, type Open } from '../src/growth/climb';
import type { OwnPoint } from '../src/growth/hairpin';
import { header, resultsOf, rowsOf, saidOf } from '../src/growth/rows';
import { type Size, type Sweep, sweeps, upTo } from '../src/growth/sweeps';

const sizes: Size[] = [10, 20, 400].map((steps) => ({ batch: 1, steps, inputs: 4, hidden: 8 }));
const sweep: Sweep = { name: 'steps', fixed: 'batch 1', varied: 'steps', sizes };

/** What the clock says, in ms: only turns take time. */
let clock = 0;

/** A system whose steps take a millisecond for each ten of theirs. */
function system(closed: Size[], failsAt?: Size): Open {
  return async (size) => ({
    turn: async () => {
      if (size === failsAt) throw new Error('out of memory');
      clock += size.steps / 10;
    },
    close: () => void closed.push(size),
    peakBytes: () => 1000 * size.steps,
  });
}

describe('climb', () => {
  beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => clock));
  afterEach(() => void vi.restoreAllMocks());

  it('ends where a step would take too long, and does not begin it', async () => {
    const closed: Size[] = [];
    const { points, missing } = await climb('peer', sizes, system(closed), 15);
    expect(points.map(({ size, bytes }) => [size.steps, bytes])).toEqual([
      [10, 10_000],
      [20, 20_000],
    ]);
    expect(points.map(({ ms }) => ms)).toEqual([1, 2]);
    expect(missing).toEqual([{ size: sizes[2], reason: 'about 0 s a step' }]); // 20 times 2 ms
    expect(closed).toEqual(sizes.slice(0, 2));
  });

  it('says why it ended, and closes what failed', async () => {
    const closed: Size[] = [];
    const { points, missing } = await climb('peer', sizes, system(closed, sizes[1]), 1000);
    expect(points).toHaveLength(1);
    expect(missing.map(({ reason }) => reason)).toEqual(['out of memory', 'out of memory']);
    expect(closed).toEqual(sizes.slice(0, 2));
  });
});

describe('climbApart', () => {
  const asked = { system: 'peer', sizes, limitMs: 1000 };
  const point = { size: sizes[0], ms: 1, first: 2, bytes: 3 };

  it.each([
    ["process.kill(process.pid, 'SIGSEGV')", 'its process ended with SIGSEGV'],
    ['process.exitCode = 3', 'its process ended with code 3'],
  ])('keeps the points before the end: %s', async (ending, reason) => {
    const file = join(await mkdtemp(join(tmpdir(), 'hairpin-climb-')), 'child.mjs');
    await writeFile(file, `console.log('a warning'); console.log('${JSON.stringify({ point })}'); ${ending}`);
    const { points, missing } = await climbApart(pathToFileURL(file), asked);
    await rm(dirname(file), { recursive: true });
    expect(points).toEqual([point]);
    expect(missing).toEqual(sizes.slice(1).map((size) => ({ size, reason })));
    expect([...points, ...missing].map(({ size }) => sizes.indexOf(size))).toEqual([0, 1, 2]); // tables look sizes up
  });
});

describe('a sweep', () => {
  const points = sizes
    .slice(0, 2)
    .map((size): OwnPoint => ({ size, ms: size.steps, first: 900, bytes: 2e6, ofUnfused: 0.9 }));
  const ours = { system: 'hairpin', points, missing: [{ size: sizes[2], reason: 'out of memory' }] };
  const peer = {
    system: 'peer',
    points: [{ size: sizes[0], ms: 40, first: 1000, bytes: 8e6 }],
    missing: sizes.slice(1).map((size) => ({ size, reason: 'too slow' })),
  };
  const swept = { sweep, ours, peer };

  it('puts both beside each other, and a reason where one is missing', () => {
    expect(header(swept)[0]).toBe('steps');
    expect(rowsOf(swept)).toEqual([
      ['10', '10.0 ms', '40.0 ms', '4.00×', '2.00 MB', '8.00 MB', '0.900×'],
      ['20', '20.0 ms', 'too slow', '', '2.00 MB', '', '0.900×'],
      ['400', 'out of memory', 'too slow', '', '', '', ''],
    ]);
    const { results, missing } = resultsOf(swept);
    expect(results.map(({ case: name, system, ratio }) => [name, system, ratio])).toEqual([
      ...['10', '20'].map((steps) => [`${steps} steps`, 'hairpin', 1]),
      ['10 steps', 'peer', 4],
    ]);
    expect(missing.map(({ system, reason }) => `${system}: ${reason}`)).toEqual([
      'hairpin: out of memory',
      'peer: too slow',
      'peer: too slow',
    ]);
  });

  it('says how time grew, and whether memory kept to its bar', () => {
    expect(saidOf(swept)).toContain('from 10 to 20, 2.00 times as much, our time grows 2.00 times');
    expect(saidOf(swept)).toContain('asked at most 1.3: met');
    const large = { ...ours, points: points.map((point) => ({ ...point, ofUnfused: 1.4 })) };
    expect(saidOf({ ...swept, ours: large })).toContain('missed');
  });

  it('is drawn as two pictures, a line for each system', () => {
    const drawn = charts(sweep, [ours, peer]);
    expect(Object.keys(drawn)).toEqual(['growth-steps-time.svg', 'growth-steps-memory.svg']);
    const [d] = drawn['growth-steps-time.svg'].match(/(?<=<path d=")[^"]*/)!;
    expect(d.split('L')).toHaveLength(2);
  });

  it('goes to 50 000 steps, 512 units and 256 rows where there is time', () => {
    expect(sweeps('full').map((each) => each.sizes.at(-1)![each.varied])).toEqual([50_000, 512, 256]);
    expect(upTo(64, 50_000).slice(-3)).toEqual([16_384, 32_768, 50_000]);
    expect(upTo(1, 256, 4)).toEqual([1, 4, 16, 64, 256]);
  });
});
