import { equal, lessEqual, mul, reshape, stopGradient, type Tensor, where } from '@hairpin/tensors';
import { adjointBounded } from './adjoint-search';
import { observe } from './dense';
import { type Dynamics, fieldOf } from './dynamics';
import { adjointParameters, type GradientOptions, withAdjointGradient } from './gradient';
import { replay } from './replay';
import { type AdaptiveSteps, begin, countsOf, walkOn } from './search';
import { type Times, timesFor } from './times';

/** An adaptive solver within a number of steps. */
export interface BoundedOptions extends AdaptiveSteps, GradientOptions {
  /** Steps that a trajectory may try; all of them are computed. */
  readonly maxSteps: number;
}

/** An adaptive solution within a number of steps. */
export interface Bounded {
  /** [batch, observations, dim]; NaN at times that were not reached. */
  readonly y: Tensor;
  /** Whether a trajectory came to its end, [batch] as bools. */
  readonly arrived: Tensor;
  /** Evaluations of f, steps taken and steps refused by each trajectory, [batch] i32. */
  readonly evaluations: Tensor;
  readonly accepted: Tensor;
  readonly rejected: Tensor;
}

/**
 * `odeint` by Dormand–Prince with a bound on the steps instead of a look between them: for `compile`, and for a gradient of a
 * whole model. One loop finds the steps, a second one goes along them, which is what the gradient sees. Where `maxSteps` do
 * not do, the solution is NaN from there on, so that no loss survives unnoticed.
 */
export function odeintBounded(dynamics: Dynamics, y0: Tensor, at: Times, options: BoundedOptions): Bounded {
  const [f, times] = [fieldOf(dynamics), timesFor(y0, at)];
  const { walker, course, evaluations } = begin(f, stopGradient(y0), stopGradient(times), options);
  const [last, steps] = walkOn(f, walker, course, options.maxSteps);
  const isReached = lessEqual(mul(times, course.direction), mul(last.t, course.direction));
  const whereReached = (y: Tensor) => where(reshape(stopGradient(isReached), [...times.shape, 1]), y, NaN);
  const counts = {
    arrived: reshape(equal(last.t, course.end), [-1]),
    ...countsOf(last, evaluations),
  };
  if (options.gradient !== 'adjoint') {
    const mesh = { t: stopGradient(steps.t), h: stopGradient(steps.h) };
    return { y: whereReached(replay(f, y0, times, mesh)), ...counts };
  }
  const parameters = adjointParameters(dynamics, options);
  const { firstStep: _, ...back } = options;
  const y = withAdjointGradient(observe(steps, times, course.direction), y0, parameters, (found, dy) =>
    adjointBounded(f, parameters, { times, y: found, dy }, back),
  );
  return { y: whereReached(y), ...counts };
}
