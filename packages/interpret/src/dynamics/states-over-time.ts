import { compile, realize, type Tensor } from '@hairpin/tensors';
import { type LongRun, Pace } from '../long-run';
import type { NdArray } from './nd-array';
import { openRecurrence, type Recurrence, runSteps } from './recurrence';

/** How states are computed. */
export interface StatesOptions extends LongRun {
  /** Steps at a time; 256 unless said. */
  readonly segment?: number;
}

/** States over time. */
export interface StatesOverTime extends NdArray<Float64Array> {
  /** [batch, steps + 1, width], the first state, and that after each step. */
  readonly shape: readonly number[];
  /** Path and width of each tensor of the state, in the order in which they lie in `width`. */
  readonly parts: readonly { readonly path: string; readonly width: number }[];
}

/** All states that a recurrence passes through, its tensors side by side: what probes, PCA and automata are made from. */
export async function statesOverTime<S>(
  recurrence: Recurrence<S>,
  { segment = 256, ...run }: StatesOptions = {},
): Promise<StatesOverTime> {
  const open = await openRecurrence('statesOverTime', recurrence);
  const { batch, length, joint } = open;
  const { width } = joint;
  const values = new Float64Array(batch * (length + 1) * width);
  const place = (part: ArrayLike<number>, at: number, steps: number) => {
    for (let row = 0; row < batch; row++)
      for (let i = 0; i < steps * width; i++)
        values[(row * (length + 1) + at) * width + i] = part[row * steps * width + i];
  };
  const advance = compile((start: Tensor, xs: Tensor) => runSteps(open, start, xs));
  const pace = new Pace(run, length);
  let state = open.start;
  place(await state.data(), 0, 1);
  try {
    for (let from = 0; from < length; from += segment) {
      const to = Math.min(from + segment, length);
      const xs = open.reads(from, to);
      await realize(xs);
      const { last, all } = await advance(state, xs);
      place(await all.data(), from + 1, to - from);
      for (const used of [state, xs, all]) used.dispose();
      state = last;
      await pace.reach(to);
    }
  } finally {
    state.dispose();
    advance.dispose();
  }
  return { values, shape: [batch, length + 1, width], parts: joint.parts };
}
