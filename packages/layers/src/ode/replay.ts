import { scan, type Tensor } from '@hairpin/tensors';
import { observe } from './dense';
import { type Dense, dopri5Step } from './dopri5';
import type { Field } from './dynamics';
import { spanOf } from './times';

/** The steps that were found.   t, h: [batch, steps, 1]; h is 0 where a trajectory took none */
export interface Mesh {
  readonly t: Tensor;
  readonly h: Tensor;
}

/**
 * The solution along known steps, whose places and sizes are constants of the gradient: one loop.
 * y0: [batch, dim], times: [batch, observations] → [batch, observations, dim]
 */
export function replay(f: Field, y0: Tensor, times: Tensor, mesh: Mesh): Tensor {
  type At = { readonly y: Tensor; readonly slope: Tensor };
  const { start, direction } = spanOf(times);
  const body = ({ y, slope: first }: At, { t, h }: Mesh) => {
    const { after, last, slope, middle } = dopri5Step(f, { t, h, y }, first);
    return [
      { y: after, slope: last },
      { t, h, y, first, last, slope, middle },
    ] as const;
  };
  const [, steps] = scan<At, Mesh, Dense>(body, { y: y0, slope: f(start, y0) }, { ...mesh });
  return observe(steps as Dense, times, direction);
}
