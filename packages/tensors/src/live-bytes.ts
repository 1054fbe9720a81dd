import { topological } from './graph';
import type { Tensor } from './tensor';

/**
 * The most bytes alive at once if every op of a graph had a result of its own, computed in order and given back after its last
 * reader. Views share the memory of what they look at, and leaves count nothing.
 */
export function largestSumOfLiveBytes(roots: readonly Tensor[]): number {
  const order = topological(roots);
  const lastReader = new Map<Tensor, number>();
  order.forEach((node, i) => inputsOf(node).forEach((input) => lastReader.set(baseOf(input), i)));
  for (const root of roots) lastReader.set(baseOf(root), order.length);
  const deaths = order.map((): Tensor[] => []);
  for (const [base, last] of lastReader) if (isOwn(base)) deaths[last]?.push(base); // roots live on
  let [live, peak] = [0, 0];
  order.forEach((node, i) => {
    if (isOwn(node)) peak = Math.max(peak, (live += bytesOf(node)));
    for (const base of deaths[i]) live -= bytesOf(base);
  });
  return peak;
}

const inputsOf = ({ source }: Tensor): readonly Tensor[] => (source.kind === 'op' ? source.inputs : []);
const isOwn = (node: Tensor): boolean => node.source.kind === 'op' && baseOf(node) === node;
const bytesOf = ({ size, dtype }: Tensor): number => size * (dtype === 'f64' ? 8 : dtype === 'f16' ? 2 : 4);

/** What a view looks at. */
function baseOf(node: Tensor): Tensor {
  let base = node;
  for (;;) {
    const { source } = base;
    const isView = source.kind === 'op' && ['movement', 'identity'].includes(source.op.lowering.kind);
    if (!isView || source.inputs.length !== 1) return base;
    [base] = source.inputs;
  }
}
