import type { Rows } from './rows';
import { NONE } from './tracks';

/**
 * The continuous Jaccard similarity of two rows of weights, Σ min(|x|, |y|)·sign(x·y) / Σ max(|x|, |y|) over letters and
 * positions (Shrikumar et al. 2018, technical note), at the offset where it is largest: −1 … 1, 1 for the same rows.
 * The sizes of a row sum to 1 and a position has one letter, so the maxima sum to 2 − Σ min: only equal letters count.
 * @param shift positions by which the rows may be off each other
 */
export function jaccard(a: Rows, i: number, b: Rows, j: number, shift: number): number {
  let best = -1;
  for (let offset = -shift; offset <= shift; offset++) best = Math.max(best, jaccardAt(a, i, b, j, offset));
  return best;
}

/** With the first position of row j of `b` upon position `offset` of row i of `a`. */
function jaccardAt(a: Rows, i: number, b: Rows, j: number, offset: number): number {
  const [from, to] = [Math.max(0, offset), Math.min(a.width, offset + b.width)];
  const [atA, atB] = [i * a.width, j * b.width - offset];
  let [shared, agreeing] = [0, 0];
  for (let place = from; place < to; place++) {
    const letter = a.letter[atA + place];
    if (letter !== b.letter[atB + place] || letter === NONE) continue;
    const [x, y] = [a.weight[atA + place], b.weight[atB + place]];
    const least = Math.min(Math.abs(x), Math.abs(y));
    shared += least;
    agreeing += x > 0 === y > 0 ? least : -least;
  }
  return agreeing / (2 - shared);
}
