import { normal, realize, Rng } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  glorotNormal,
  glorotUniform,
  GRUCell,
  heNormal,
  heUniform,
  initializeStep,
  type Initializer,
  lecunNormal,
  LSTMCell,
  orthogonal,
  RNNCell,
  uniformFanIn,
} from '../src/index';

const inputs = 16;
const widths = [32, 64, 256];

/** What the sd of a sum over n = in + hidden numbers of variance 1 ought to be. */
const theories: Readonly<Record<string, [Initializer, sd: (hidden: number) => number]>> = {
  uniformFanIn: [uniformFanIn, () => 1 / Math.sqrt(3)],
  glorotUniform: [glorotUniform, (hidden) => Math.sqrt((2 * (inputs + hidden)) / (inputs + 2 * hidden))],
  glorotNormal: [glorotNormal, (hidden) => Math.sqrt((2 * (inputs + hidden)) / (inputs + 2 * hidden))],
  heNormal: [heNormal, () => Math.SQRT2],
  heUniform: [heUniform, () => Math.SQRT2],
  lecunNormal: [lecunNormal, () => 1],
  orthogonal: [orthogonal, () => 1],
};
const pairs = Object.keys(theories).flatMap((name) => widths.map((hidden) => ({ name, hidden })));

const sdOf = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);

describe('initializeStep', () => {
  it.each(pairs)('$name, $hidden units: the first sums are as large as theory says', async ({ name, hidden }) => {
    const [init, theory] = theories[name];
    const rng = new Rng(1);
    const cell = new RNNCell({ in: inputs, hidden, rng });
    initializeStep(cell, init, rng);
    const small = 1e-3; // where tanh is the identity
    const [x, h] = [inputs, hidden].map((width) => normal(rng, [256, width], 0, small));
    const sd = sdOf(await cell.step({ h }, x).h.data()) / small;
    expect(Math.abs(sd / theory(hidden) - 1)).toBeLessThan(0.05);
  });

  it('draws each gate by itself, and leaves no bias', async () => {
    const rng = new Rng(2);
    for (const cell of [new GRUCell({ in: 3, hidden: 5, rng }), new LSTMCell({ in: 3, hidden: 5, rng })]) {
      initializeStep(cell, orthogonal, rng);
      await realize(cell.weightIh, cell.weightHh, cell.biasIh, cell.biasHh);
      const [ih, hh] = [await cell.weightIh.data(), await cell.weightHh.data()];
      for (let row = 0; row < cell.weightIh.shape[0]; row++) {
        const own = [...ih.slice(row * 3, row * 3 + 3), ...hh.slice(row * 5, row * 5 + 5)];
        expect(sdOf(own) * Math.sqrt(8)).toBeCloseTo(1, 5); // orthonormal over x and h together
      }
      expect([...(await cell.biasIh.data()), ...(await cell.biasHh.data())].every((b) => b === 0)).toBe(true);
    }
  });

  it('counts one unit of h where the recurrence is diagonal', async () => {
    const rng = new Rng(3);
    const cell = new LSTMCell({ in: 3, hidden: 400, diagonal: true, rng });
    initializeStep(cell, lecunNormal, rng);
    expect(cell.weightHh.shape).toEqual([1600]);
    expect(Math.abs(sdOf(await cell.weightHh.data()) - Math.sqrt(1 / 4))).toBeLessThan(0.05); // 5 standard errors
  });
});
