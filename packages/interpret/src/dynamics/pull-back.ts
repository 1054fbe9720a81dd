import {
  abs,
  div,
  greater,
  max,
  reshape,
  scan,
  slice,
  square,
  sum,
  type Tensor,
  vjp,
  where,
  zeros,
} from '@hairpin/tensors';
import type { OpenRecurrence } from './recurrence';

/** What one pull through some steps measures. Norms are in two numbers, as the square of a small one would be 0. */
export interface Pulled {
  /** [batch, width], at the first of them. */
  readonly adjoint: Tensor;
  readonly states: Norms;
  readonly inputs?: Norms;
}

/** ‖g‖ = largest · √squares.   both [batch, steps] */
export interface Norms {
  readonly largest: Tensor;
  readonly squares: Tensor;
}

/** Norms that were read back. */
export type HostNorms = { readonly [K in keyof Norms]: ArrayLike<number> };

/** Reads norms back. */
export async function readNorms({ largest, squares }: Norms): Promise<HostNorms> {
  return { largest: await largest.data(), squares: await squares.data() };
}

/**
 * Pulls the adjoint of the last state back through some steps. Each step starts from its state plus a kick of 0: the gradient
 * of the kicks is that of all states.
 */
export function pullBack<S>(
  { step, joint, hasInputs }: OpenRecurrence<S>,
  start: Tensor,
  xs: Tensor,
  adjoint: Tensor,
): Pulled {
  const [batch, steps] = xs.shape;
  const { dtype, device } = start;
  const kicks = zeros([batch, steps, joint.width], { dtype, device });
  const body = (state: S, { kick, x }: { kick: S; x: Tensor }) => [step(joint.add(state, kick), x), []] as const;
  const last = ({ kicks, ...own }: { kicks: Tensor; xs?: Tensor }) => {
    const reads = { kick: joint.unpack(kicks), x: own.xs ?? xs };
    return joint.pack(scan<S, typeof reads, []>(body as never, joint.unpack(start), reads)[0]);
  };
  const { pullback } = vjp(last, hasInputs ? { kicks, xs } : { kicks });
  const found = pullback(adjoint) as { kicks: Tensor; xs?: Tensor };
  return {
    adjoint: reshape(slice(found.kicks, [0, 0], [undefined, 1]), [batch, joint.width]),
    states: normsOf(found.kicks),
    ...(found.xs && { inputs: normsOf(reshape(found.xs, [batch, steps, -1])) }),
  };
}

/** g: [batch, steps, width] */
function normsOf(g: Tensor): Norms {
  const largest = max(abs(g), 2, { keepDims: true });
  const scaled = div(g, where(greater(largest, 0), largest, 1));
  return { largest: reshape(largest, g.shape.slice(0, 2)), squares: sum(square(scaled), 2) };
}
