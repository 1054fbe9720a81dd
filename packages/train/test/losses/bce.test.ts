import { grad, tensor, zeros } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy } from '../../src/index';
import { golden, hasGolden } from '../golden';

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
    const gradient = await grad((logits: typeof z) => binaryCrossEntropy(logits, y, { weights }))(z).data();
    expect(gradient[2]).toBe(0);
    expect(gradient[0]).toBeCloseTo((1 / (1 + Math.exp(-1)) - 1) / 4, 12);
  });

  it('weighs whole rows by weights [batch]', async () => {
    const z = tensor(Float64Array.of(0, 0, 5, NaN), { shape: [2, 2] });
    const y = tensor(Float64Array.of(0, 1, 1, 1), { shape: [2, 2] });
    expect(await binaryCrossEntropy(z, y, { weights: f64([2, 0]) }).item()).toBeCloseTo(Math.LN2, 12);
    expect(await binaryCrossEntropy(z, y, { weights: f64([2, 0]), reduce: 'sum' }).item()).toBeCloseTo(
      4 * Math.LN2,
      12,
    );
  });

  it('is 0 and moves nothing where no example counts', async () => {
    const [z, y, weights] = [f64([3, NaN]), f64([0, 1]), f64([0, 0])];
    expect(await binaryCrossEntropy(z, y, { weights }).item()).toBe(0);
    const gradient = grad((logits: typeof z) => binaryCrossEntropy(logits, y, { weights }))(z);
    expect(Array.from(await gradient.data(), Math.abs)).toEqual([0, 0]);
  });

  it('counts positive labels posWeight times', async () => {
    const losses = (posWeight: number | ReturnType<typeof f64>) =>
      binaryCrossEntropy(zeros([2, 2], { dtype: 'f64' }), tensor([[0, 1], [1, 1]], { dtype: 'f64' }), {
        posWeight,
        reduce: 'none',
      }).data(); // prettier-ignore
    (await losses(3)).forEach((loss, i) => expect(loss).toBeCloseTo([1, 3, 3, 3][i] * Math.LN2, 12));
    (await losses(f64([3, 5]))).forEach((loss, i) => expect(loss).toBeCloseTo([1, 5, 3, 5][i] * Math.LN2, 12));
  });

  it('keeps small and large losses with posWeight, in f32', async () => {
    const [z, y] = [tensor([200, -200, 30, -30]), tensor([0, 1, 1, 0])];
    const [a, b, c, d] = await binaryCrossEntropy(z, y, { posWeight: 2, reduce: 'none' }).data();
    expect([a, b]).toEqual([200, 400]);
    expect(c / (2 * Math.exp(-30))).toBeCloseTo(1, 5);
    expect(d / Math.exp(-30)).toBeCloseTo(1, 5);
  });

  it.each([undefined, 3])('has the gradient of its value, posWeight %s', async (posWeight) => {
    const y = f64([0, 1, 0.3, 1, 0]);
    const options = { weights: f64([1, 2, 3, 0.5, 1]), ...(posWeight && { posWeight }) };
    await checkGradient((z) => binaryCrossEntropy(z, y, options), f64([-2, -0.5, 0.3, 4, 1]));
  });

  it('says which shapes do not fit', () => {
    expect(() => binaryCrossEntropy(f64([1, 2]), f64([1]))).toThrow(
      'expected logits and labels of one shape, got [2] and [1]',
    );
    expect(() => binaryCrossEntropy(f64([1]), f64([1]), { weights: f64([1, 2]) })).toThrow(
      'binaryCrossEntropy: expected weights of shape [1], or of its leading axes, got [2]',
    );
    expect(() => binaryCrossEntropy(f64([1]), f64([1]), { posWeight: f64([1, 2]) })).toThrow(
      'binaryCrossEntropy: expected posWeight that broadcasts to [1], got [2]',
    );
  });

  it.skipIf(!hasGolden)("equals PyTorch's to 1e-10", async () => {
    const { zb, yb, bce, bce_pos_weight_3 } = golden('losses');
    const losses = (posWeight?: number) =>
      binaryCrossEntropy(f64(zb.data), f64(yb.data), { reduce: 'none', ...(posWeight && { posWeight }) }).data();
    assertClose(await losses(), bce.data, 1e-10);
    assertClose(await losses(3), bce_pos_weight_3.data, 1e-10);
  });
});
