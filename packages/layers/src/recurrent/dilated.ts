import type { Tensor } from '@hairpin/tensors';
import type { Cell, State } from '../cells/cell';
import { deinterleave, interleave, interleavedLengths, repeatRows, turnSlots } from './interleave';
import { mapState, walk, type Walked, type WalkOptions } from './walk';

/**
 * One cell over sequences, looking back d steps.   x: [batch, length, in], state: parts [batch, d, width] → y:
 * [batch, length, hidden]
 */
export function walkDilated(
  cell: Cell<State>,
  x: Tensor,
  before: State,
  options: Omit<WalkOptions, 'reverse'> & { readonly d: number },
): Walked<State> {
  const { lengths, truncate, checkpoint, context, d } = options;
  const [batch, length] = x.shape;
  const { given, lengths: _, ...rest } = context ?? {};
  const tiled = given && Object.fromEntries(Object.entries(given).map(([name, t]) => [name, repeatRows(t, d)]));
  const rows = mapState(before, (part) => part.reshape([batch * d, part.shape[2]]));
  const walked = walk(cell, interleave(x, d), rows, {
    lengths: interleavedLengths(lengths, d, x),
    truncate: truncate && Math.ceil(truncate / d),
    checkpoint: checkpoint && Math.ceil(checkpoint / d),
    context: tiled ? { ...rest, given: tiled } : rest,
  });
  const state = mapState(walked.state, (part) => turnSlots(part.reshape([batch, d, part.shape[1]]), lengths, length));
  return { y: deinterleave(walked.y, d, length), state };
}
