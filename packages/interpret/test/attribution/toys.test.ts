import { concat, type Model, relu, Rng, softmax, tensor, uniform } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  deepLift,
  deepShap,
  expectedGradients,
  gradient,
  inputTimesGradient,
  integratedGradients,
  mutagenesis,
  offSimplexCorrected,
  smoothGradient,
} from '../../src/index';
import { close, column, list, rows } from '../numbers';

describe('answers worked out by hand', () => {
  /** min(a, b) = a − max(a − b, 0): the example of Shrikumar et al. 2017, section 3.4. */
  const minimum: Model = (x) => column(x, 0).sub(relu(column(x, 0).sub(column(x, 1))));

  it('min of 10 and 6: Rescale gives all to the smaller one, RevealCancel half to each', async () => {
    const x = rows([10, 6]);
    close(await list((await deepLift(minimum, x)).contributions), [0, 6]);
    close(await list((await deepLift(minimum, x, { revealCancel: true })).contributions), [3, 3]);
  });

  it('min of 6 and 10: the other way round', async () => {
    const x = rows([6, 10]);
    close(await list((await deepLift(minimum, x)).contributions), [6, 0]);
    close(await list((await deepLift(minimum, x, { revealCancel: true })).contributions), [3, 3]);
  });

  it('and of two bits, a ReLU of their sum less 1: Rescale and RevealCancel give half to each', async () => {
    const and: Model = (x) => relu(column(x, 0).add(column(x, 1)).sub(1));
    close(await list((await deepLift(and, rows([1, 1]))).contributions), [0.5, 0.5]);
    close(await list((await deepLift(and, rows([1, 1]), { revealCancel: true })).contributions), [0.5, 0.5]);
  });

  it('or of two bits, saturated: the gradient is 0, DeepLIFT, integrated gradients and their kin are not', async () => {
    const or: Model = (x) =>
      relu(column(x, 0).add(column(x, 1)).mul(-1).add(1))
        .mul(-1)
        .add(1);
    const x = rows([1, 1]);
    close(await list((await gradient(or, x)).contributions), [0, 0]);
    close(await list((await inputTimesGradient(or, x)).contributions), [0, 0]);
    close(await list((await deepLift(or, x)).contributions), [0.5, 0.5]);
    close(
      await list((await integratedGradients(or, x, { steps: 400, rule: 'riemannMiddle' })).contributions),
      [0.5, 0.5],
    );
  });

  it('a threshold: DeepLIFT tells how far the output rose, the product with the gradient does not', async () => {
    const late: Model = (x) => relu(x.sub(10));
    close(await list((await inputTimesGradient(late, rows([11]))).contributions), [11]);
    close(await list((await deepLift(late, rows([11]))).contributions), [1]);
    const found = await inputTimesGradient(late, rows([11]));
    close([...found.delta, ...found.error], [10, 10 / 11]);
  });

  it('softmax by exponentials, sum, reciprocal and product', async () => {
    const first: Model = (x) => column(softmax(x), 0);
    close(await list((await deepLift(first, rows([Math.log(3), 0]))).contributions), [0.25, 0]);
    close(await list((await deepLift(first, rows([Math.log(3), Math.log(2)]))).contributions), [0.3, -0.2]);
    const far: Model = (x) => first(x.add(700)); // the shift that keeps exponentials finite does not show
    close(await list((await deepLift(far, rows([Math.log(3), Math.log(2)]))).contributions), [0.3, -0.2], 9);
  });

  it('the largest of three: a rise belongs to the new largest, a fall to the old one', async () => {
    const largest: Model = (x) => x.max(1, { keepDims: true });
    const at = async (x: number[], references: number[]) =>
      list((await deepLift(largest, rows(x), { references: rows(references) })).contributions);
    close(await at([1, 5, 2], [3, 0, 0]), [0, 2, 0]);
    close(await at([1, 0, 2], [6, 0, 0]), [-4, 0, 0]);
    close(await at([4, 4, 0], [0, 0, 0]), [2, 2, 0]);
  });

  it('a product: half of what both do together to each', async () => {
    const product: Model = (x) => column(x, 0).mul(column(x, 1));
    const found = await deepLift(product, rows([3, 5]), { references: rows([1, 2]) });
    close(await list(found.contributions), [7, 6]); // ½(5 + 2)·2 and ½(3 + 1)·3
    const quotient: Model = (x) => column(x, 0).div(column(x, 1));
    const shares = await deepLift(quotient, rows([3, 4]), { references: rows([1, 2]) });
    close(await list(shares.contributions), [0.75, -0.5]); // ½(¼ + ½)·2 and ½(3 + 1)·(¼ − ½)
  });

  it('hypothetical contributions: what each letter would give', async () => {
    const weights = tensor(Float64Array.of(1, 2, 3, 4, 0, 0, 0, 8), { shape: [2, 4] });
    const model: Model = (x) => x.mul(weights).sum([1, 2]);
    const x = tensor(Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0), { shape: [1, 2, 4] });
    const found = await deepLift(model, x, { references: 'uniform' });
    close(await list(found.hypothetical), [-1.5, -0.5, 0.5, 1.5, -2, -2, -2, 6]);
    close(await list(found.contributions), [-0.25, 1.5, -0.75, -1, 0, 0, 0, -2]);
    close([...found.output, ...found.reference], [2, 4.5]);
  });
});

describe('a saturated motif', () => {
  /** 1 from three and a half matches on: all four letters are there, and no small change matters. */
  const motif = tensor(Float64Array.from([2, 0, 3, 0].flatMap((own) => [0, 1, 2, 3].map((a) => Number(a === own)))), {
    shape: [4, 4],
  }); // GATA
  const model: Model = (x) =>
    relu(x.mul(motif).sum([1, 2]).mul(-1).add(3.5))
      .mul(-1 / 3.5)
      .add(1);
  const x = motif.reshape([1, 4, 4]);
  const own = [2, 4, 11, 12]; // the letters that stand there

  it('has no gradient', async () => {
    expect((await list((await gradient(model, x)).contributions)).every((value) => value === 0)).toBe(true);
  });

  it('is due to its letters, say DeepLIFT and integrated gradients', async () => {
    for (const method of [deepLift, integratedGradients] as const) {
      const contributions = await list((await method(model, x)).contributions);
      close(own.map((i) => contributions[i]), [0.25, 0.25, 0.25, 0.25], 1); // prettier-ignore
    }
  });

  it('loses a seventh by any substitution, says mutagenesis', async () => {
    const { substitutions } = await mutagenesis(model, x);
    const effects = [...substitutions];
    close(effects.filter((_, i) => own.includes(i)), [0, 0, 0, 0]); // prettier-ignore
    close(effects.filter((_, i) => !own.includes(i)), Array<number>(12).fill(-1 / 7)); // prettier-ignore
  });
});

describe('a linear model', () => {
  const w = uniform(new Rng(1), [5], -1, 1).cast('f64');
  const model: Model = (x) => x.mul(w).sum(1);
  const [x, r] = [2, 3].map((seed) => uniform(new Rng(seed), [4, 5], -2, 2).cast('f64'));
  const expected = list(w.mul(x.sub(r)));

  it.each([
    ['deepLift', () => deepLift(model, x, { references: r })],
    ['RevealCancel', () => deepLift(model, x, { references: r, revealCancel: true })],
    ['deepShap', () => deepShap(model, x, { references: r })],
    ['integratedGradients', () => integratedGradients(model, x, { references: r })],
    ['trapezoid', () => integratedGradients(model, x, { references: r, rule: 'trapezoid', steps: 3 })],
    ['expectedGradients', () => expectedGradients(model, x, { references: r, pointsPerReference: 3 })],
    ['inputTimesGradient', () => inputTimesGradient(model, x, { references: r })],
  ])('is w ⊙ (x − r) to %s', async (_, method) => {
    const { contributions, error } = await method();
    close(await list(contributions), await expected);
    expect(Math.max(...error)).toBeLessThan(1e-12);
  });

  it('has its weights as gradient, noise or not', async () => {
    const all = (await list(w)).flatMap((value) => value);
    close((await list((await gradient(model, x)).contributions)).slice(0, 5), all);
    close((await list((await smoothGradient(model, x, { samples: 7 })).contributions)).slice(5, 10), all);
  });
});

describe('integrated gradients', () => {
  const cubic: Model = (x) => x.pow(3).sum(1);

  it('by Gauss–Legendre of n points are exact up to degree 2n − 1', async () => {
    const found = await integratedGradients(cubic, rows([2, -1]), { references: rows([1, 1]), steps: 2 });
    close(await list(found.contributions), [7, -2]);
    expect(Math.abs(found.delta[0])).toBeLessThan(1e-12);
  });

  it('by Riemann sums tell what they miss', async () => {
    const right = await integratedGradients(cubic, rows([1]), { steps: 10, rule: 'riemannRight', tolerance: 1 });
    close([...right.delta], [(3 * 385) / 1000 - 1]); // Σ 3 (i / 10)² / 10
    await expect(integratedGradients(cubic, rows([1]), { steps: 10, rule: 'riemannRight' })).rejects.toThrow(
      /integratedGradients: the contributions of example 0 miss/,
    );
  });
});

it('a gradient off the simplex is corrected by its mean over letters', async () => {
  close(await list(offSimplexCorrected(rows([1, 2, 3, 6]))), [-2, -1, 0, 3]);
});

it('joins examples of several references', async () => {
  const square: Model = (x) => x.square().sum(1);
  const found = await deepShap(square, rows([3]), { references: () => concat([rows([1]), rows([2])], 0) });
  close(await list(found.contributions), [6.5]); // the mean of 9 − 1 and 9 − 4
  close([...found.reference], [2.5]);
});
