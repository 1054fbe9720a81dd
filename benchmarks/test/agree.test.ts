import { expect, it } from 'vitest';
import { assertAgree } from '../src/harness/agree';

const compare = (theirs: number[]) => () => assertAgree('peer', [1, -10, 0], theirs, 0.01); // allows 0.1

it('lets rounding pass', () => expect(compare([1.05, -10.05, -0.05])).not.toThrow());

it.each([
  [[1, -10, 0.2], 'peer: number 2 is 0.2, ours is 0; allowed are 0.1 apart'],
  [[1, NaN, 0], 'peer: number 1 is NaN'],
  [[1, -10], 'peer: expected 3 numbers, got 2'],
])('refuses %j', (theirs, message) => expect(compare(theirs)).toThrow(message));
