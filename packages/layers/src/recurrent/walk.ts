import { concat, type Context, maximum, minimum, scan, slice, stopGradient, sub, type Tensor } from '@hairpin/tensors';
import type { Cell, State } from '../cells/cell';

/** How one cell goes through a sequence. */
export interface WalkOptions {
  /**
   * Length of each row, [batch] i32. A row keeps its state past its end, its outputs are 0 there, and a reverse walk
   * starts there.
   */
  readonly lengths?: Tensor | undefined;
  readonly reverse?: boolean;
  /** The gradient of the state ends at every multiple of so many steps. */
  readonly truncate?: number | undefined;
  /** The gradient keeps the state at every multiple of so many steps, and computes what lies between again. */
  readonly checkpoint?: number | undefined;
  /** Handed to the cell. */
  readonly context?: Context;
}

/** Outputs of all steps, and the state after the last. */
export interface Walked<S> {
  readonly y: Tensor;
  readonly state: S;
}

/** One cell over sequences.   x: [batch, length, in], state: parts [batch, width] → y: [batch, length, hidden] */
export function walk(cell: Cell<State>, x: Tensor, state: State, options: WalkOptions = {}): Walked<State> {
  const { truncate, reverse = false } = options;
  if (!truncate || x.shape[1] <= truncate) return walkOnce(cell, x, state, options);
  const starts = Array.from({ length: Math.ceil(x.shape[1] / truncate) }, (_, k) => k * truncate);
  const chunks: Tensor[] = [];
  let carried = state;
  for (const start of reverse ? starts.toReversed() : starts) {
    const chunk = slice(x, [0, start], [undefined, start + truncate]);
    const lengths = options.lengths && lengthsWithin(options.lengths, start, chunk.shape[1]);
    const walked = walkOnce(cell, chunk, carried, { ...options, lengths });
    carried = mapState(walked.state, stopGradient);
    chunks.push(walked.y);
    state = walked.state;
  }
  return { y: concat(reverse ? chunks.toReversed() : chunks, 1), state };
}

function walkOnce(cell: Cell<State>, x: Tensor, state: State, options: WalkOptions) {
  const { lengths, reverse = false, checkpoint, context } = options;
  const body = (before: State, step: Tensor) => {
    const after = cell.step(before, step, context);
    return [after, cell.output(after)] as const;
  };
  const [last, y] = scan<State, Tensor, Tensor>(body, state, x, { lengths, reverse, checkpoint });
  return { y, state: last };
}

/** How much of each row lies within `length` steps from `start`. */
const lengthsWithin = (lengths: Tensor, start: number, length: number): Tensor =>
  maximum(minimum(sub(lengths, start), length), 0);

/** Each tensor of a state changed. */
export const mapState = (state: State, change: (part: Tensor) => Tensor): State =>
  Object.fromEntries(Object.entries(state).map(([name, part]) => [name, change(part)]));
