import { expect, it } from 'vitest';
import { attribute, rescaleRules, unexplained } from './rescale';

it('contributions by the Rescale rule add up to the difference from the reference', async () => {
  expect(unexplained(await attribute('f64', rescaleRules))).toBeLessThan(1e-10);
});

it('contributions add up where a matrix has as many rows as the batch and its reference together', async () => {
  expect(unexplained(await attribute('f64', rescaleRules, 6))).toBeLessThan(1e-10); // 3 rows, 3 of reference, U of 6 rows
});

it('contributions by the usual gradient do not', async () => {
  expect(unexplained(await attribute('f64', {}))).toBeGreaterThan(1e-3);
});
