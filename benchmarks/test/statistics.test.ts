import { expect, it } from 'vitest';
import { median, quantile } from '../src/harness/statistics';

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 2, 100], 3],
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle));

it('a quartile lies between its neighbours', () => expect(quantile([8, 0, 4, 2], 0.25)).toBe(1.5));
