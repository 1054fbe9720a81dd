import { expect, it } from 'vitest';
import { interleave, median } from '../src/interleave';

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 2, 100], 3],
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle));

it('takes turns, and does not time the warm-up', async () => {
  const turns: string[] = [];
  let clock = 0;
  const take = (name: string, ms: number) => async () => {
    turns.push(name);
    clock += ms;
  };
  const contenders = { ours: take('ours', 1), theirs: take('theirs', 3) };
  const { ours, theirs } = await interleave(contenders, { rounds: 2, warmUp: 1, now: () => clock });
  expect(turns).toEqual(['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
  expect([ours.timesMs, theirs.timesMs]).toEqual([[1, 1], [3, 3]]); // prettier-ignore
});
