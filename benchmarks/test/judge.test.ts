import { expect, it } from 'vitest';
import { asSentence, judge } from '../src/harness/judge';
import type { Result } from '../src/harness/result';

const line = (system: string, median: number, gflops?: number): Result =>
  ({ case: 'a', system, median, unit: 'ms', ratio: 1, quartiles: [median, median], first: 1, ...(gflops && { gflops }) }); // prettier-ignore

const results = [line('ours', 10, 6), line('theirs', 25, 2)];

it('divides median by median', () => {
  const bar = { of: 'theirs', over: 'ours' };
  expect(judge({ ...bar, atLeast: 2.5 }, 'a', results)).toMatchObject({ case: 'a', value: 2.5, isMet: true });
  expect(judge({ ...bar, atLeast: 2.6 }, 'a', results).isMet).toBe(false);
  expect(judge({ ...bar, atLeast: 2, atMost: 2.4 }, 'a', results).isMet).toBe(false);
});

it('divides time per operation', () =>
  expect(judge({ of: 'theirs', over: 'ours', per: 'flop', atMost: 3 }, 'a', results).value).toBeCloseTo(3));

it('says what was asked and what came', () => {
  const met = judge({ of: 'theirs', over: 'ours', atLeast: 2, atMost: 3 }, 'a', results);
  expect(asSentence(met)).toBe('a: time of theirs over ours: 2.50×, asked at least 2, at most 3: met');
  const perFlop = judge({ of: 'theirs', over: 'ours', per: 'flop', atMost: 1.5 }, 'a', results);
  expect(asSentence(perFlop)).toBe('a: time per flop of theirs over ours: 3.00×, asked at most 1.5: missed');
});

it('takes the time itself where there is nothing to divide by', () => {
  const bar = { of: 'theirs', atMost: 20 };
  expect(judge(bar, 'a', results)).toMatchObject({ value: 25, isMet: false });
  expect(asSentence(judge({ ...bar, atMost: 1000 }, 'a', results))).toBe(
    'a: time of theirs: 25.0 ms, asked at most 1000 ms: met',
  );
  expect(asSentence(judge({ ...bar, of: 'a peer' }, 'a', results))).toBe(
    'a: time of a peer: not measured, asked at most 20 ms',
  );
});

it('does not judge who is missing', () => {
  const bar = judge({ of: 'a peer', over: 'ours', atLeast: 2 }, 'a', results);
  expect(bar).toMatchObject({ value: null, isMet: null });
  expect(asSentence(bar)).toBe('a: time of a peer over ours: not measured, asked at least 2');
});
