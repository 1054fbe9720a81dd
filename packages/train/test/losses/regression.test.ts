import { grad, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { gaussianNll, huber, type LossOptions, meanSquaredError, poissonNll } from '../../src/index';

const f64 = (values: readonly number[]) => tensor(Float64Array.from(values));
const list = async (x: Tensor) => Array.from(await x.data());
const each = { reduce: 'none' } as const;

const losses: Record<string, (p: Tensor, y: Tensor, options?: LossOptions) => Tensor> = {
  meanSquaredError,
  huber: (p, y, options) => huber(p, y, { ...options, delta: 0.7 }),
  poissonNll: (p, y, options) => poissonNll(p, y, { ...options, full: true }),
  gaussianNll: (p, y, options) => gaussianNll(p, y, f64([-1, 0.2, 3, 0.5]), options),
};

describe.each(Object.entries(losses))('%s', (name, loss) => {
  const [p, y] = [f64([0.5, -1, 2, 1.5]), f64([0, 3, 2.2, 1])];

  it('has the gradient of its value', async () => {
    await checkGradient((x) => loss(x, y), p);
    await checkGradient((x) => loss(x, y, { weights: f64([1, 2, 0, 3]), reduce: 'sum' }), p);
  });

  it('is the weighted mean of the losses', async () => {
    const [a, b, , d] = await list(loss(p, y, each));
    expect(await loss(p, y, { weights: f64([1, 2, 0, 3]) }).item()).toBeCloseTo((a + 2 * b + 3 * d) / 6, 12);
    expect(await loss(p, y, { weights: f64([1, 2, 0, 3]), reduce: 'sum' }).item()).toBeCloseTo(a + 2 * b + 3 * d, 12);
  });

  it('ignores rows of weight 0, in value and gradient', async () => {
    const [bad, unknown, weights] = [f64([0.5, NaN, Infinity, 1.5]), f64([0, 3, NaN, 1]), f64([1, 0, 0, 1])];
    const expected = await list(loss(p, y, each));
    expect(await loss(bad, unknown, { weights }).item()).toBeCloseTo((expected[0] + expected[3]) / 2, 12);
    const slopes = await list(grad((x: Tensor) => loss(x, unknown, { weights }))(bad));
    expect(slopes.slice(1, 3)).toEqual([0, 0]);
    expect(slopes.every(Number.isFinite)).toBe(true);
  });

  it('says which shapes do not fit', () => {
    expect(() => loss(f64([1, 2]), y)).toThrow(
      `${name}: expected predictions and labels of one shape, got [2] and [4]`,
    );
    expect(() => loss(p, y, { weights: f64([1]) })).toThrow(`${name}: expected weights of shape [4]`);
  });
});

describe('meanSquaredError', () => {
  it('is the square of the error', async () =>
    expect(await list(meanSquaredError(f64([1, -2]), f64([3, -2]), each))).toEqual([4, 0]));
});

describe('huber', () => {
  it('is ½d² up to delta, then δ(|d| − ½δ)', async () => {
    const errors = f64([0, 0.5, 2, -2, 10]);
    const expected = [0, 0.125, 2, 2, 2 * (10 - 1)];
    assertClose(await list(huber(errors, f64([0, 0, 0, 0, 0]), { ...each, delta: 2 })), expected, 1e-14);
  });

  it('pulls with at most delta, however large the error, in f32', async () => {
    const [p, y] = [tensor([1e30, -1e30, 1, 0]), tensor([0, 0, 0, 0])]; // 1e30² overflows
    expect(await list(grad((x: Tensor) => huber(x, y, { reduce: 'sum' }))(p))).toEqual([1, -1, 1, 0]);
    expect((await list(huber(p, y, each))).every(Number.isFinite)).toBe(true);
  });

  it('refuses a delta that is not positive', () =>
    expect(() => huber(f64([1]), f64([1]), { delta: 0 })).toThrow('huber: expected a positive delta, got 0'));
});

describe('poissonNll', () => {
  it('is e^z − yz, and with `full` nearly −log of the probability', async () => {
    const [z, y] = [f64([Math.log(2), Math.log(2), 0]), f64([0, 3, 1])];
    assertClose(await list(poissonNll(z, y, each)), [2, 2 - 3 * Math.LN2, 1], 1e-14);
    const stirling = 3 * Math.log(3) - 3 + 0.5 * Math.log(6 * Math.PI);
    assertClose(await list(poissonNll(z, y, { ...each, full: true })), [2, 2 - 3 * Math.LN2 + stirling, 1], 1e-14);
    expect(stirling).toBeCloseTo(Math.log(6), 1); // 3! = 6
  });

  it('takes counts of 0 and rates near 0, in f32', async () => {
    const z = tensor([-200, -200, 80]);
    const loss = (x: Tensor) => poissonNll(x, tensor([0, 5, 0]), { reduce: 'sum', full: true });
    const slopes = await list(grad(loss)(z));
    expect(slopes.slice(0, 2)).toEqual([0, -5]);
    expect(slopes[2] / Math.exp(80)).toBeCloseTo(1, 4);
  });
});

describe('gaussianNll', () => {
  it('is −log of the normal density, but for the constant unless `full`', async () => {
    const arguments_ = [f64([0, 1]), f64([0, 3]), f64([0, Math.log(4)])] as const; // σ = 1 and 2, one σ away
    assertClose(await list(gaussianNll(...arguments_, each)), [0, Math.LN2 + 0.5], 1e-14);
    const [density] = await list(gaussianNll(...arguments_, { ...each, full: true }));
    expect(Math.exp(-density)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 14);
  });

  it('has the gradient of its value in the log-variance, smallest where e^s is the squared error', async () => {
    const [m, y] = [f64([0.5, -1, 2]), f64([0, 3, 2.2])];
    await checkGradient((s) => gaussianNll(m, y, s, { weights: f64([1, 0, 2]) }), f64([-1, 0.2, 3]));
    const atMinimum = grad((s: Tensor) => gaussianNll(f64([1]), f64([4]), s))(f64([Math.log(9)]));
    expect(await atMinimum.item()).toBeCloseTo(0, 14);
  });

  it('is finite for a certain and right prediction, in f32', async () => {
    const loss = (s: Tensor) => gaussianNll(tensor([2]), tensor([2]), s);
    expect(await loss(tensor([-150])).item()).toBe(-75); // e^150 alone is no f32
    expect(await grad(loss)(tensor([-150])).item()).toBe(0.5);
  });

  it('clears the log-variance of rows of weight 0', async () => {
    const loss = (s: Tensor) => gaussianNll(f64([1, 1]), f64([1, 1]), s, { weights: f64([1, 0]) });
    expect(await list(grad(loss)(f64([0, NaN])))).toEqual([0.5, 0]);
  });

  it('says which shapes do not fit', () =>
    expect(() => gaussianNll(f64([1]), f64([1]), f64([1, 2]))).toThrow(
      'gaussianNll: expected log-variances and labels of one shape, got [2] and [1]',
    ));
});
