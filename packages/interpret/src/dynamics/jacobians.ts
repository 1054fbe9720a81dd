import { compile, concat, realize, reshape, slice, type Tensor } from '@hairpin/tensors';
import { jacobianOf } from './jacobian';
import { type LongRun, Pace } from '../long-run';
import type { NdArray } from './nd-array';
import { openRecurrence, type OpenRecurrence, type Recurrence, runSteps } from './recurrence';

/** Numbers that Jacobians may take at a time: 2 MB in f64, so that what is made of them on the host holds no page up. */
const entriesAtOnce = 2 ** 18;

/** The Jacobians of some steps. */
export interface JacobianSegment {
  /** The step of the first. */
  readonly from: number;
  /** [batch, steps, width, width] */
  readonly jacobians: ArrayLike<number>;
  readonly steps: number;
}

/** Calls `visit` with the Jacobians ∂h_t/∂h_{t−1} along the states that a recurrence passes through, some steps at a time. */
export async function forEachJacobian<S>(
  open: OpenRecurrence<S>,
  run: LongRun,
  visit: (segment: JacobianSegment) => void,
): Promise<void> {
  const { batch, length } = open;
  const segment = Math.min(512, Math.max(1, Math.floor(entriesAtOnce / (batch * open.joint.width ** 2))));
  const advance = compile((start: Tensor, xs: Tensor) => withJacobians(open, start, xs));
  const pace = new Pace(run, length);
  let state = open.start;
  try {
    for (let from = 0; from < length; from += segment) {
      const steps = Math.min(segment, length - from);
      const xs = open.reads(from, from + steps);
      await realize(xs);
      const { last, jacobians } = await advance(state, xs);
      visit({ from, steps, jacobians: await jacobians.data() });
      for (const used of [state, xs, jacobians]) used.dispose(); // before the collector would: they are large
      state = last;
      await pace.reach(from + steps);
    }
  } finally {
    state.dispose();
    advance.dispose();
  }
}

function withJacobians<S>(open: OpenRecurrence<S>, start: Tensor, xs: Tensor) {
  const [batch, steps, ...own] = xs.shape;
  const { width } = open.joint;
  const { last, all } = runSteps(open, start, xs);
  const before = concat([reshape(start, [batch, 1, width]), slice(all, [0, 0], [undefined, steps - 1])], 1);
  return {
    last,
    jacobians: jacobianOf(open, reshape(before, [batch * steps, width]), reshape(xs, [batch * steps, ...own])),
  };
}

/**
 * The Jacobians ∂h_t/∂h_{t−1} of every step, joint over the tensors of the state (for an LSTM over h and c, in the order of
 * `init`).   → [batch, steps, width, width]; row i of each holds the gradient of the i-th number of h_t
 */
export async function stateJacobians<S>(recurrence: Recurrence<S>, run: LongRun = {}): Promise<NdArray<Float64Array>> {
  const open = await openRecurrence('stateJacobians', recurrence);
  const { batch, length } = open;
  const { width } = open.joint;
  const each = width ** 2;
  const values = new Float64Array(batch * length * each);
  await forEachJacobian(open, run, ({ from, steps, jacobians }) => {
    for (let row = 0; row < batch; row++)
      for (let i = 0; i < steps * each; i++)
        values[(row * length + from) * each + i] = jacobians[row * steps * each + i];
  });
  return { values, shape: [batch, length, width, width] };
}
