import { type Device, type DType, matmul, Rng, tanh, type Tensor, tensor, zeros } from '@hairpin/tensors';
import { Matrix, QrDecomposition } from 'ml-matrix';
import type { Recurrence } from '../../src/index';

/** Where and how exactly a recurrence of a test runs. */
export interface Place {
  readonly device: Device;
  readonly dtype: DType;
}

/** `rows` rows of `columns` standard normal numbers. */
export const normals = (seed: number, rows: number, columns: number): Float64Array => {
  const rng = new Rng(seed);
  return Float64Array.from({ length: rows * columns }, () => rng.normal());
};

/** A random orthogonal matrix, row-major. */
export function orthogonal(seed: number, width: number): Float64Array {
  const { orthogonalMatrix } = new QrDecomposition(Matrix.from1DArray(width, width, normals(seed, width, width)));
  return Float64Array.from(orthogonalMatrix.to1DArray());
}

/** h′ = ρ·Q·h, Q orthogonal: every exponent is ln ρ. */
export function scaledRotation(
  place: Place,
  { width, steps, rho, batch = 1 }: { width: number; steps: number; rho: number; batch?: number },
): Recurrence<Tensor> {
  const q = tensor(
    orthogonal(1, width).map((value) => value * rho),
    { shape: [width, width], ...place },
  );
  const init = tensor(normals(2, batch, width), { shape: [batch, width], ...place });
  return { step: (h) => matmul(h, q.transpose()), init, steps };
}

/** x′ = 1 − 1.4·x² + y, y′ = 0.3·x (Hénon 1976). */
export function henon(place: Place, steps: number): Recurrence<{ x: Tensor; y: Tensor }> {
  const at = (value: number) => tensor([[value]], place);
  return {
    step: ({ x, y }) => ({ x: x.square().mul(-1.4).add(1).add(y), y: x.mul(0.3) }),
    init: { x: at(0.1), y: at(0.1) },
    steps,
  };
}

/** h′ = tanh(gain·W·h + x), W random with entries of variance 1/width, x random. */
export function driven(
  place: Place,
  { width, steps, gain, batch = 1 }: { width: number; steps: number; gain: number; batch?: number },
): Recurrence<{ h: Tensor }> {
  const w = tensor(
    normals(3, width, width).map((value) => (value * gain) / Math.sqrt(width)),
    { shape: [width, width], ...place },
  );
  const xs = tensor(normals(4, batch * steps, width), { shape: [batch, steps, width], ...place });
  return { step: ({ h }, x) => ({ h: tanh(matmul(h, w).add(x)) }), init: { h: zeros([batch, width], place) }, xs };
}
