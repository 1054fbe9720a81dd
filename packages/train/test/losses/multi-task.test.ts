import { grad, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { binaryCrossEntropy, crossEntropy, ignoreMissing, meanSquaredError, multiTask } from '../../src/index';

const f64 = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor(Float64Array.from(values), { shape });
const bools = (values: readonly boolean[]) => tensor(values);
const classes = (values: readonly number[]) => tensor(Int32Array.from(values));
const list = async (x: Tensor) => Array.from(await x.data());

describe('ignoreMissing', () => {
  const squared = ignoreMissing(meanSquaredError);

  it('counts known labels only, in value and mean', async () => {
    const [p, y] = [f64([1, 2, 3, 4], [2, 2]), f64([0, NaN, 6, NaN], [2, 2])];
    expect(await squared(p, y).item()).toBe((1 + 9) / 2);
    expect(await squared(p, y, { reduce: 'sum' }).item()).toBe(10);
    expect(await list(squared(p, y, { reduce: 'none' }))).toEqual([1, 0, 9, 0]);
    expect(await squared(p, y, { weights: f64([3, 1]) }).item()).toBe((3 * 1 + 9) / 4);
  });

  it('keeps missing labels and what was predicted for them out of the gradient', async () => {
    const slopes = grad((p: Tensor) => squared(p, f64([0, NaN, Infinity])))(f64([1, NaN, 3]));
    expect(await list(slopes)).toEqual([2, 0, 0]);
  });

  it('takes a mask, of labels or of whole examples', async () => {
    const byMask = (mask: Tensor) => squared(f64([1, 2, 3, 4], [2, 2]), f64([0, 0, 0, 0], [2, 2]), { mask }).item();
    expect(await byMask(tensor([[true, false], [false, true]]))).toBe((1 + 16) / 2); // prettier-ignore
    expect(await byMask(bools([false, true]))).toBe((9 + 16) / 2);
  });

  it('takes a mask for classes, which cannot be NaN', async () => {
    const z = f64([0, Math.log(3), NaN, 0], [2, 2]);
    const loss = (x: Tensor) => ignoreMissing(crossEntropy)(x, classes([1, 7]), { mask: bools([true, false]) });
    expect(await loss(z).item()).toBeCloseTo(Math.log(4 / 3), 12);
    assertClose(await list(grad(loss)(z)), [1 / 4, -1 / 4, 0, 0], 1e-12);
    expect(await ignoreMissing(crossEntropy)(f64([0, 0], [1, 2]), classes([1])).item()).toBeCloseTo(Math.LN2, 12);
  });

  it('is 0 where nothing is known', async () => {
    const loss = (p: Tensor) => squared(p, f64([NaN, NaN]));
    expect(await loss(f64([1, 2])).item()).toBe(0);
    expect(await list(grad(loss)(f64([1, 2])))).toEqual([0, 0]);
  });

  it('says what a mask must be', () => {
    const call = (mask: Tensor) => () => squared(f64([1, 2]), f64([1, 2]), { mask });
    expect(call(f64([1, 0]))).toThrow('ignoreMissing: expected a mask of bools, got Tensor(f64[2])');
    expect(call(bools([true]))).toThrow('ignoreMissing: expected a mask of shape [2], or of its leading axes, got [1]');
  });
});

describe('multiTask', () => {
  const binding = { loss: binaryCrossEntropy, predictions: f64([0, 5, 0]), labels: f64([1, NaN, 0]) };
  const affinity = { loss: meanSquaredError, predictions: f64([1, 2, 3]), labels: f64([NaN, NaN, 5]) };

  it('adds the weighted means over what each task knows', async () => {
    expect(await multiTask([binding, affinity]).item()).toBeCloseTo(Math.LN2 + 4, 12);
    expect(await multiTask([binding, { ...affinity, weight: 0.5 }]).item()).toBeCloseTo(Math.LN2 + 2, 12);
    expect(await multiTask([binding, affinity], { reduce: 'sum' }).item()).toBeCloseTo(2 * Math.LN2 + 4, 12);
    const filled = multiTask([binding, affinity], { weights: f64([1, 1, 0]) }); // affinity knows nothing of the others
    expect(await filled.item()).toBeCloseTo(Math.LN2, 12);
  });

  it('has the gradient of its value, also in the weight of a task', async () => {
    const at = { p: f64([0.3, 5, -1]), q: f64([1, 2, 3]), weight: f64([0.7]) };
    const loss = ({ p, q, weight }: typeof at) =>
      multiTask([
        { ...binding, predictions: p },
        { ...affinity, predictions: q, weight: weight.reshape([]) },
      ]);
    await checkGradient(loss, at);
  });

  it('takes a mask with each task, as for classes', async () => {
    const state = { loss: crossEntropy, predictions: f64([0, 0, 9, NaN], [2, 2]), labels: classes([0, 0]) };
    const loss = multiTask([
      { ...state, mask: bools([true, false]) },
      { ...affinity, weight: 0 },
    ]);
    expect(await loss.item()).toBeCloseTo(Math.LN2, 12);
  });

  it('needs a task', () => expect(() => multiTask([])).toThrow('multiTask: expected at least one task, got none'));
});
