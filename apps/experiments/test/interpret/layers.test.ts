import { deepLift } from '@hairpin/interpret';
import { KMaxPool } from '@hairpin/layers';
import { mul, normal, Rng, sum, tensor, type Tensor, type Model } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
// The table of all layers is their package's own, and is no part of what it gives away.
// eslint-disable-next-line no-restricted-imports
import { named } from '../../../../packages/layers/test/cases';

const draw = (seed: number, shape: readonly number[]): Tensor => normal(new Rng(seed), [...shape]);

/** Layers of whole numbers are explained at a tap; so are their sums. */
const continuous = named.filter(([, sample]) => !sample.tokens && sample.input.every((n) => n > 0));

/** A choice by rank: which position is the second largest has no share in the sum. */
const choosers = /^KMaxPool/;

describe('DeepLIFT adds up through every layer', () => {
  it.each(continuous.filter(([name]) => !choosers.test(name)))('%s', async (_, { of, input, lengths }) => {
    const layer = of(new Rng(1));
    const model: Model = (x, context) => {
      const y = layer.forward(x, context);
      const weights = draw(7, [1, ...y.shape.slice(1)]);
      return sum(mul(y, weights), [...y.shape.keys()].slice(1)).tanh();
    };
    const context = lengths ? { lengths: tensor(Int32Array.from(lengths)) } : {};
    const found = await deepLift(model, draw(2, input), {
      references: draw(3, input),
      context,
      tolerance: Infinity,
      batchSize: 4,
    });
    const gaps = Array.from(found.delta, (delta, i) => Math.abs(delta) / (Math.abs(found.output[i]) + Math.abs(found.reference[i]) + 1e-3)); // prettier-ignore
    expect(Math.max(...Array.from(found.error, (e, i) => Math.min(e, gaps[i])))).toBeLessThan(1e-4);
  });
});

it('DeepLIFT says so where a choice by rank has no share', async () => {
  const pool = new KMaxPool({ k: 2 });
  const weights = draw(7, [1, 2, 3]);
  const model: Model = (x) => sum(mul(pool.forward(x), weights), [1, 2]);
  const run = deepLift(model, draw(2, [3, 6, 3]), { references: draw(3, [3, 6, 3]) });
  await expect(run).rejects.toThrow(/miss output − reference by .* \(argmax, sort and topK/);
});
