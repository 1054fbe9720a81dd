import { cast, concat, type Rng, split, type Tensor, zeros } from '@hairpin/tensors';
import type { State } from './cell';
import type { GatedCell } from './gated-cell';

/** Draws a matrix [out, in], such as `orthogonal` or `heNormal`. */
export type Initializer = (rng: Rng, shape: readonly [number, number]) => Tensor;

/**
 * Draws W_ih and W_hh of an RNN, LSTM or GRU cell anew, for each gate as one matrix [hidden, in + hidden]: what a unit
 * sums over in one step is x and h, and neither alone nor the unrolled net. Biases become 0.
 */
export function initializeStep<S extends State>(cell: GatedCell<S>, init: Initializer, rng: Rng): void {
  const { inputSize: inputs, hiddenSize: hidden, weightIh, weightHh } = cell;
  const reach = weightHh.shape.length === 1 ? 1 : hidden; // diagonal: one unit of h
  const gates = Array.from({ length: weightIh.shape[0] / hidden }, () => init(rng, [hidden, inputs + reach]));
  const [fromInput, fromState] = [0, 1].map((part) => {
    const rows = gates.map((gate) => split(gate, [inputs, reach], 1)[part]);
    return cast(concat(rows, 0), weightIh.dtype);
  });
  weightIh.assign(fromInput);
  weightHh.assign(fromState.reshape(weightHh.shape));
  for (const bias of [cell.biasIh, cell.biasHh]) bias.assign(zeros(bias.shape, bias));
}
