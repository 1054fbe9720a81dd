import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say, tester } from '../src/irregular-time/learn';
import { EquationNet, GapNet } from '../src/irregular-time/nets';
import { rmseOfLines } from '../src/irregular-time/pelts';
import { asTensors, drawSpirals, duration, type Entry } from '../src/irregular-time/series';

beforeAll(async () => setDefaultDevice(await openDevice('cpu')));
afterAll(() => setDefaultDevice(undefined));

const entry = (time: number, x: [number, number], isSeen: number): Entry => {
  const [seen, asked] = [[isSeen, isSeen] as const, [1 - isSeen, 1 - isSeen] as const];
  return { time, x, mask: seen, known: [1, 1], truth: [x[0] + 1, x[1]], asked };
};

describe('series', () => {
  it('stand still behind their end', async () => {
    const { x, times, mask, known, asked } = asTensors(
      [[entry(1, [2, 3], 1), entry(4, [5, 6], 0)], [entry(7, [8, 9], 1)]],
      2,
    );
    expect([...(await times.data())]).toEqual([1, 4, 7, 7]);
    expect([...(await x.data())]).toEqual([2, 3, 5, 6, 8, 9, 0, 0]);
    expect([...(await mask.data())]).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
    expect([...(await known.data())]).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    expect([...(await asked.data())]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it('of spirals are asked for where they are not seen, within their time', async () => {
    const { mask, asked, times } = drawSpirals(new Rng(1), 4, { observations: 40, dropped: 0.5 });
    const [seen, wanted] = [await mask.data(), await asked.data()];
    expect([...seen].map((value, i) => value + wanted[i])).toEqual(Array.from(seen, () => 1));
    expect(seen.filter((value) => value === 0).length / seen.length).toBeCloseTo(0.5, 1);
    expect(Math.max(...(await times.data()))).toBeLessThanOrEqual(duration);
  });
});

const options = { hidden: 6, rng: new Rng(2) };
const nets = {
  EquationNet: new EquationNet({ ...options, method: 'rk4' }),
  'GapNet forward': new GapNet({ ...options, direction: 'forward' }),
  'GapNet both ways': new GapNet({ ...options, direction: 'bidirectional' }),
};

describe.each(Object.entries(nets))('%s', (_, net) => {
  const spirals = drawSpirals(new Rng(3), 2, { observations: 12, dropped: 0.5 });

  it('does not see what is hidden, and sees the rest', async () => {
    const changed = (where: 'mask' | 'asked') => ({ ...spirals, x: spirals.x.add(spirals[where]) });
    const [own, hidden, seen] = await Promise.all(
      [spirals, changed('asked'), changed('mask')].map((one) => say(net, one).data()),
    );
    expect([...hidden]).toEqual([...own]);
    expect(Math.max(...own.map((value, i) => Math.abs(value - seen[i])))).toBeGreaterThan(1e-3);
  });

  it('is judged where it is asked', async () => {
    const truth = say(net, spirals).add(spirals.mask.mul(5)).add(spirals.asked.mul(0.5));
    expect(await tester(net, [{ ...spirals, truth }])()).toBeCloseTo(0.25, 5);
  });
});

it('a line between its neighbours misses what bends', () => {
  expect(rmseOfLines({ years: [0, 1, 2], logs: [[0, 0], [1, 2], [0, 2]] })).toBeCloseTo(1, 12); // prettier-ignore
});
