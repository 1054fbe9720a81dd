import { oneHotTensor, simulateLetters } from '@hairpin/bio';
import type { Recurrence } from '@hairpin/interpret';
import { type Cell, forgetGateBias, GRUCell, LSTMCell, orthogonal, RNNCell, type State } from '@hairpin/layers';
import { mul, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** The nets whose gradients are followed. */
export const kinds = ['RNN', 'GRU', 'LSTM'] as const;
/** One of them. */
export type Kind = (typeof kinds)[number];

/** Random letters, one-hot.   → [batch, steps, 4] */
export function lettersOf(rng: Rng, batch: number, steps: number): Tensor {
  const sequences = Array.from({ length: batch }, (_, row) => simulateLetters(steps, rng.fork(row)));
  return oneHotTensor(sequences, { unknown: 'error', lowerCase: 'same' }).x;
}

/** A cell as it is before it has learned: an RNN that keeps lengths, an LSTM whose forget gates are half open. */
export function cellOf(kind: Kind, hidden: number, rng: Rng): Cell<State> {
  const made = new { RNN: RNNCell, GRU: GRUCell, LSTM: LSTMCell }[kind]({ in: 4, hidden, rng: rng.fork(kind) });
  if (made instanceof RNNCell) made.weightHh.assign(orthogonal(rng.fork('rotation'), [hidden, hidden]));
  if (made instanceof LSTMCell) made.biasIh.assign(forgetGateBias(made.biasIh));
  return made as unknown as Cell<State>; // the cells have states of several types
}

/** A cell that reads.   xs: [batch, steps, channels] */
export const reading = (cell: Cell<State>, xs: Tensor): Recurrence<State> => ({
  ...{ step: (state, x) => cell.step(state, x), init: cell.init(xs.shape[0], xs), xs },
});

/** h′ = ρ·Q·h + W·x, Q orthogonal: a net without nonlinearity whose every exponent is ln ρ. It reads one channel. */
export function scaledRotation(rho: number, hidden: number, rng: Rng): Cell<State> {
  const cell = new RNNCell({ in: 1, hidden, nonlinearity: 'identity', rng: rng.fork('cell') });
  cell.weightHh.assign(mul(orthogonal(rng.fork('rotation'), [hidden, hidden]), rho));
  return cell as unknown as Cell<State>;
}
