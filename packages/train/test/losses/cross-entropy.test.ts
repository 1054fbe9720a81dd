import { grad, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { crossEntropy, type CrossEntropyOptions, nll } from '../../src/index';
import { golden, hasGolden } from '../golden';

const f64 = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor(Float64Array.from(values), { shape });
const classes = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  tensor(Int32Array.from(values), { shape });
const list = async (x: Tensor) => Array.from(await x.data());

// Softmax of these rows: (1/4, 3/4), (1/2, 1/2), (4/5, 1/5).
const logits = f64([0, Math.log(3), 7, 7, Math.log(4), 0], [3, 2]);
const [a, b, c] = [Math.log(4 / 3), Math.LN2, Math.log(5)]; // losses of labels 1, 0, 1
const labels = classes([1, 0, 1]);

describe('crossEntropy', () => {
  it('is −log of the softmax at the label', async () => {
    assertClose(await list(crossEntropy(logits, labels, { reduce: 'none' })), [a, b, c], 1e-12);
    expect(await crossEntropy(logits, labels).item()).toBeCloseTo((a + b + c) / 3, 12);
    expect(await crossEntropy(logits, labels, { reduce: 'sum' }).item()).toBeCloseTo(a + b + c, 12);
  });

  it('divides by what the labels count', async () => {
    const classWeights = f64([3, 1]);
    expect(await crossEntropy(logits, labels, { classWeights }).item()).toBeCloseTo((a + 3 * b + c) / 5, 12);
    const weights = f64([2, 1, 0]);
    const both = crossEntropy(logits, labels, { classWeights, weights });
    expect(await both.item()).toBeCloseTo((2 * a + 3 * b) / 5, 12);
  });

  it('smooths labels: ε of each loss is the mean over all classes', async () => {
    const others = [Math.log(4), Math.LN2, Math.log(5 / 4)]; // losses of the classes that are not the label
    const smoothed = [a, b, c].map((loss, i) => 0.8 * loss + 0.2 * ((loss + others[i]) / 2));
    const options = { labelSmoothing: 0.2, reduce: 'none' } as const;
    assertClose(await list(crossEntropy(logits, labels, options)), smoothed, 1e-12);
  });

  it('takes probabilities as labels', async () => {
    const shares = f64([0, 1, 1, 0, 0.5, 0.5], [3, 2]);
    const expected = [a, b, (c + Math.log(5 / 4)) / 2];
    assertClose(await list(crossEntropy(logits, shares, { reduce: 'none' })), expected, 1e-12);
    const weighted = crossEntropy(logits, shares, { classWeights: f64([3, 1]), weights: f64([1, 1, 0]) });
    expect(await weighted.item()).toBeCloseTo((a + 3 * b) / 2, 12); // by the number of examples, as in PyTorch
  });

  it('smooths hard labels and their probabilities alike', async () => {
    const options = { labelSmoothing: 0.1, classWeights: f64([3, 1]), reduce: 'none' } as const;
    const hot = f64([0, 1, 1, 0, 0, 1], [3, 2]);
    assertClose(
      await list(crossEntropy(logits, hot, options)),
      await list(crossEntropy(logits, labels, options)),
      1e-12,
    );
  });

  it('ignores a label, in value, mean and gradient', async () => {
    const z = f64([0, Math.log(3), NaN, Infinity, Math.log(4), 0], [3, 2]);
    const some = classes([1, -100, 1]);
    expect(await crossEntropy(z, some).item()).toBeCloseTo((a + c) / 2, 12);
    const gradient = await list(grad((x: Tensor) => crossEntropy(x, some))(z));
    assertClose(gradient, [1 / 8, -1 / 8, 0, 0, 2 / 5, -2 / 5], 1e-12);
    expect(await crossEntropy(logits, classes([0, 0, 1]), { ignoreIndex: 0 }).item()).toBeCloseTo(c, 12);
    expect(await crossEntropy(z, classes([-100, -100, -100])).item()).toBe(0);
  });

  it('keeps rows of weight 0 out of the gradient, whatever their numbers', async () => {
    const z = f64([0, Math.log(3), NaN, 1], [2, 2]);
    const weights = f64([1, 0]);
    for (const target of [classes([1, 0]), f64([0, 1, NaN, 1], [2, 2])]) {
      const gradient = await list(grad((x: Tensor) => crossEntropy(x, target, { weights }))(z));
      assertClose(gradient, [1 / 4, -1 / 4, 0, 0], 1e-12);
    }
  });

  it('takes the last axis for the classes, and weighs whole examples by weights [batch]', async () => {
    const z = tensor(Float64Array.of(0, Math.log(3), 7, 7, Math.log(4), 0, 1, 2), { shape: [2, 2, 2] });
    const y = classes([1, 0, 1, 1], [2, 2]);
    const losses = crossEntropy(z, y, { reduce: 'none' });
    expect(losses.shape).toEqual([2, 2]);
    assertClose((await list(losses)).slice(0, 3), [a, b, c], 1e-12);
    expect(await crossEntropy(z, y, { weights: f64([1, 0]) }).item()).toBeCloseTo((a + b) / 2, 12);
  });

  it('does not overflow, in f32', async () => {
    const z = tensor([[1e30, -1e30], [300, 0], [0, 300], [-300, 300]]); // prettier-ignore
    const losses = await list(crossEntropy(z, classes([0, 0, 0, 0]), { reduce: 'none' }));
    assertClose(losses, [0, 0, 300, 600], 1e-6);
    const slopes = await list(grad((x: Tensor) => crossEntropy(x, classes([1, 0, 0, 0]), { reduce: 'sum' }))(z));
    expect(slopes.every(Number.isFinite)).toBe(true);
  });

  it('allows classes ruled out by −∞', async () => {
    const z = tensor([[-Infinity, 0, 0]]);
    expect(await crossEntropy(z, classes([1])).item()).toBeCloseTo(Math.LN2, 6);
    assertClose(await list(grad((x: Tensor) => crossEntropy(x, classes([1])))(z)), [0, -0.5, 0.5], 1e-6);
  });

  it.each<[string, CrossEntropyOptions]>([
    ['plainly', {}],
    ['smoothed and weighted', { labelSmoothing: 0.1, classWeights: f64([1, 2, 0.5]), weights: f64([1, 0, 2, 1]) }],
    ['per example', { reduce: 'none', ignoreIndex: 2 }],
  ])('has the gradient of its value, %s', async (_, options) => {
    const z = f64([1, -2, 0.5, 3, 0, -1, 0.2, 0.1, 0.7, -3, 2, 1], [4, 3]);
    await checkGradient((x) => crossEntropy(x, classes([0, 1, 2, 1]), options), z);
    const shares = f64([0.2, 0.3, 0.5, 1, 0, 0, 0.1, 0.1, 0.8, 0, 0.5, 0.5], [4, 3]);
    await checkGradient((x) => crossEntropy(x, shares, options), z);
  });

  it('says what does not fit', () => {
    const message = (z: Tensor, y: Tensor, options = {}) => {
      try {
        crossEntropy(z, y, options);
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    };
    expect(message(logits, classes([1, 0]))).toBe(
      'crossEntropy: expected scores [batch, ..., classes] and labels [batch, ...], got [3, 2] and [2]',
    );
    expect(message(logits, f64([1, 0, 1]))).toBe(
      'crossEntropy: expected logits and labels of one shape, got [3, 2] and [3]',
    );
    expect(message(logits, labels, { classWeights: f64([1, 2, 3]) })).toBe(
      'crossEntropy: expected a weight for each of 2 classes, got [3]',
    );
    expect(message(logits, labels, { weights: f64([1, 2]) })).toBe(
      'crossEntropy: expected weights of shape [3], or of its leading axes, got [2]',
    );
    expect(message(logits, labels, { labelSmoothing: 2 })).toBe(
      'crossEntropy: expected a labelSmoothing between 0 and 1, got 2',
    );
    expect(() => nll(logits, f64([1, 0, 1]))).toThrow('nll: expected labels that are classes (i32 or u32), got');
  });

  it('is NaN for a label that is no class, unless it is not to count', async () => {
    const three = f64([1, 2, 3, 4, 5, 6], [3, 2]);
    const each = (y: Tensor, options = {}) => crossEntropy(three, y, { reduce: 'none', ...options }).data();
    const isBad = async (losses: Promise<ArrayLike<number>>) => Array.from(await losses, (loss) => Number.isNaN(loss));
    expect(await isBad(each(classes([1, 2, 0])))).toEqual([false, true, false]);
    expect(await isBad(each(classes([1, -1, 0])))).toEqual([false, true, false]);
    expect(await isBad(each(classes([1, -1, 0]), { ignoreIndex: -1 }))).toEqual([false, false, false]);
    expect(await isBad(each(classes([1, 7, 0]), { weights: f64([1, 0, 1]) }))).toEqual([false, false, false]);
    expect(await isBad(nll(three, classes([2, 1, 0]), { reduce: 'none' }).data())).toEqual([true, false, false]);
  });

  it.skipIf(!hasGolden)("equals PyTorch's to 1e-10", async () => {
    const { z, labels: y, ...expected } = golden('losses');
    const losses = (labelSmoothing: number) =>
      crossEntropy(f64(z.data, z.shape), classes(y.data), { labelSmoothing, reduce: 'none' }).data();
    assertClose(await losses(0), expected.cross_entropy.data, 1e-10);
    assertClose(await losses(0.1), expected['cross_entropy_smoothing_0.1'].data, 1e-10);
  });
});
