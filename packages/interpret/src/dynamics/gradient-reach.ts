import type { Tensor } from '@hairpin/tensors';
import { Adjoint, type GradientReach } from './adjoint';
import { type LongRun, Pace } from '../long-run';
import { openRecurrence, type Recurrence } from './recurrence';

/** How the reach of a gradient is measured. */
export interface GradientReachOptions<S> extends LongRun {
  /** L, from the last state: a number for each row, [batch], or one that is their sum. The sum of the state unless said. */
  readonly loss?: (last: S) => Tensor;
  /** Steps that are gone back at once, 256 unless said; fewer where the gradient would leave the range of its dtype meanwhile. */
  readonly segment?: number;
}

/**
 * How far back a gradient reaches: the norm of ∂L/∂h_t and ∂L/∂x_t at every step, of a loss on the last state. Its logarithm
 * falls or rises with the distance by the largest Lyapunov exponent (Pascanu et al. 2013). Goes back in segments and keeps
 * nothing of the others but a state at each border; there the gradient is rescaled and its logarithm added up, so that
 * 50 000 steps neither under- nor overflow f32.
 */
export async function gradientReach<S>(
  recurrence: Recurrence<S>,
  { loss, segment = 256, ...run }: GradientReachOptions<S> = {},
): Promise<GradientReach> {
  const open = await openRecurrence('gradientReach', recurrence);
  if (!Number.isInteger(segment) || segment < 1)
    throw new RangeError(`gradientReach: expected a whole number of steps ≥ 1 as segment, got ${segment}`);
  const { length } = open;
  const pace = new Pace(run, 2 * length);
  const adjoint = new Adjoint(open);
  const borders = [open.start];
  try {
    for (let from = 0; from < length; from += segment) {
      borders.push(await adjoint.forward(borders.at(-1)!, from, Math.min(from + segment, length)));
      await pace.reach(Math.min(from + segment, length));
    }
    await adjoint.begin(borders.pop()!, loss);
    for (let from = (borders.length - 1) * segment; from >= 0; from -= segment) {
      await adjoint.pullSegment(borders.pop()!, from, Math.min(from + segment, length));
      await pace.reach(2 * length - from);
    }
    return adjoint.reach;
  } finally {
    for (const state of borders) state.dispose();
    adjoint.dispose();
  }
}
