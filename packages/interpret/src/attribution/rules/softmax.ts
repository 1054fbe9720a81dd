import {
  add,
  div,
  exp,
  logSumExp,
  max,
  maximum,
  mul,
  type Rule,
  type RuleNode,
  sub,
  sum,
  type Tensor,
  where,
} from '@hairpin/tensors';
import { quotient } from './rescale';

/*
 * Softmax and its kin as the textbook takes them apart: exponentials, their sum, its reciprocal and a product, row by row (never
 * over the batch: an example's contributions are its own). The number that is subtracted before the exponentials, to keep them finite,
 * must be one for input and baseline, or their difference would be due to it; the largest of both rows serves.
 */

/** Below every score, and above −∞. */
const LOWEST = -3.4028234663852886e38;
/** Stands for a sum of exponentials that vanished, to divide by. */
const TINY = 1e-37;

/** The exponentials of both rows, their sums, and the slope between them. */
interface Exponentials {
  readonly e: readonly [Tensor, Tensor];
  readonly sums: readonly [Tensor, Tensor];
  readonly slope: Tensor;
}

function exponentials({ inputs, baseline, attrs }: RuleNode, epsilon: number): Exponentials {
  const axes = [...(attrs as { axes: readonly number[] }).axes];
  const [, x, mask] = inputs;
  const [, x0, mask0] = baseline!.inputs;
  const seen = (t: Tensor, m: Tensor | undefined) => (m ? where(m, t, LOWEST) : t);
  const shift = max(maximum(seen(x, mask), seen(x0, mask0)), axes, { keepDims: true });
  const power = (t: Tensor, m: Tensor | undefined) => {
    const e = exp(sub(seen(t, m), shift));
    return m ? where(m, e, 0) : e;
  };
  const e = [power(x, mask), power(x0, mask0)] as const;
  const total = (t: Tensor) => maximum(sum(t, axes, { keepDims: true }), TINY);
  const slope = quotient(sub(e[0], e[1]), x, x0, e[0], epsilon);
  return { e, sums: [total(e[0]), total(e[1])], slope: mask ? where(mask, slope, 0) : slope };
}

/** y = e^x · (1 / Σ e^x): half of a product's share to either factor, and the reciprocal's back to the sum. */
function softmaxRule(epsilon: number): Rule {
  return (dy, node) => {
    const axes = [...(node.attrs as { axes: readonly number[] }).axes];
    const { e, sums, slope } = exponentials(node, epsilon);
    const [inverse, inverse0] = [div(1, sums[0]), div(1, sums[1])];
    const toPower = mul(mul(dy, 0.5), add(inverse, inverse0));
    const toInverse = sum(mul(mul(dy, 0.5), add(e[0], e[1])), axes, { keepDims: true });
    const toSum = mul(toInverse, mul(mul(inverse, inverse0), -1));
    return [undefined, mul(add(toPower, toSum), slope)];
  };
}

/** What each x gives to log Σ e^x. */
function toLogSum(dy: Tensor, node: RuleNode, epsilon: number): Tensor {
  const { sums, slope } = exponentials(node, epsilon);
  const axes = [...(node.attrs as { axes: readonly number[] }).axes];
  const logSum = (x: Tensor) => logSumExp(x, axes, { keepDims: true }); // by its own shift, for one of the sums may have vanished
  const change = sub(logSum(node.inputs[1]), logSum(node.baseline!.inputs[1]));
  return mul(mul(dy, quotient(change, sums[0], sums[1], div(1, sums[0]), epsilon)), slope);
}

/** The rules of functions that hold a shift which cancels. */
export function softmaxRules(epsilon: number): Readonly<Record<string, Rule>> {
  const softmax = softmaxRule(epsilon);
  const sumOver = (dy: Tensor, { attrs }: RuleNode) =>
    sum(dy, [...(attrs as { axes: readonly number[] }).axes], { keepDims: true });
  return {
    softmax,
    maskedSoftmax: softmax,
    logSumExp: (dy, node) => [undefined, toLogSum(dy, node, epsilon)],
    logSoftmax: (dy, node) => [undefined, sub(dy, toLogSum(sumOver(dy, node), node, epsilon))],
  };
}
