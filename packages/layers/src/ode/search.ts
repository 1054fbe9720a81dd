import {
  abs,
  add,
  cast,
  concat,
  div,
  equal,
  full,
  greater,
  isFinite,
  lessEqual,
  logicalAnd,
  max,
  maximum,
  minimum,
  mul,
  realize,
  reshape,
  scan,
  sub,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';
import type { Field } from './dynamics';
import { observe } from './dense';
import { type Course, type Dense, failures, isWalking, smallestStep, tryStep, type Walker } from './dopri5';
import { type GivenUp, NotFiniteSlope, StiffnessError, TooManySteps } from './errors';
import type { Mesh } from './replay';
import { resultOf, stages } from './stages';
import { firstStep, rms } from './step-control';
import { dormandPrince } from './tableau';
import { spanOf } from './times';

/** How exact an adaptive solution has to be, and how far its steps may go. */
export interface AdaptiveSteps {
  /** Error of a step that is allowed, as a share of the state: 1e-5 unless said. */
  readonly rtol?: number;
  /** And beside it, in units of the state: 1e-7 unless said. */
  readonly atol?: number;
  /** No step is tried that is smaller, but for the last: 0 unless said, and never below rounding of the time. */
  readonly minStep?: number;
  /** No step is larger: no bound unless said. */
  readonly maxStep?: number;
  /** Size of the first step, instead of Hairer's guess. */
  readonly firstStep?: number;
  /** Steps that a trajectory may try: 10 000 unless said. */
  readonly maxSteps?: number;
}

/** What a search needs to go on, and how it began. */
export interface Search {
  readonly walker: Walker;
  readonly course: Course;
  /** Evaluations of f before the first step. */
  readonly evaluations: number;
}

/** Trajectories before their first step. */
export function begin(f: Field, y0: Tensor, times: Tensor, options: AdaptiveSteps): Search {
  const { rtol = 1e-5, atol = 1e-7, minStep = 0, maxStep = 3e38, maxSteps = 10_000 } = checked(options);
  const { start: t, end, direction } = spanOf(times);
  const zero = zeros(t.shape, t);
  const slope = f(t, y0);
  const course: Course = { end, direction, rtol, atol, minStep, maxStep, maxSteps };
  const found = options.firstStep
    ? add(zero, options.firstStep)
    : firstStep(f, { t, y: y0, slope, end, direction }, course);
  const h = minimum(maximum(where(isFinite(found), found, 1e-6), smallestStep(t, minStep)), maxStep);
  const walker = { t, y: y0, slope, h, accepted: zero, rejected: zero, failure: zero };
  return { walker, course, evaluations: options.firstStep ? 1 : 2 };
}

function checked(options: AdaptiveSteps): AdaptiveSteps {
  for (const name of ['rtol', 'atol', 'maxStep', 'firstStep', 'maxSteps'] as const)
    if (options[name] !== undefined && !(options[name] > 0))
      throw new RangeError(`odeint: expected ${name} above 0, got ${options[name]}`);
  return options;
}

/** So many tries in one loop. */
export function walkOn(f: Field, walker: Walker, course: Course, tries: number): [Walker, Dense] {
  const [batch] = walker.t.shape;
  const clock = zeros([batch, tries, 1], walker.t); // says how long the loop is
  return scan<Walker, Tensor, Dense>((before) => tryStep(f, before as Walker, course), walker, clock);
}

/** A solution as it is found. */
export interface Found {
  /** [batch, observations, dim] */
  readonly y: Tensor;
  readonly mesh: Mesh;
  readonly walker: Walker;
}

/** Steps in chunks, one number read between two of them, until every trajectory is at its end. */
export async function search(f: Field, { walker, course }: Search, times: Tensor, chunk: number): Promise<Found> {
  const [batch, dim] = walker.y.shape;
  let y = add(zeros([batch, times.shape[1], dim], walker.y), reshape(walker.y, [batch, 1, dim]));
  const [t, h]: [Tensor[], Tensor[]] = [[], []];
  for (let state: number | undefined; state !== states.done;) {
    await realize(...Object.values(walker), times, y); // so that all chunks are one plan
    const [next, steps] = walkOn(f, walker, course, chunk);
    y = where(passed(times, walker, next, course), observe(steps, times, course.direction), y);
    const worst = max(stateOf(next, course));
    t.push(steps.t);
    h.push(steps.h);
    await realize(worst, y, steps.t, steps.h, ...Object.values(next));
    walker = next;
    state = await worst.item();
    if (state === states.stuck) await giveUp(f, walker, course);
  }
  return { y, mesh: { t: concat(t, 1), h: concat(h, 1) }, walker };
}

const states = { done: 0, walking: 1, stuck: 2 } as const;

function stateOf(walker: Walker, course: Course): Tensor {
  const isThere = equal(walker.t, course.end);
  const under = where(isWalking(walker, course), states.walking, full(walker.t.shape, states.stuck, walker.t));
  return where(isThere, states.done, under);
}

/** The observations between two states of a trajectory, [batch, observations, 1]. */
function passed(times: Tensor, before: Walker, after: Walker, { direction }: Course): Tensor {
  const time = mul(times, direction);
  const isNew = logicalAnd(greater(time, mul(before.t, direction)), lessEqual(time, mul(after.t, direction)));
  return reshape(isNew, [...times.shape, 1]);
}

/** Raises the error of the first trajectory that cannot go on. */
async function giveUp(f: Field, walker: Walker, course: Course): Promise<never> {
  const { t, h, y, failure, accepted, rejected } = walker;
  const columns = [
    stateOf(walker, course),
    failure,
    t,
    h,
    rms(y),
    add(accepted, rejected),
    stability(f, walker, course),
    course.end,
  ];
  const all = await concat(columns, 1).data();
  const rows = Array.from({ length: t.shape[0] }, (_, i) => all.slice(i * columns.length, (i + 1) * columns.length));
  const row = rows.findIndex(([state]) => state === states.stuck);
  const [, why, time, step, stateNorm, steps, stable, end] = rows[row];
  const { rtol, atol } = course;
  const at: GivenUp = { row, time, step, stateNorm, rtol, atol, steps, stability: stable };
  if (why === failures.notFinite) throw new NotFiniteSlope(at);
  if (why === failures.underflow) throw new StiffnessError(at, 'underflow');
  throw stable > stabilityLimit ? new StiffnessError(at, 'stability') : new TooManySteps(at, end);
}

/** Hairer's own sign of stiffness is |h·λ| > 3.25 many times in a row; one probe may lie somewhat below. */
const stabilityLimit = 2;

/** |h·λ| from the two slopes at the end of a step (Hairer & Wanner 1996, IV.2, eq. 2.26), [batch, 1]. */
function stability(f: Field, { t, y, h, slope }: Walker, { direction }: Course): Tensor {
  const step = mul(h, direction);
  const from = { t, h: step, y };
  const made = stages(dormandPrince, f, from, slope);
  const after = resultOf(dormandPrince, from, made);
  const sixth = made[5];
  const bend = rms(sub(f(add(t, step), after), sixth.slope));
  return div(mul(abs(step), bend), maximum(rms(sub(after, sixth.y)), 1e-30));
}

/** Evaluations of f, steps taken and steps refused, [batch] i32, after so many evaluations before the first step. */
export function countsOf({ accepted, rejected }: Walker, before: number) {
  const whole = (count: Tensor) => reshape(cast(count, 'i32'), [-1]);
  const [taken, refused] = [whole(accepted), whole(rejected)];
  return { evaluations: add(mul(add(taken, refused), 6), before), accepted: taken, rejected: refused };
}
