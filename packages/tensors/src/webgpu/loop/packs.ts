import { topological } from '../../graph';
import { concat } from '../../ops/join';
import { Tensor } from '../../tensor';
import type { LoopAttrs } from './lower';

/**
 * Packs the matrices of all loops of a plan in one go. They are parameters as a rule, forward and backward loop read the same ones,
 * and a dispatch for each would be waiting time.
 */
export function sharePacks(roots: readonly Tensor[], lowerAll: (tensors: readonly Tensor[]) => Tensor[]): Tensor[] {
  const order = topological(roots);
  const afterLoop = new Set<Tensor>();
  for (const node of order)
    if (loopOf(node) || inputsOf(node).some((input) => afterLoop.has(input))) afterLoop.add(node);
  const loops = order.filter((node) => packOf(node) && !afterLoop.has(packOf(node)!));
  const packs = [...new Set(loops.map((node) => packOf(node)!))];
  if (packs.length < 2) return [...roots];
  const [joint] = lowerAll([concat(packs)]);
  const starts = new Map<Tensor, number>();
  let start = 0;
  for (const pack of packs) {
    starts.set(pack, start);
    start += pack.size / 4;
  }
  const done = new Map<Tensor, Tensor>();
  for (const node of order) {
    const before = inputsOf(node);
    const inputs = before.map((input) => done.get(input)!);
    const own = loops.includes(node) ? loopOf(node) : undefined;
    if (own) {
      const attrs = shifted(own, starts.get(packOf(node)!)!);
      done.set(node, new Tensor(node, { ...(node.source as Made), inputs: [...inputs.slice(0, -1), joint], attrs }));
    } else if (inputs.every((input, i) => input === before[i])) done.set(node, node);
    else done.set(node, new Tensor(node, { ...(node.source as Made), inputs }));
  }
  return roots.map((root) => done.get(root)!);
}

type Made = Tensor['source'] & { readonly kind: 'op' };

const inputsOf = ({ source }: Tensor): readonly Tensor[] => (source.kind === 'op' ? source.inputs : []);

const loopOf = ({ source }: Tensor): LoopAttrs | undefined =>
  source.kind === 'op' && source.op.lowering.kind === 'loop' ? (source.attrs as LoopAttrs) : undefined;

const packOf = (node: Tensor): Tensor | undefined => {
  const loop = loopOf(node);
  return loop && loop.plan.body.matrices.length > 0 ? inputsOf(node).at(-1) : undefined;
};

const shifted = ({ plan, words, stored, toJSON }: LoopAttrs, by: number): LoopAttrs => ({
  plan: { ...plan, matrixStarts: plan.matrixStarts.map((start) => start + by) },
  words,
  stored,
  toJSON: () => `${toJSON()}@${by}`,
});
