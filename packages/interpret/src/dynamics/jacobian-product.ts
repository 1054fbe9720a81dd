import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { type LongRun, Pace } from '../long-run';
import { matrixOf } from './matrix';
import { checkNdArray, type NdArray } from './nd-array';

/** Which steps of which row. */
export interface ProductOptions extends LongRun {
  /** Row of the batch, 0 unless said. */
  readonly row?: number;
  /** First step, 0 unless said. */
  readonly from?: number;
  /** Step before which to end, the number of steps unless said. */
  readonly to?: number;
}

/** e^logScale · matrix */
export interface JacobianProduct {
  /** [width][width], the largest entry ±1. */
  readonly matrix: readonly (readonly number[])[];
  readonly logScale: number;
  /** Logarithms of the singular values, from the largest. */
  readonly logSingularValues: Float64Array;
}

/**
 * The product of Jacobians over time, ∂h_to/∂h_from = J_{to−1} · … · J_from, scaled at each step so that it neither under- nor
 * overflows; each logarithm of a singular value, divided by the number of steps, tends to a Lyapunov exponent.
 *
 * @param jacobians [batch, steps, width, width], as `stateJacobians` gives them
 */
export async function jacobianProduct(jacobians: NdArray, options: ProductOptions = {}): Promise<JacobianProduct> {
  checkNdArray('jacobianProduct', jacobians, ['batch', 'steps', 'width', 'width']);
  const [batch, steps, width] = jacobians.shape;
  const { row = 0, from = 0, to = steps, ...run } = options;
  if (row < 0 || row >= batch || from < 0 || to > steps || from > to)
    throw new RangeError(`jacobianProduct: no steps ${from} to ${to} of row ${row} in [${jacobians.shape.join(', ')}]`);
  const pace = new Pace(run, to - from);
  let product = Matrix.eye(width);
  let logScale = 0;
  for (let t = from; t < to; t++) {
    product = matrixOf(jacobians.values, (row * steps + t) * width ** 2, width, width).mmul(product);
    const largest = Math.max(product.max(), -product.min());
    if (largest === 0) return { matrix: product.to2DArray(), logScale: -Infinity, logSingularValues: dead(width) };
    product.div(largest);
    logScale += Math.log(largest);
    await pace.reach(t + 1 - from);
  }
  const { diagonal } = new SingularValueDecomposition(product);
  return {
    matrix: product.to2DArray(),
    logScale,
    logSingularValues: Float64Array.from(diagonal, (value) => logScale + Math.log(value)),
  };
}

const dead = (width: number): Float64Array => new Float64Array(width).fill(-Infinity);
