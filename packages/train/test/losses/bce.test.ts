import { grad, sum, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy } from '../src/index';
import { golden, hasGolden } from './golden';

const f64 = (values: readonly number[]) => tensor(Float64Array.from(values));

describe('binaryCrossEntropy', () => {
  it('is ln 2 at logit 0, with gradient σ(z) − y', async () => {
    const loss = (z: ReturnType<typeof f64>) => binaryCrossEntropy(z, f64([1, 0]), { reduce: 'sum' });
    expect(await loss(f64([0, 0])).item()).toBeCloseTo(2 * Math.LN2, 12);
    expect(Array.from(await grad(loss)(f64([0, 0])).data())).toEqual([-0.5, 0.5]);
  });

  it('neither overflows nor loses a small loss, in f32', async () => {
    const losses = binaryCrossEntropy(tensor([200, -200, 200, -200, 30]), tensor([1, 0, 0, 1, 1]), { reduce: 'none' });
    const [a, b, c, d, e] = await losses.data();
    expect([a, b, c, d]).toEqual([0, 0, 200, 200]);
    expect(e / Math.exp(-30)).toBeCloseTo(1, 5);
  });

  it('weighs examples, and those of weight 0 cannot spoil the rest', async () => {
    const [z, y] = [f64([1, -2, NaN]), f64([1, 1, 0])];
    const weights = f64([1, 3, 0]);
    const [a, b] = [Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(2))];
    expect(await binaryCrossEntropy(z, y, { weights }).item()).toBeCloseTo((a + 3 * b) / 4, 12);
    expect(await binaryCrossEntropy(z, y, { weights, reduce: 'sum' }).item()).toBeCloseTo(a + 3 * b, 12);
    expect(Array.from(await binaryCrossEntropy(z, y, { weights, reduce: 'none' }).data())).toHaveLength(3);
    const [, , none] = await grad((logits: typeof z) => sum(binaryCrossEntropy(logits, y, { weights })))(z).data();
    expect(none).toBeNaN(); // the value is safe; a gradient of NaN is for the step's flag
  });

  it('says which shapes do not fit', () => {
    expect(() => binaryCrossEntropy(f64([1, 2]), f64([1]))).toThrow(
      'expected logits and labels of one shape, got [2] and [1]',
    );
    expect(() => binaryCrossEntropy(f64([1]), f64([1]), { weights: f64([1, 2]) })).toThrow('weights of shape [1]');
  });

  it.skipIf(!hasGolden)("equals PyTorch's to 1e-10", async () => {
    const { zb, yb, bce } = golden('losses');
    const got = await binaryCrossEntropy(f64(zb.data), f64(yb.data), { reduce: 'none' }).data();
    bce.data.forEach((expected, i) => expect(Math.abs(got[i] - expected)).toBeLessThan(1e-10 * Math.max(1, expected)));
  });
});
