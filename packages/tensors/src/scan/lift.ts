import { substitute, topological } from '../graph';
import type { Tensor } from '../tensor';
import { madeOf } from './program';
import { reapply, rowNodes } from './rows';

/** What stands outside for nodes of the body: sequences `[B, T, …]` for row nodes, and tensors that all steps share. */
export interface Outside {
  readonly batch: number;
  readonly length: number;
  readonly sequences: ReadonlyMap<Tensor, Tensor>;
  readonly shared: ReadonlyMap<Tensor, Tensor>;
}

/** Row nodes of the body, computed for all steps at once: what does not need the state leaves the loop. */
export function lift(roots: readonly Tensor[], { batch, length, sequences, shared }: Outside): Tensor[] {
  const order = topological(roots, (t) => (sequences.has(t) ? [] : (madeOf(t)?.inputs ?? [])));
  const rows = rowNodes(order, sequences.keys(), batch);
  const done = new Map(sequences);
  for (const node of order) {
    const made = madeOf(node);
    if (done.has(node) || !made || !rows.has(node)) continue;
    const inputs = made.inputs.map((input) => done.get(input) ?? substitute([input], shared)[0]);
    const isRow = made.inputs.map((input) => rows.has(input));
    done.set(node, reapply(node, inputs, isRow, [batch, length]));
  }
  return roots.map((root) => done.get(root)!);
}
