import { add, arange, concat, less, mul, reshape, shapeError, sub, take, type Model, type Tensor, where } from '@hairpin/tensors'; // prettier-ignore
import type { Matrix } from '../motifs/matrix';
import { type Perturbable, wholeModel } from './model';

/** Which letter is the complement of each: for A C G T those are T G C A. */
export const dnaComplement: readonly number[] = [3, 2, 1, 0];

/** The rows of the other strand. */
export const otherStrand = (rows: Matrix, complement: readonly number[]): Matrix =>
  rows.toReversed().map((row) => complement.map((letter) => row[letter]));

/**
 * The mean of what a model says of both strands, ½·(f(x) + f(reverse complement of x)); with `context.lengths` each
 * sequence is turned within its own length.
 * @param complement number of the complementary letter of each, that of A C G T unless said
 */
export function bothStrands<S>(model: Perturbable<S>, complement: readonly number[] = dnaComplement): Model {
  const f = wholeModel(model);
  return (x, context = {}) => mul(add(f(x, context), f(reversed(x, complement, context.lengths), context)), 0.5);
}

function reversed(x: Tensor, complement: readonly number[], lengths: Tensor | undefined): Tensor {
  const [batch, length, letters] = x.shape;
  if (letters !== complement.length)
    throw shapeError('bothStrands', `sequences [batch, length, ${complement.length}]`, x.shape);
  const channel = (c: number) => x.slice([0, 0, c], [undefined, undefined, c + 1]);
  const other = concat(complement.map(channel), 2);
  if (!lengths) return other.flip(1);
  const [place, ends] = [arange(length, 'i32'), reshape(lengths, [-1, 1])];
  const turned = where(less(place, ends), sub(sub(ends, 1), place), place);
  const first = reshape(mul(arange(batch, 'i32'), length), [-1, 1]);
  return take(reshape(other, [batch * length, letters]), add(turned, first));
}
