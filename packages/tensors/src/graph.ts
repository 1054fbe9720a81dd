import type { Tensor } from './tensor';

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
