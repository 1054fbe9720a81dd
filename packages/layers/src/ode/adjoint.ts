import {
  add,
  arange,
  broadcastTo,
  concat,
  equal,
  mul,
  neg,
  type Parameter,
  reshape,
  scan,
  slice,
  split,
  stopGradient,
  type Tensor,
  vjp,
  where,
  zerosLike,
} from '@hairpin/tensors';
import type { Field } from './dynamics';
import { gridOf, type Grid } from './fixed';
import { resultOf, stages } from './stages';
import type { Tableau } from './tableau';

/*
 * The gradient as a second equation, backward in time (Chen et al. 2018, appendix B): a′ = −aᵀ·∂f/∂y beside y′ = f, and for
 * the parameters the integral of −aᵀ·∂f/∂θ. That integral feeds nothing, so it is no part of the state: it is summed up with
 * the weights of the steps that y and a were content with (Kidger et al. 2021, where the norm without it is a seminorm). It
 * is one product over all steps and stages, whatever the number of parameters.
 */

/** Parameters, or their gradients, by name. */
export type ByName<T> = Readonly<Record<string, T>>;

/** The gradient by the state at the first time, and by parameters. */
export interface Gradients {
  /** [batch, dim] */
  readonly y0: Tensor;
  readonly parameters: ByName<Tensor>;
}

/** y′ = f and a′ = −aᵀ·∂f/∂y, side by side.   z = [y, a]: [batch, 2·dim] */
export const withAdjoint =
  (f: Field): Field =>
  (t, z) => {
    const [y, a] = split(z, 2, 1);
    const { value, pullback } = vjp((own: Tensor) => f(t, own), y);
    return concat([value, neg(pullback(a))], 1);
  };

/** The places at which steps asked for slopes, [batch, places, …], and how much each counts. */
interface Places {
  readonly t: Tensor;
  readonly z: Tensor;
  /** h·b_i of the stage. */
  readonly weight: Tensor;
}

type StageStreams = readonly { readonly t: Tensor; readonly z: Tensor }[];

/** One step, and the stages that count for its result. */
function stepAndPlaces(tableau: Tableau, g: Field, z: Tensor, { t, h }: Grid): readonly [Tensor, StageStreams] {
  const from = { t, h, y: z };
  const made = stages(tableau, g, from);
  const counted = made.filter((_, i) => tableau.b[i] !== 0);
  return [resultOf(tableau, from, made), counted.map((stage) => ({ t: stage.t, z: stage.y }))];
}

const alongSteps = (parts: readonly Tensor[]): Tensor => concat(parts, 1);

const placesOf = ({ b }: Tableau, streams: StageStreams, h: Tensor): Places => ({
  t: alongSteps(streams.map(({ t }) => t)),
  z: alongSteps(streams.map(({ z }) => z)),
  weight: alongSteps(b.filter((weight) => weight !== 0).map((weight) => mul(h, weight))),
});

/** −Σ weight · aᵀ·∂f/∂θ over all places of all trajectories. */
function parameterGradients(f: Field, parameters: ByName<Parameter>, { t, z, weight }: Places): ByName<Tensor> {
  if (Object.keys(parameters).length === 0) return {};
  // Times and states came from a loop that reads the parameters too: only their use in f is asked for here.
  const [time, [y, a]] = [stopGradient(t), split(stopGradient(z), 2, 2)];
  type At = { readonly t: Tensor; readonly y: Tensor };
  const slopes = () => scan<[], At, Tensor>((_, at) => [[], f(at.t, at.y)], [], { t: time, y })[1];
  return vjp(slopes, parameters).pullback(neg(mul(a, weight)));
}

/** Parameter gradients of the steps of a grid, from z on. */
export function alongGrid(
  tableau: Tableau,
  f: Field,
  parameters: ByName<Parameter>,
  z: Tensor,
  grid: Grid,
): ByName<Tensor> {
  const g = withAdjoint(f);
  const body = (before: Tensor, step: Grid) => stepAndPlaces(tableau, g, before, step);
  const [, streams] = scan<Tensor, Grid, StageStreams>(body, z, grid);
  return parameterGradients(f, parameters, placesOf(tableau, streams, grid.h));
}

/** What a fixed method has found, and the cotangent of it: all [batch, observations, …]. */
export interface Observed {
  readonly times: Tensor;
  readonly y: Tensor;
  readonly dy: Tensor;
}

/**
 * The gradient by a fixed method, back over the steps of `solveFixed`. At each observation y starts anew from what is known
 * there, and a takes up the cotangent.
 */
export function adjointFixed(
  tableau: Tableau,
  f: Field,
  parameters: ByName<Parameter>,
  { times, y, dy }: Observed,
  n: number,
): Gradients {
  const [batch, observations, dim] = y.shape;
  const [y0, dy0] = [y, dy].map((all) => reshape(slice(all, [0, 0], [undefined, 1]), [batch, dim]));
  if (observations === 1) return { y0: dy0, parameters: mapValues(parameters, (p) => zerosLike(p.read())) };
  const { t, h } = gridOf(times, n);
  const ends = (all: Tensor) => spread(slice(all, [0, 1]), n);
  const isEnd = equal(reshape(arange(n, 'i32'), [1, 1, n, 1]), n - 1);
  const atEnd = reshape(broadcastTo(isEnd, [batch, observations - 1, n, 1]), [batch, (observations - 1) * n, 1]);
  type Step = Grid & { readonly y: Tensor; readonly dy: Tensor; readonly atEnd: Tensor };
  const back: Step = { t: add(t, h), h: neg(h), y: ends(y), dy: ends(dy), atEnd };
  const g = withAdjoint(f);
  const body = (z: Tensor, step: Step) => {
    const jump = concat([step.y, add(step.dy, split(z, 2, 1)[1])], 1);
    return stepAndPlaces(tableau, g, where(step.atEnd, jump, z), step);
  };
  const [z, streams] = scan<Tensor, Step, StageStreams>(body, concat([y0, zerosLike(y0)], 1), back, { reverse: true });
  const found = parameterGradients(f, parameters, placesOf(tableau, streams, back.h));
  return { y0: add(dy0, split(z, 2, 1)[1]), parameters: found };
}

/** Each observation for all steps before it.   [batch, observations, dim] → [batch, observations · n, dim] */
function spread(all: Tensor, n: number): Tensor {
  const [batch, observations, dim] = all.shape;
  const wide = broadcastTo(reshape(all, [batch, observations, 1, dim]), [batch, observations, n, dim]);
  return reshape(wide, [batch, observations * n, dim]);
}

/** One observation of [batch, observations, dim]. */
export const observation = (all: Tensor, i: number): Tensor =>
  reshape(slice(all, [0, i], [undefined, i + 1]), [all.shape[0], all.shape[2]]);

/** Another value under each name. */
export const mapValues = <A, B>(record: ByName<A>, change: (value: A) => B): ByName<B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** Sums by name. */
export const addAll = (a: ByName<Tensor>, b: ByName<Tensor>): ByName<Tensor> =>
  Object.fromEntries(Object.entries(a).map(([name, value]) => [name, add(value, b[name])]));
