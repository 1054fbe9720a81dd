import {
  concat,
  type DType,
  full,
  log,
  neg,
  normal,
  type Rng,
  type Shape,
  split,
  tensor,
  type Tensor,
  type TensorLike,
  uniform,
} from '@hairpin/tensors';

/** Inputs that one output sums over: everything but the first axis of a weight `[out, in, …]`. */
export const fanIn = (shape: Shape): number => shape.slice(1).reduce((product, n) => product * n, 1);

/** Uniform in ±1/√fan, so that the size of a sum does not grow with its terms: PyTorch's own choice. */
export function uniformFanIn(rng: Rng, shape: Shape, fan = fanIn(shape)): Tensor {
  const bound = 1 / Math.sqrt(Math.max(fan, 1));
  return uniform(rng, shape, -bound, bound);
}

/** Uniform in ±√(6 / (fan in + fan out)) (Glorot & Bengio 2010, eq. 16). */
export function glorotUniform(rng: Rng, shape: Shape): Tensor {
  const bound = Math.sqrt(6 / (fanIn(shape) + fanOut(shape)));
  return uniform(rng, shape, -bound, bound);
}

/** Normal with variance 2 / (fan in + fan out) (Glorot & Bengio 2010, eq. 12). */
export const glorotNormal = (rng: Rng, shape: Shape): Tensor =>
  normal(rng, shape, 0, Math.sqrt(2 / (fanIn(shape) + fanOut(shape))));

/** Outputs that one input goes to: everything but the second axis. */
const fanOut = (shape: Shape): number => fanIn([0, shape[0] ?? 1, ...shape.slice(2)]);

/** Uniform with variance 2 / fan in, for what a ReLU follows (He et al. 2015, eq. 10). */
export function heUniform(rng: Rng, shape: Shape): Tensor {
  const bound = Math.sqrt(6 / fanIn(shape));
  return uniform(rng, shape, -bound, bound);
}

/** Normal with variance 1 / fan in, which keeps the size of a sum (LeCun et al. 1998, eq. 16). */
export const lecunNormal = (rng: Rng, shape: Shape): Tensor => normal(rng, shape, 0, Math.sqrt(1 / fanIn(shape)));

/** Normal with variance 2 / fan in, for what a ReLU follows (He et al. 2015, eq. 10). */
export const heNormal = (rng: Rng, shape: Shape): Tensor => normal(rng, shape, 0, Math.sqrt(2 / fanIn(shape)));

/**
 * A random matrix [rows, columns] whose rows, or columns where those are fewer, are orthonormal, so that a product by
 * it keeps lengths (Saxe et al. 2014). For a weight of several gates, `concat` one for each.
 */
export function orthogonal(
  rng: Rng,
  [rows, columns]: readonly [number, number],
  { dtype = 'f32' }: { dtype?: DType } = {},
): Tensor {
  const vectors: Float64Array[] = [];
  while (vectors.length < Math.min(rows, columns)) vectors.push(orthonormalTo(vectors, rng, Math.max(rows, columns)));
  const at = (i: number) =>
    rows <= columns ? vectors[Math.floor(i / columns)][i % columns] : vectors[i % columns][Math.floor(i / columns)];
  return tensor(
    Float64Array.from({ length: rows * columns }, (_, i) => at(i)),
    { shape: [rows, columns], dtype },
  );
}

/**
 * A random unit vector, orthogonal to the others: Gram–Schmidt, twice, for once leaves rounding of the size of what was
 * removed.
 */
function orthonormalTo(others: readonly Float64Array[], rng: Rng, length: number): Float64Array {
  const vector = Float64Array.from({ length }, () => rng.normal());
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  for (const other of [...others, ...others]) {
    const share = dot(vector, other);
    vector.forEach((x, i) => (vector[i] = x - share * other[i]));
  }
  const size = Math.sqrt(dot(vector, vector));
  return vector.map((x) => x / size);
}

/**
 * An LSTM's bias [4 · hidden] in PyTorch's order with `value` in the rows of f, so that a young net forgets little
 * (Jozefowicz et al. 2015): `cell.biasIh.assign(forgetGateBias(cell.biasIh))`.
 */
export function forgetGateBias(bias: TensorLike, value = 1): Tensor {
  const [i, f, g, o] = split(bias, 4, 0);
  return concat([i, full(f.shape, value, f), g, o], 0);
}

/**
 * The input bias of a gated cell, in PyTorch's order, with which its units keep what they hold for 1 to `longest` steps at the
 * start (Tallec & Ollivier 2018, eq. 16): `cell.biasIh.assign(chronoBias(cell.biasIh, { gates: 4, longest: 200, rng }))`.
 *
 * @param bias [gates · hidden]
 * @throws RangeError where there are neither 4 gates (LSTM: i, f, g, o) nor 3 (GRU: r, z, n), or nothing is to be kept
 */
export function chronoBias(
  bias: TensorLike,
  { gates, longest, rng }: { gates: 3 | 4; longest: number; rng: Rng },
): Tensor {
  if (!(longest > 2)) throw new RangeError(`chronoBias: expected a memory of more than 2 steps, got ${longest}`);
  if (gates !== 3 && gates !== 4) throw new RangeError(`chronoBias: expected 3 or 4 gates, got ${String(gates)}`);
  const [first, , ...rest] = split(bias, gates, 0);
  const keep = log(uniform(rng, first.shape, 1, longest - 1, first)); // ln(u), u from 1 to longest − 1
  return gates === 4 ? concat([neg(keep), keep, ...rest], 0) : concat([first, keep, ...rest], 0);
}
