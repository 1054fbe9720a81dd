import { countBelow, distinct } from '../metrics/ascending';
import { checkAny, checkFinite, checkSameLength } from '../metrics/labelled-scores';

/** How much each example counts. */
export interface IsotonicOptions {
  /** 1 each unless given; an example of weight 0 does not count. */
  readonly weights?: ArrayLike<number>;
}

/** A function that never falls, linear between its knots and constant beyond them. */
export class IsotonicRegression {
  /**
   * @param x ascending
   * @param y as long, never falling
   */
  constructor(
    readonly x: Float64Array,
    readonly y: Float64Array,
  ) {}

  /** The value at each score. @throws RangeError if a score is NaN */
  predict(scores: ArrayLike<number>): Float64Array {
    return Float64Array.from(scores, (score, i) => {
      if (Number.isNaN(score)) throw new RangeError(`predict: expected scores without NaN, got NaN at ${i}`);
      return this.#at(score);
    });
  }

  #at(score: number): number {
    const { x, y } = this;
    const above = countBelow(x, score);
    if (above === 0) return y[0];
    if (above === x.length) return y[x.length - 1];
    if (x[above] === score) return y[above];
    const share = (score - x[above - 1]) / (x[above] - x[above - 1]);
    return Math.min(y[above - 1] + share * (y[above] - y[above - 1]), y[above]); // rounding must not make it fall
  }
}

/**
 * The function that never falls with the least Σ w·(f(score) − label)², by pooling adjacent violators (Ayer et al.
 * 1955). Labels of equal scores are averaged first. For calibration (Zadrozny & Elkan 2002) labels are 0 or 1 and f is
 * a probability. Equal to scikit-learn's `IsotonicRegression(out_of_bounds='clip')`.
 *
 * @throws RangeError if nothing counts, lengths differ, a number is not finite, or a weight is negative
 */
export function fitIsotonic(
  labels: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
  { weights }: IsotonicOptions = {},
): IsotonicRegression {
  const numbers = Float64Array.from(labels as ArrayLike<number>, Number);
  checkSameLength('fitIsotonic', labels, 'scores', scores);
  checkAny('fitIsotonic', labels);
  checkFinite('fitIsotonic', 'labels', numbers);
  checkFinite('fitIsotonic', 'scores', scores);
  if (weights) checkWeights(labels, weights);
  const { x, sums, masses } = averageTies(numbers, scores, weights);
  return withoutInnerKnots(x, pool(sums, masses));
}

function checkWeights(labels: ArrayLike<unknown>, weights: ArrayLike<number>): void {
  checkSameLength('fitIsotonic', labels, 'weights', weights);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity))
      throw new RangeError(`fitIsotonic: expected finite weights of at least 0, got ${weights[i]} at ${i}`);
    sum += weights[i];
  }
  if (sum === 0) throw new RangeError('fitIsotonic: expected a weight above 0, got none');
}

/** The different scores, with Σ w·label and Σ w of each; those without weight left out. */
function averageTies(labels: Float64Array, scores: ArrayLike<number>, weights: ArrayLike<number> | undefined) {
  const { values } = distinct(scores);
  const [sums, masses] = [new Float64Array(values.length), new Float64Array(values.length)];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights ? weights[i] : 1;
    const at = countBelow(values, scores[i]);
    sums[at] += weight * labels[i];
    masses[at] += weight;
  }
  const counts = (_: number, at: number) => masses[at] > 0;
  return { x: values.filter(counts), sums: sums.filter(counts), masses: masses.filter(counts) };
}

/** The fitted value of each place. Blocks grow to the left while their mean is not above that of the block before. */
function pool(sums: Float64Array, masses: Float64Array): Float64Array {
  const starts = new Uint32Array(sums.length);
  const [blockSums, blockMasses] = [new Float64Array(sums.length), new Float64Array(sums.length)];
  let blocks = 0;
  for (let i = 0; i < sums.length; i++) {
    let [start, sum, mass] = [i, sums[i], masses[i]];
    while (blocks > 0 && blockSums[blocks - 1] / blockMasses[blocks - 1] >= sum / mass) {
      blocks--;
      start = starts[blocks];
      sum += blockSums[blocks];
      mass += blockMasses[blocks];
    }
    starts[blocks] = start;
    blockSums[blocks] = sum;
    blockMasses[blocks++] = mass;
  }
  const fitted = new Float64Array(sums.length);
  for (let b = 0; b < blocks; b++)
    fitted.fill(blockSums[b] / blockMasses[b], starts[b], b + 1 < blocks ? starts[b + 1] : sums.length);
  return fitted;
}

/** Leaves out the knots inside constant stretches. */
function withoutInnerKnots(x: Float64Array, y: Float64Array): IsotonicRegression {
  const isKnot = (_: number, i: number) => i === 0 || i === y.length - 1 || y[i] !== y[i - 1] || y[i] !== y[i + 1];
  return new IsotonicRegression(x.filter(isKnot), y.filter(isKnot));
}
