import { add, cast, div, equal, maximum, minimum, mul, type Rule, sub, sum, type Tensor } from '@hairpin/tensors';
import { quotient } from './rescale';
import { unreduce } from './shapes';

/**
 * max and min of many. A change upwards of the largest is due to what is largest at the input, one downwards to what was largest at
 * the baseline: both have moved at least as far. Equal ones share.
 */
export function extremes(epsilon: number): Readonly<Record<'max' | 'min', Rule>> {
  const rule =
    (outer: (a: Tensor, b: Tensor) => Tensor): Rule =>
    (dy, { inputs: [x], output: y, attrs, baseline, usual }) => {
      const { axes } = attrs as { axes: readonly number[] };
      const { inputs: [x0], output: y0 } = baseline!; // prettier-ignore
      const top = outer(y, y0);
      const given = (change: Tensor, own: Tensor, extreme: Tensor) => {
        const isIt = cast(equal(own, unreduce(extreme, x.shape, axes)), dy.dtype);
        return mul(isIt, unreduce(div(mul(dy, change), sum(isIt, [...axes])), x.shape, axes));
      };
      const change = add(given(sub(top, y0), x, y), given(sub(y, top), x0, y0));
      return [quotient(change, x, x0, usual(dy)[0]!, epsilon)];
    };
  return { max: rule(maximum), min: rule(minimum) };
}
