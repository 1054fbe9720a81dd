import {
  add,
  flip,
  greater,
  mul,
  normal,
  reshape,
  shapeError,
  take,
  tensor,
  type Tensor,
  where,
} from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/*
 * Changes that leave the label as it is, for batches of encoded sequences [batch, length, channels]. They draw on the host or by the
 * counter of the generator they are given: a loader's `rows.rng` makes them the same in a run that resumes.
 */

function checkRank(name: string, x: Tensor): void {
  if (x.shape.length !== 3) throw shapeError(name, 'sequences [batch, length, channels]', x.shape);
}

/** Which rows are changed, [batch, 1, 1]. */
const chosen = (rng: Rng, rows: number, share: number): Tensor =>
  tensor(
    Float32Array.from({ length: rows }, () => (rng.next() < share ? 1 : 0)),
    { shape: [rows, 1, 1] },
  );

/**
 * Reads some sequences from the other strand. Channels must lie such that turning them round complements them, as A, C, G, T do.
 * Rows are turned as a whole: use it where all are of one length.
 * @param share of the rows, a half unless said
 */
export function reverseComplementSome(x: Tensor, rng: Rng, share = 0.5): Tensor {
  checkRank('reverseComplementSome', x);
  return where(greater(chosen(rng, x.shape[0], share), 0), flip(flip(x, 1), 2), x);
}

/** Begins each circular sequence at another place. Rows are turned as a whole: use it where all are of one length. */
export function circularShift(x: Tensor, rng: Rng): Tensor {
  checkRank('circularShift', x);
  const [batch, length, channels] = x.shape;
  const places = new Int32Array(batch * length);
  for (let row = 0; row < batch; row++) {
    const first = rng.integer(length);
    for (let t = 0; t < length; t++) places[row * length + t] = row * length + ((t + first) % length);
  }
  return reshape(take(reshape(x, [batch * length, channels]), tensor(places)), x.shape);
}

/** Adds normal noise of standard deviation `scale`. */
export function addNoise(x: Tensor, rng: Rng, scale: number): Tensor {
  return add(x, mul(normal(rng, x.shape, 0, 1, { device: x.device }), scale));
}
