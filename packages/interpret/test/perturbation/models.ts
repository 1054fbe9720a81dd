import {
  conv1d,
  max,
  maxPool1d,
  type Model,
  mul,
  relu,
  Rng,
  scan,
  sum,
  tanh,
  tensor,
  type Tensor,
  where,
  arange,
  less,
} from '@hairpin/tensors';
import type { FeatureModel, StreamingModel } from '../../src/index';

/** The precision of a run: doubles on the CPU, single numbers on a GPU. */
export type Precision = 'f32' | 'f64';

/** How far two results may be apart, as a share of the largest number. */
export const toleranceOf = (precision: Precision): number => (precision === 'f64' ? 1e-12 : 1e-5);

const arrayOf = (precision: Precision) => (precision === 'f64' ? Float64Array : Float32Array);

/** Normal numbers that the seed decides. */
export function draw(seed: number, shape: readonly number[], precision: Precision): Tensor {
  const rng = new Rng(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return numbers(
    Array.from({ length: size }, () => rng.normal()),
    shape,
    precision,
  );
}

/** A tensor of these numbers. */
export const numbers = (values: readonly number[], shape: readonly number[], precision: Precision): Tensor =>
  tensor(new (arrayOf(precision))(values), { shape });

/** One-hot sequences of ACGT, zeros for other letters and beyond the end of the shorter ones. */
export function oneHot(sequences: readonly string[], precision: Precision): Tensor {
  const length = Math.max(...sequences.map((letters) => letters.length));
  const values = new (arrayOf(precision))(sequences.length * length * 4);
  sequences.forEach((letters, b) =>
    [...letters].forEach((letter, p) => {
      if ('ACGT'.includes(letter)) values[(b * length + p) * 4 + 'ACGT'.indexOf(letter)] = 1;
    }),
  );
  return tensor(values, { shape: [sequences.length, length, 4] });
}

/** Random letters. */
export function letters(seed: number, length: number): string {
  const rng = new Rng(seed);
  return Array.from({ length }, () => 'ACGT'[rng.integer(4)]).join('');
}

/** f(x) = Σ w ⊙ x. w: [length, letters] */
export const linear =
  (w: Tensor): Model =>
  (x) =>
    sum(mul(x, w), [1, 2]);

/** Zeros beyond each row's length. */
const cleared = (x: Tensor, lengths: Tensor | undefined): Tensor =>
  lengths ? where(less(arange(x.shape[1], 'i32').reshape([1, -1, 1]), lengths.reshape([-1, 1, 1])), x, 0) : x;

/** Two filters and two outputs; `padding` and pools as asked for. Reads `lengths`, and an input `offset` for each row. */
export function convolutional(
  precision: Precision,
  options: { padding?: 'valid' | 'same'; pool?: number; width?: number } = {},
): FeatureModel {
  const { padding = 'valid', pool = 1, width = 5 } = options;
  const [first, second] = [draw(1, [3, 4, width], precision), draw(2, [2, 3, 3], precision)];
  const mix = draw(3, [2, 2], precision);
  const before = padding === 'same' ? (width - 1) / 2 + pool : 0;
  return {
    features: (x, context = {}) => {
      const found = relu(conv1d(cleared(x, context.lengths), first, { padding }));
      const pooled = pool > 1 ? maxPool1d(found, { width: pool }) : found;
      return tanh(conv1d(pooled, second, { padding }));
    },
    reach: { size: width + pool - 1 + 2 * pool, stride: pool, offset: -before },
    head: (features, { given } = {}) => {
      const y = max(features, 1).add(sum(features, 1)).matmul(mix);
      return given?.offset ? y.mul(given.offset) : y;
    },
  };
}

/** h′ = tanh(x·W + h·U); the head reads the last state, or also the outputs of all steps. */
export function recurrent(precision: Precision, reads: 'state' | 'all'): StreamingModel<{ h: Tensor }> {
  const [w, u] = [draw(4, [4, 3], precision), draw(5, [3, 3], precision)];
  return {
    recurrence: {
      run: (x, { state, lengths }) => {
        const before = state ?? { h: x.slice([0, 0], [undefined, 1]).reshape([x.shape[0], 4]).matmul(w).mul(0) };
        const step = ({ h }: { h: Tensor }, letter: Tensor) => {
          const next = tanh(letter.matmul(w).add(h.matmul(u)));
          return [{ h: next }, next] as const;
        };
        const [last, y] = scan<{ h: Tensor }, Tensor, Tensor>(step, before, x, { lengths });
        return { y, state: last };
      },
    },
    head: (streamed) => (reads === 'state' ? streamed.state.h : sum(streamed.y, 1).add(streamed.state.h)),
  };
}
