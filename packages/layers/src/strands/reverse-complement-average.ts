import { add, type Model, mul, type Tensor } from '@hairpin/tensors';
import { otherStrand } from './other-strand';

/** What becomes of the numbers for the other strand before they are averaged. */
export interface ReverseComplementAverageOptions {
  /** For models that give a number for each position or strand, such as `otherStrand`; as they are unless said. */
  readonly back?: (y: Tensor, lengths?: Tensor) => Tensor;
}

/**
 * Any model of DNA made to say the same of both strands, without training it anew: ½·(f(x) + f(rc x)). The two calls see the
 * same numbers in either order, so the difference is exactly 0.   x: one-hot A C G T [batch, length, 4]
 */
export function reverseComplementAverage(
  model: Model,
  { back = (y) => y }: ReverseComplementAverageOptions = {},
): Model {
  return (x, context = {}) => {
    const there = model(otherStrand(x, context.lengths), context);
    return mul(add(model(x, context), back(there, context.lengths)), 0.5);
  };
}
