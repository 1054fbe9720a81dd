import { normal, type Rng, type Shape, type Tensor, uniform } from '@hairpin/tensors';

/** Inputs that one output sums over: everything but the first axis of a weight `[out, in, …]`. */
export const fanIn = (shape: Shape): number => shape.slice(1).reduce((product, n) => product * n, 1);

/** Uniform in ±1/√fan, so that the size of a sum does not grow with its terms: PyTorch's own choice. */
export function uniformFanIn(rng: Rng, shape: Shape, fan = fanIn(shape)): Tensor {
  const bound = 1 / Math.sqrt(Math.max(fan, 1));
  return uniform(rng, shape, -bound, bound);
}

/** Uniform in ±√(6 / (fan in + fan out)) (Glorot & Bengio 2010, eq. 16). */
export function glorotUniform(rng: Rng, shape: Shape): Tensor {
  const fanOut = fanIn([0, shape[0] ?? 1, ...shape.slice(2)]);
  const bound = Math.sqrt(6 / (fanIn(shape) + fanOut));
  return uniform(rng, shape, -bound, bound);
}

/** Normal with variance 2 / fan in, for what a ReLU follows (He et al. 2015, eq. 10). */
export const heNormal = (rng: Rng, shape: Shape): Tensor => normal(rng, shape, 0, Math.sqrt(2 / fanIn(shape)));
