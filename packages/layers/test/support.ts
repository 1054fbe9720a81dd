import { normal, Rng, type Shape, type Tensor, cast, tensor } from '@hairpin/tensors';

/** Where the nets of the tests begin. */
export const netRng = (): Rng => new Rng(1);

/** Normal numbers in double precision. */
export const draw64 = (seed: number, shape: Shape): Tensor => cast(normal(new Rng(seed), shape), 'f64');

/** Lengths of rows. */
export const rows = (lengths: readonly number[]): Tensor => tensor(Int32Array.from(lengths));
