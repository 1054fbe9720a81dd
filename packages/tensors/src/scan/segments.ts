import { checkpoint } from '../checkpoint';
import { flattenNest, mapNest } from '../nest';
import { maximum, minimum, sub } from '../ops/elementwise';
import { concat } from '../ops/join';
import { slice } from '../ops/movement';
import type { Tensor } from '../tensor';

/** A loop over some of the steps: from the state before them to the state after them, and their outputs. */
export type RunSegment = (
  state: unknown,
  xs: unknown,
  lengths: Tensor | undefined,
) => readonly [state: unknown, outputs: unknown];

/** A loop in segments of `steps` steps that keep nothing but the state between them: the gradient computes each again. */
export function inSegments(
  run: RunSegment,
  init: unknown,
  xs: unknown,
  { steps, length, lengths, reverse }: { steps: number; length: number; lengths: Tensor | undefined; reverse: boolean },
): [unknown, unknown] {
  const starts = Array.from({ length: Math.ceil(length / steps) }, (_, k) => k * steps);
  const parts: unknown[] = [];
  let state = init;
  for (const start of reverse ? starts.toReversed() : starts) {
    const end = Math.min(start + steps, length);
    const own = mapNest(xs, (leaf) => slice(leaf as Tensor, [0, start], [undefined, end]));
    const left = lengths && maximum(minimum(sub(lengths, start), end - start), 0);
    const [after, outputs] = checkpoint((before: unknown, x: unknown, rest: Tensor | undefined) =>
      run(before, x, rest),
    )(state, own, left);
    state = after;
    parts.push(outputs);
  }
  const inOrder = (reverse ? parts.toReversed() : parts).map((part) => flattenNest(part) as Tensor[]);
  let at = 0;
  const outputs = mapNest(parts[0], () => {
    const k = at++;
    return concat(
      inOrder.map((part) => part[k]),
      1,
    );
  });
  return [state, outputs];
}
