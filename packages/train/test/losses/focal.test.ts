import { grad, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy, focal } from '../../src/index';
import { golden, hasGolden } from '../golden';

const f64 = (values: readonly number[]) => tensor(Float64Array.from(values));
const list = async (x: Tensor) => Array.from(await x.data());

describe('focal', () => {
  it('is α_t (1 − p_t)^γ times cross-entropy', async () => {
    const [z, y] = [f64([Math.log(3), Math.log(3)]), f64([1, 0])]; // p = 3/4
    const expected = [0.25 * (1 / 16) * Math.log(4 / 3), 0.75 * (9 / 16) * Math.log(4)];
    assertClose(await list(focal(z, y, { reduce: 'none' })), expected, 1e-12);
    expect(await focal(z, y).item()).toBeCloseTo((expected[0] + expected[1]) / 2, 12);
    const unweighted = await list(focal(z, y, { reduce: 'none', alpha: -1 }));
    assertClose(unweighted, [expected[0] / 0.25, expected[1] / 0.75], 1e-12);
  });

  it('is cross-entropy without γ and α', async () => {
    const [z, y] = [f64([3, -2, 0, 0.5]), f64([1, 0, 1, 0.3])];
    const options = { reduce: 'none' } as const;
    const expected = await list(binaryCrossEntropy(z, y, options));
    assertClose(await list(focal(z, y, { ...options, gamma: 0, alpha: -1 })), expected, 1e-12);
  });

  it('stays finite at extreme logits, in f32, also for γ below 1', async () => {
    const [z, y] = [tensor([200, -200, 200, -200, 20]), tensor([1, 0, 0, 1, 1])];
    const losses = await list(focal(z, y, { reduce: 'none' }));
    expect(losses.slice(0, 4)).toEqual([0, 0, 150, 50]);
    expect(losses[4] / (0.25 * Math.exp(-60))).toBeCloseTo(1, 4); // (1 − p)² · log p, both e^−20
    for (const gamma of [0.5, 2]) {
      const slopes = await list(grad((x: Tensor) => focal(x, y, { gamma, reduce: 'sum' }))(z));
      expect(slopes.every(Number.isFinite)).toBe(true);
      expect(slopes[2]).toBeCloseTo(0.75, 6);
    }
  });

  it('ignores rows of weight 0', async () => {
    const weights = f64([1, 0]);
    const slopes = await list(grad((z: Tensor) => focal(z, f64([1, NaN]), { weights }))(f64([0, NaN])));
    expect(slopes[1]).toBe(0);
    expect(Number.isFinite(slopes[0])).toBe(true);
  });

  it('has the gradient of its value', async () => {
    const [z, y] = [f64([-2, -0.5, 0.3, 4, 1]), f64([0, 1, 0.3, 1, 0])];
    await checkGradient((x) => focal(x, y), z);
    await checkGradient((x) => focal(x, y, { gamma: 0.5, alpha: -1, weights: f64([1, 2, 3, 0, 1]) }), z);
  });

  it('says what does not fit', () => {
    expect(() => focal(f64([1, 2]), f64([1]))).toThrow(
      'focal: expected logits and labels of one shape, got [2] and [1]',
    );
    expect(() => focal(f64([1]), f64([1]), { gamma: -1 })).toThrow('focal: expected gamma of at least 0, got -1');
    expect(() => focal(f64([1]), f64([1]), { alpha: 2 })).toThrow('focal: expected alpha of at most 1, got 2');
  });

  it.skipIf(!hasGolden)("equals torchvision's to 1e-10", async () => {
    const { zb, yb, focal: expected } = golden('losses');
    assertClose(await list(focal(f64(zb.data), f64(yb.data), { reduce: 'none' })), expected.data, 1e-10);
  });
});
