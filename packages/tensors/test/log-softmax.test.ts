import { describe, expect, it } from 'vitest';
import { logSoftmax, tensor } from '../src/index';

describe('logSoftmax', () => {
  it('keeps its digits where all numbers are large', async () => {
    const y = await logSoftmax(tensor([10_000, 10_001, 10_002, 10_003])).data();
    const all = Math.log(1 + Math.exp(-1) + Math.exp(-2) + Math.exp(-3));
    [-3, -2, -1, 0].forEach((x, i) => expect(Math.abs(y[i] - (x - all))).toBeLessThan(1e-6));
  });
});
