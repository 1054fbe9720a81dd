import { expect, it } from 'vitest';
import { interleave } from '../src/harness/interleave';

/** A clock that only work moves on, and contenders that say when it is their turn. */
function race() {
  const turns: string[] = [];
  let time = 0;
  const takes = (name: string, ms: number) => async () => {
    turns.push(name);
    time += ms;
  };
  return { turns, takes, now: () => time };
}

it('takes turns, and does not time the warm-up', async () => {
  const { turns, takes, now } = race();
  const contenders = { ours: takes('ours', 1), theirs: takes('theirs', 3) };
  const times = await interleave(contenders, { rounds: 2, warmUp: 1, now });
  expect(turns).toEqual(['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
  expect(times).toEqual({ ours: [1, 1], theirs: [3, 3] });
});

it('goes on without one that fails', async () => {
  const { turns, takes, now } = race();
  const fails = () => Promise.reject(new Error('out of memory'));
  const times = await interleave({ ours: takes('ours', 1), theirs: fails }, { rounds: 2, warmUp: 0, now });
  expect(turns).toEqual(['ours', 'ours']);
  expect(times).toEqual({ ours: [1, 1], theirs: new Error('out of memory') });
});
