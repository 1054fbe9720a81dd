import { copy, type DType, realize, scan, shapeError, slice, type Tensor, zeros } from '@hairpin/tensors';
import { type JointState, jointState } from './joint-state';

/**
 * The state after a step: `(state, x) => cell.step(state, x)` for a cell. The state is a nest of tensors [batch, …], x is
 * [batch, …]. It must treat each row by itself and capture nothing that has a batch, because rows are multiplied.
 */
export type Step<S> = (state: S, x: Tensor) => S;

/** A recurrence and what it is to run over. Everything is on one device and of one dtype; f64 on the CPU is the most exact. */
export interface Recurrence<S> {
  readonly step: Step<S>;
  /** The state before the first step, a nest of [batch, …]. */
  readonly init: S;
  /** What it reads, [batch, length, …]; left out where it reads nothing. */
  readonly xs?: Tensor | undefined;
  /** Steps of a recurrence that reads nothing. */
  readonly steps?: number | undefined;
}

/** A recurrence whose arguments were checked. */
export interface OpenRecurrence<S> {
  readonly step: Step<S>;
  readonly joint: JointState<S>;
  readonly batch: number;
  readonly length: number;
  readonly dtype: DType;
  /** The first state, [batch, width]; nobody else's, to be disposed of. */
  readonly start: Tensor;
  /** Whether it reads something that a gradient can reach. */
  readonly hasInputs: boolean;
  /** What it reads from step `from` up to step `to`, [batch, to − from, …]: zeros where it reads nothing. To be disposed of. */
  reads(from: number, to: number): Tensor;
}

/** Checks a recurrence, at the door of a function named `where`, and computes what it reads, once. */
export async function openRecurrence<S>(
  where: string,
  { step, init, xs, steps }: Recurrence<S>,
): Promise<OpenRecurrence<S>> {
  const joint = jointState(where, init);
  const start = copy(joint.pack(init));
  const [batch] = start.shape;
  const { dtype, device } = start;
  if ((xs === undefined) === (steps === undefined))
    throw new RangeError(`${where}: expected either xs, what the recurrence reads, or the number of steps without it`);
  if (xs && (xs.shape.length < 2 || xs.shape[0] !== batch))
    throw shapeError(where, `xs [${batch}, length, …], as the state has ${batch} rows`, xs.shape);
  const length = xs ? xs.shape[1] : steps!;
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(`${where}: expected a whole number of steps ≥ 1, got ${length}`);
  const reads = (from: number, to: number) =>
    xs ? copy(slice(xs, [0, from], [undefined, to])) : zeros([batch, to - from, 1], { dtype, device });
  await realize(start, ...(xs ? [xs] : []));
  const hasInputs = xs !== undefined && /^f/.test(xs.dtype);
  return { step: (state, x) => joint.order(step(state, x)), joint, batch, length, dtype, start, hasInputs, reads };
}

/** From the state before some steps, [batch, width], to the states after each of them, [batch, steps, width], and the last. */
export function runSteps<S>({ step, joint }: OpenRecurrence<S>, start: Tensor, xs: Tensor) {
  const body = (state: S, x: Tensor): [S, S] => {
    const next = step(state, x);
    return [next, next];
  };
  const [last, all] = scan<S, Tensor, S>(body as never, joint.unpack(start), xs);
  return { last: joint.pack(last), all: joint.pack(all) };
}
