import {
  abs,
  add,
  cast,
  equal,
  full,
  greaterEqual,
  isFinite,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  maximum,
  minimum,
  mul,
  sub,
  type Tensor,
  where,
} from '@hairpin/tensors';
import type { Field } from './dynamics';
import { combine, type From, slopesOf, stages } from './stages';
import { errorRatio, stepFactor, type Tolerance } from './step-control';
import { dormandPrince } from './tableau';

/** What a step leaves for the dense output.   t, h: [batch, 1], all else [batch, dim]; h is 0 where no step was taken */
export interface Dense {
  readonly t: Tensor;
  readonly h: Tensor;
  readonly y: Tensor;
  /** f at the start and at the end of the step. */
  readonly first: Tensor;
  readonly last: Tensor;
  /** (y(t + h) − y) / h, and (y(t + h/2) − y) / h. */
  readonly slope: Tensor;
  readonly middle: Tensor;
}

/** One step from y, whose slope is known.   h: [batch, 1] with its sign */
export function dopri5Step(f: Field, { t, h, y }: From, first: Tensor) {
  const slopes = slopesOf(stages(dormandPrince, f, { t, h, y }, first));
  const slope = combine(dormandPrince.b, slopes);
  const after = add(y, mul(h, slope));
  const last = f(add(t, h), after);
  const all = [...slopes, last];
  return {
    after,
    last,
    slope,
    middle: combine(dormandPrince.middle, all),
    error: mul(h, combine(dormandPrince.error, all)),
  };
}

/** A trajectory on its way; all but `y` and `slope` are [batch, 1]. */
export type Walker = {
  readonly t: Tensor;
  readonly y: Tensor;
  /** f(t, y). */
  readonly slope: Tensor;
  /** Size of the next step. */
  readonly h: Tensor;
  readonly accepted: Tensor;
  readonly rejected: Tensor;
  /** 0, or why it cannot go on: one of `failures`. */
  readonly failure: Tensor;
};

/** Why a trajectory cannot go on, as numbers in the loop. */
export const failures = { underflow: 1, notFinite: 2 } as const;

/** What stays the same for all steps.   end, direction: [batch, 1] */
export interface Course extends Tolerance {
  readonly end: Tensor;
  readonly direction: Tensor;
  readonly minStep: number;
  readonly maxStep: number;
  readonly maxSteps: number;
}

/** Trajectories that have a way to go, and may. */
export function isWalking({ t, accepted, rejected, failure }: Walker, { end, maxSteps }: Course): Tensor {
  const may = logicalAnd(equal(failure, 0), less(add(accepted, rejected), maxSteps));
  return logicalAnd(logicalNot(equal(t, end)), may);
}

/** Below so many units of rounding of the time, a step is none. */
const leastUnits = 16;

/** The smallest step at a time, as far as rounding and `minStep` go. */
export const smallestStep = (t: Tensor, minStep: number): Tensor =>
  maximum(mul(abs(t), leastUnits * (t.dtype === 'f64' ? 2 ** -52 : 2 ** -23)), minStep);

/** One try of a step by each trajectory that walks: taken where its error passes, else to be tried again smaller. */
export function tryStep(f: Field, walker: Walker, course: Course): readonly [Walker, Dense] {
  const { t, y, slope: first, accepted, rejected, failure } = walker;
  const { end, direction, minStep, maxStep } = course;
  const walks = isWalking(walker, course);
  const left = sub(end, t);
  const isLast = greaterEqual(walker.h, abs(left));
  const h = where(isLast, left, mul(walker.h, direction));
  const { after, last, slope, middle, error } = dopri5Step(f, { t, h, y }, first);
  const ratio = errorRatio(error, y, after, course);
  const isNumber = isFinite(ratio);
  const passes = logicalAnd(isNumber, lessEqual(ratio, 1));
  const moves = logicalAnd(walks, passes);
  const fails = logicalAnd(walks, logicalNot(passes));
  const taken = cast(moves, t.dtype); // a number, for a loop's kernel leaves no bools behind
  const least = smallestStep(t, minStep);
  const size = abs(h);
  const next = minimum(maximum(mul(size, where(isNumber, stepFactor(where(isNumber, ratio, 1)), 0.2)), least), maxStep);
  const notFinite = full(t.shape, failures.notFinite, t);
  const isStuck = logicalAnd(fails, lessEqual(size, least));
  const stepped: Walker = {
    t: where(moves, where(isLast, end, add(t, h)), t),
    y: where(moves, after, y),
    slope: where(moves, last, first),
    h: where(logicalAnd(walks, logicalNot(isStuck)), next, walker.h),
    accepted: add(accepted, taken),
    rejected: add(rejected, cast(fails, t.dtype)),
    failure: where(isStuck, where(isNumber, failures.underflow, notFinite), failure),
  };
  return [stepped, { t, h: mul(h, taken), y, first, last, slope, middle }];
}
