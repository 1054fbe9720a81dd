import { concat, reshape, slice, type Tensor, where, less, tensor } from '../../src/index';
import { mapNest, flattenNest } from '../../src/nest';

type Body = (state: never, x: never) => readonly [unknown, unknown];

/** What `scan` means, without `scan`: the body applied step after step to slices, and its outputs stacked. */
export function plainLoop(
  body: unknown,
  init: unknown,
  xs: unknown,
  { lengths, reverse = false }: { lengths?: readonly number[]; reverse?: boolean } = {},
): [unknown, unknown] {
  const step = body as (state: unknown, x: unknown) => readonly [unknown, unknown];
  const [first] = flattenNest(xs) as Tensor[];
  const length = first.shape[1];
  const at = (t: Tensor, i: number) => reshape(slice(t, [0, i], [undefined, i + 1]), [t.shape[0], ...t.shape.slice(2)]);
  let state = init;
  const outputs: (Tensor[] | undefined)[] = [];
  let shape: unknown;
  const choose = (t: number, a: Tensor, b: Tensor | number): Tensor => {
    if (!lengths) return a;
    const mask = less(t, tensor(lengths as number[], { dtype: 'i32' }));
    return where(reshape(mask, [a.shape[0], ...a.shape.slice(1).map(() => 1)]), a, b);
  };
  const order = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
  for (const t of order) {
    const before = flattenNest(state) as Tensor[];
    const [next, y] = step(
      state,
      mapNest(xs, (leaf) => choose(t, at(leaf as Tensor, t), 0)),
    );
    let s = 0;
    state = mapNest(next, (leaf) => choose(t, leaf as Tensor, before[s++]));
    shape = y;
    outputs[t] = (flattenNest(y) as Tensor[]).map((leaf) => choose(t, leaf, 0));
  }
  let k = 0;
  const stacked = mapNest(shape, () => {
    const i = k++;
    return concat(
      outputs.map((step) => reshape(step![i], [step![i].shape[0], 1, ...step![i].shape.slice(1)])),
      1,
    );
  });
  return [state, stacked];
}
export type { Body };
