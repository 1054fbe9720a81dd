import { pathTo } from './grad';
import { apply } from './op';
import type { Tensor } from './tensor';

/** One op between two tensors, for passes over a model that are neither its value nor its gradient. */
export interface GraphStep {
  /** Name of the op, as rules know it. */
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: unknown;
  /** The op of other inputs of the same shapes. */
  readonly again: (inputs: readonly Tensor[]) => Tensor;
  /** The gradient of each input for that of the output, at the inputs or at others; undefined where there is none. */
  readonly vjp: (dy: Tensor, inputs?: readonly Tensor[]) => readonly (Tensor | undefined)[];
}

/** Every op on a way from the pending tensor x to y, each after those that it reads. Ask before y is computed. */
export function stepsBetween(x: Tensor, y: Tensor): GraphStep[] {
  const steps = pathTo([y], new Set([x])).steps;
  return [...steps].reverse().map(({ op, inputs, output, attrs }) => {
    const again = (own: readonly Tensor[]) => apply(op, own, attrs);
    const vjp = (dy: Tensor, own = inputs) =>
      op.vjp?.(dy, { inputs: own, output: own === inputs ? output : again(own), attrs }) ?? [];
    return { name: op.name, inputs, output, attrs, again, vjp };
  });
}
