import { compile, type Tensor } from '@hairpin/tensors';
import { lettersOf, type MotifNet } from './motif-net';

/** What a net gave after some letters of each sequence. */
export interface Piece {
  /** [sequences, steps, width] */
  readonly values: ArrayLike<number>;
  /** Letters before the first of these. */
  readonly from: number;
  readonly steps: number;
}

/** Hands over what a net gives for equally long sequences, piece by piece. */
export type Reader = (sequences: readonly string[], visit: (piece: Piece) => void) => Promise<void>;

const lettersAtOnce = 200_000;

/**
 * Reads sequences of any length, in pieces, each from the state in which the one before ended.
 * @param look what to tell of the states after each letter, [sequences, steps, hidden] → [sequences, steps, …]
 */
export function reader({ net }: MotifNet, look: (states: Tensor) => Tensor): Reader {
  const walk = compile((x: Tensor, h: Tensor) => {
    const { y, state } = net.run(x, { state: [{ forward: { h } }] });
    return { told: look(y), h: state[0].forward!.h };
  });
  return async (sequences, visit) => {
    const piece = Math.ceil(lettersAtOnce / sequences.length);
    let before: Tensor | undefined;
    for (let from = 0; from < sequences[0].length; from += piece) {
      const x = lettersOf(sequences.map((sequence) => sequence.slice(from, from + piece)));
      before ??= net.initial!.state(x, {});
      const { told, h } = await walk(x, before);
      visit({ values: await told.data(), from, steps: x.shape[1] });
      for (const used of [x, before, told]) used.dispose();
      before = h;
    }
    before?.dispose();
  };
}
