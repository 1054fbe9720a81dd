import {
  add,
  arange,
  clamp,
  concat,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  reshape,
  sub,
  sum,
  take,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';
import type { Mutants } from './mutants';

/** A batch of mutants as the device gets it. */
export interface EditBatch {
  /** Row of each mutant, [mutants] i32. */
  readonly rows: Tensor;
  /** Where pieces begin in the mutant, [mutants, arity] i32. */
  readonly places: Tensor;
  /** Letters taken out, [mutants, arity] i32. */
  readonly removed: Tensor;
  /** Letters put in, [mutants, arity] i32. */
  readonly inserted: Tensor;
  /** The pieces, [mutants · arity · width, letters]. */
  readonly pieces: Tensor;
}

/**
 * The mutants with these numbers, and copies of row `firstRow` up to `size` of them: one plan serves all batches. Rows are
 * counted from `firstRow`.
 */
export function editBatch(
  mutants: Mutants,
  numbers: readonly number[],
  { size, firstRow, like }: { size: number; firstRow: number; like: Tensor },
): EditBatch {
  const { arity, width } = mutants;
  const letters = like.shape[2];
  const [rows, places, removed, inserted] = [1, arity, arity, arity].map((n) => new Int32Array(size * n));
  const pieces = new (like.dtype === 'f64' ? Float64Array : Float32Array)(size * arity * width * letters);
  numbers.forEach((mutant, m) => {
    rows[m] = mutants.rowOf(mutant) - firstRow;
    for (let a = 0; a < arity; a++) {
      const edit = mutants.editOf(mutant, a);
      const at = m * arity + a;
      [places[at], removed[at], inserted[at]] = [edit.place, edit.removed, edit.inserted];
      if (edit.inserted > 0) pieces.set(mutants.pieces[edit.piece].flat(), at * width * letters);
    }
  });
  const { device } = like;
  const grid = (values: Int32Array) => tensor(values, { shape: [size, arity], device });
  return {
    rows: tensor(rows, { device }),
    places: grid(places),
    removed: grid(removed),
    inserted: grid(inserted),
    pieces: tensor(pieces, { shape: [size * arity * width, letters], dtype: like.dtype, device }),
  };
}

/**
 * Positions `from` … `from + count` − 1 of the mutants, put together from the unmutated rows by number.   x: [rows, length,
 * letters] → [mutants, count, letters]. What a deletion leaves free at the end is 0.
 * @param from one number for all, or [mutants] i32
 */
export function edited(x: Tensor, batch: EditBatch, { from, count }: { from: Tensor | number; count: number }): Tensor {
  const [rows, length, letters] = x.shape;
  const { places, inserted, removed, pieces } = batch;
  const [mutants, arity] = places.shape;
  const width = pieces.shape[0] / (mutants * arity);
  const column = (grid: Tensor, a: number) => grid.slice([0, a], [undefined, a + 1]);
  const position = add(arange(count, 'i32'), typeof from === 'number' ? from : reshape(from, [-1, 1]));
  const within = Array.from({ length: arity }, (_, a) => sub(position, column(places, a)));
  const source = within.reduce<Tensor>((place, k, a) => {
    const shift = sub(column(inserted, a), column(removed, a));
    return sub(place, where(greaterEqual(k, column(inserted, a)), shift, 0));
  }, position);
  const beyond = rows * length + mutants * arity * width;
  const own = add(mul(reshape(batch.rows, [-1, 1]), length), source);
  const index = within.reduce<Tensor>(
    (place, k, a) => {
      const isNew = logicalAnd(greaterEqual(k, 0), less(k, column(inserted, a)));
      const first = mul(add(mul(reshape(arange(mutants, 'i32'), [-1, 1]), arity), a), width);
      return where(isNew, add(add(first, k), rows * length), place);
    },
    where(less(source, length), own, beyond),
  );
  const nothing = zeros([1, letters], x);
  return take(concat([reshape(x, [rows * length, letters]), pieces, nothing]), index);
}

/** Lengths of the mutants, from those of their rows. */
export function editedLengths(lengths: Tensor, batch: EditBatch, most: number): Tensor {
  const shift = sum(sub(batch.inserted, batch.removed), 1);
  return clamp(add(lengths, shift), 0, most);
}
