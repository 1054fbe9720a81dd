import { type Tensor, vjp } from '@hairpin/tensors';
import { assertOutsideCompile } from '../outside-compile';
import { adjointFixed, type Gradients } from './adjoint';
import { adjointSearch } from './adjoint-search';
import { type Dynamics, fieldOf, parametersOf } from './dynamics';
import { solveFixed, stepsBetween, type StepsOptions } from './fixed';
import { adjointParameters, type GradientOptions, withAdjointGradient } from './gradient';
import { type Mesh, replay } from './replay';
import { type AdaptiveSteps, begin, countsOf, search } from './search';
import { type Tableau, tableaus } from './tableau';
import { checkTimes, type Times, timesFor } from './times';

/** A method of fixed steps and how it is to run. */
export interface FixedOptions extends StepsOptions, GradientOptions {
  /** By name, or a tableau of your own. */
  readonly method: keyof typeof tableaus | Tableau;
  /** The direct gradient keeps the state at every multiple of so many steps and computes what lies between again; else all. */
  readonly checkpoint?: number;
}

/** The method of adaptive steps and how it is to run. */
export interface AdaptiveOptions extends AdaptiveSteps, GradientOptions {
  readonly method?: 'dopri5';
  /** Steps tried between two looks at how far they have come: 16 unless said. */
  readonly chunk?: number;
}

/** An adaptive solution. */
export interface Solution {
  /** [batch, observations, dim], computed, and for `grad` a constant. */
  readonly y: Tensor;
  /** Evaluations of f, steps taken and steps refused by each trajectory, [batch] i32. */
  readonly evaluations: Tensor;
  readonly accepted: Tensor;
  readonly rejected: Tensor;
  /** The steps: `odeint(f, y0, times, { mesh })` goes along them again, as a tensor that `grad` sees through. */
  readonly mesh: Mesh;
  /** The gradient by y0 and the parameters of f, for the cotangent of y, [batch, observations, dim]. */
  pullback(dy: Tensor): Promise<Gradients>;
}

/**
 * The solution of dy/dt = f(t, y) with y = y0 at the first of `times`, at each of them.
 * y0: [batch, dim], times: [observations] or [batch, observations] → [batch, observations, dim]
 *
 * With fixed steps it is a tensor like others, computed in one loop, with a gradient by y0, times and all that f captures.
 * With adaptive steps (Dormand–Prince 5(4), each trajectory its own) it is a promise, for the number of steps depends on
 * the data, and its gradient is its `pullback`; inside `compile`, and for a gradient of a whole model, take `odeintBounded`.
 * Raises `StiffnessError`, `TooManySteps`, `NotFiniteSlope` or `TimesError`.
 */
export function odeint(f: Dynamics, y0: Tensor, times: Times, options: FixedOptions): Tensor;
export function odeint(f: Dynamics, y0: Tensor, times: Times, options: { readonly mesh: Mesh }): Tensor;
export function odeint(f: Dynamics, y0: Tensor, times: Times, options?: AdaptiveOptions): Promise<Solution>;
export function odeint(
  f: Dynamics,
  y0: Tensor,
  at: Times,
  options: FixedOptions | { readonly mesh: Mesh } | AdaptiveOptions = {},
): Tensor | Promise<Solution> {
  if ('mesh' in options) return replay(fieldOf(f), y0, timesFor(y0, at), options.mesh);
  if (isFixed(options)) return solve(f, y0, at, options);
  assertOutsideCompile(
    'odeint: inside compile() nobody can look whether the steps have come to the end; take a method of fixed steps, or ' +
      'odeintBounded(f, y0, times, { maxSteps })',
  );
  return solveAdaptive(f, y0, timesFor(y0, at), options);
}

const isFixed = (options: FixedOptions | AdaptiveOptions): options is FixedOptions =>
  options.method !== undefined && options.method !== 'dopri5';

function solve(dynamics: Dynamics, y0: Tensor, at: Times, options: FixedOptions): Tensor {
  const [f, times, n] = [fieldOf(dynamics), timesFor(y0, at), stepsBetween(at, options)];
  const { method, checkpoint, gradient } = options;
  const tableau = typeof method === 'string' ? tableaus[method] : method;
  const y = solveFixed(tableau, f, y0, times, { n, checkpoint });
  if (gradient !== 'adjoint') return y;
  const parameters = adjointParameters(dynamics, options);
  return withAdjointGradient(y, y0, parameters, (found, dy) =>
    adjointFixed(tableau, f, parameters, { times, y: found, dy }, n),
  );
}

async function solveAdaptive(
  dynamics: Dynamics,
  y0: Tensor,
  times: Tensor,
  { chunk = 16, gradient = 'direct', parameters: named, ...steps }: AdaptiveOptions,
): Promise<Solution> {
  if (!Number.isInteger(chunk) || chunk < 1)
    throw new RangeError(`odeint: expected chunk to be a whole number of steps ≥ 1, got ${chunk}`);
  const f = fieldOf(dynamics);
  const parameters =
    gradient === 'adjoint' ? adjointParameters(dynamics, { parameters: named }) : parametersOf(dynamics, named);
  await assertMonotone(times);
  const start = begin(f, y0, times, steps);
  const { y, mesh, walker } = await search(f, start, times, chunk);
  const { firstStep: _, ...back } = steps;
  const pullback = async (dy: Tensor): Promise<Gradients> => {
    if (gradient === 'adjoint') return adjointSearch(f, parameters, { times, y, dy }, { ...back, chunk });
    const along = (wrt: { y0: Tensor }) => replay(f, wrt.y0, times, mesh);
    return vjp(along, { y0, parameters }).pullback(dy);
  };
  return { y, mesh, ...countsOf(walker, start.evaluations), pullback };
}

async function assertMonotone(times: Tensor): Promise<void> {
  const [batch, observations] = times.shape;
  const all = await times.data();
  checkTimes(Array.from({ length: batch }, (_, row) => all.subarray(row * observations, (row + 1) * observations)));
}
