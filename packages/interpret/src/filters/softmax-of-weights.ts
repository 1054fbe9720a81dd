import { informationBits } from '../motifs/information';

/**
 * Probability matrices read off the weights alone, p = softmax(s·w) over the letters of each column. Says what the filter
 * would like best, not what it finds: the scale s is a free choice (1 unless said), see `scaleForInformation`.
 * @param weights convolution weights [filters, letters, width], row-major
 * @returns [filters][width][letters]
 */
export function softmaxOfWeights(weights: ArrayLike<number>, shape: readonly number[], scale = 1): number[][][] {
  const [filters, letters, width] = shape;
  if (shape.length !== 3 || weights.length !== filters * letters * width) {
    throw new RangeError(
      `softmaxOfWeights: expected weights [filters, letters, width], got ${weights.length} numbers for [${shape.join(', ')}]`,
    );
  }
  const column = (filter: number, position: number) =>
    Array.from({ length: letters }, (_, letter) => scale * weights[(filter * letters + letter) * width + position]);
  return Array.from({ length: filters }, (_, filter) =>
    Array.from({ length: width }, (_, position) => softmax(column(filter, position))),
  );
}

/**
 * The scale at which the softmax matrices of all filters together hold `bitsPerColumn` on average, found by bisection:
 * the information of a softmax grows with its scale. Weights that cannot reach it give the steepest scale tried, 2²⁰.
 */
export function scaleForInformation(
  weights: ArrayLike<number>,
  shape: readonly number[],
  bitsPerColumn: number,
): number {
  const bits = (scale: number) => informationBits(softmaxOfWeights(weights, shape, scale).flat());
  const wanted = bitsPerColumn * shape[0] * shape[2];
  let [low, high] = [-20, 20]; // log2 of the scale
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (bits(2 ** middle) < wanted) low = middle;
    else high = middle;
  }
  return 2 ** high;
}

function softmax(values: readonly number[]): number[] {
  const max = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - max));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
