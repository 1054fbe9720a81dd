import { Tensor } from './tensor';

/** Every tensor that the roots are made of, inputs before what is made of them. */
export function topological(
  roots: readonly Tensor[],
  inputsOf: (t: Tensor) => readonly Tensor[] = pendingInputs,
): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const stack = [...roots].reverse();
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    const next = seen.has(node) ? undefined : inputsOf(node).find((input) => !seen.has(input));
    if (next) {
      stack.push(next);
      continue;
    }
    stack.pop();
    if (!seen.has(node)) order.push(node);
    seen.add(node);
  }
  return order;
}

/** What a pending tensor waits for; nothing for one that has its data. */
export const pendingInputs = (t: Tensor): readonly Tensor[] => (t.source.kind === 'op' ? t.source.inputs : []);

/** The graph with some nodes replaced; what does not change is kept. */
export function substitute(roots: readonly Tensor[], known: ReadonlyMap<Tensor, Tensor>): Tensor[] {
  const done = new Map(known);
  for (const node of topological(roots, (t) => (done.has(t) || t.source.kind !== 'op' ? [] : t.source.inputs))) {
    if (done.has(node)) continue;
    const { source } = node;
    if (source.kind !== 'op') {
      done.set(node, node);
      continue;
    }
    const inputs = source.inputs.map((input) => done.get(input)!);
    const isSame = inputs.every((input, i) => input === source.inputs[i]);
    done.set(node, isSame ? node : new Tensor(node, { ...source, inputs }));
  }
  return roots.map((root) => done.get(root)!);
}
