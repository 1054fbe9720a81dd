import { substitute, topological } from '../../graph';
import { sum } from '../../ops/broadcast';
import { concat } from '../../ops/join';
import { slice } from '../../ops/movement';
import type { Tensor } from '../../tensor';

/** Folds what a loop leaves for several sums of one shape (the gradients of its biases) in one go: a dispatch for each would be waiting time. */
export function joinSums(roots: readonly Tensor[], lowerAll: (tensors: readonly Tensor[]) => Tensor[]): Tensor[] {
  let joined = [...roots];
  for (let sums = sumsOfOneLoop(joined); sums; sums = sumsOfOneLoop(joined)) {
    const inputs = sums.map((node) => inputOf(node)!);
    const { axes } = attrsOf(sums[0]);
    const width = inputs[0].shape.at(-1)!;
    const all = sum(concat(inputs, -1), axes);
    const rank = all.shape.length;
    const parts = sums.map((_, i) => slice(all, [...lead(rank), i * width], [...lead(rank), (i + 1) * width]));
    const lowered = lowerAll(parts);
    joined = substitute(joined, new Map(sums.map((node, i) => [node, lowered[i]])));
  }
  return joined;
}

/** Sums joined at once: each is a buffer at worst, and a choice for every element. */
const most = 4;

/** Sums over all but the last axis of equal views of one loop; undefined where no two are left. */
function sumsOfOneLoop(roots: readonly Tensor[]): Tensor[] | undefined {
  const groups = new Map<string, Tensor[]>();
  for (const node of topological(roots)) {
    const input = inputOf(node);
    const loop = input && loopBehind(input);
    if (!input || !loop || attrsOf(node).axes.includes(input.shape.length - 1)) continue;
    const key = `${loop.id}|${input.shape.join()}|${attrsOf(node).axes.join()}`;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].find((group) => group.length > 1)?.slice(0, most);
}

const lead = (rank: number): undefined[] => Array.from({ length: rank - 1 }, () => undefined);

const attrsOf = ({ source }: Tensor) => (source as unknown as { attrs: { axes: readonly number[] } }).attrs;

/** What a sum adds up. */
const inputOf = ({ source }: Tensor): Tensor | undefined =>
  source.kind === 'op' && source.op.name === 'sum' ? source.inputs[0] : undefined;

/** The loop that a view looks at. */
function loopBehind(view: Tensor): Tensor | undefined {
  const { source } = view;
  if (source.kind !== 'op') return undefined;
  if (source.op.lowering.kind === 'loop') return view;
  return source.op.lowering.kind === 'movement' && source.inputs.length === 1
    ? loopBehind(source.inputs[0])
    : undefined;
}
