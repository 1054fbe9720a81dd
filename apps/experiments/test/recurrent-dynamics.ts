import type { Recurrence } from '@hairpin/interpret';
import { type Cell, GRUCell, LSTMCell, RNNCell, type State } from '@hairpin/layers';
import { type DType, Rng, type Tensor, tensor } from '@hairpin/tensors';

/** Cells of four units that read two channels, made with the parameters of one seed. */
export const cells = {
  RNN: (dtype: DType) => new RNNCell({ in: 2, hidden: 4, rng: new Rng(1), dtype }),
  GRU: (dtype: DType) => new GRUCell({ in: 2, hidden: 4, rng: new Rng(2), dtype }),
  'GRU, reset before': (dtype: DType) => new GRUCell({ in: 2, hidden: 4, rng: new Rng(3), dtype, reset: 'before' }),
  LSTM: (dtype: DType) => new LSTMCell({ in: 2, hidden: 4, rng: new Rng(4), dtype }),
  'LSTM with peepholes': (dtype: DType) => new LSTMCell({ in: 2, hidden: 4, rng: new Rng(5), dtype, peepholes: true }),
};

/** A cell that reads random numbers. */
export function running(
  made: unknown,
  { batch, steps, dtype }: { batch: number; steps: number; dtype: DType },
): Recurrence<State> & { readonly xs: Tensor } {
  const cell = made as Cell<State>; // the cells have states of several types
  const rng = new Rng(9);
  const numbers = Float64Array.from({ length: batch * steps * cell.inputSize }, () => rng.normal());
  const xs = tensor(numbers, { shape: [batch, steps, cell.inputSize], dtype });
  return { step: (state, x) => cell.step(state, x), init: cell.init(batch, xs), xs };
}
