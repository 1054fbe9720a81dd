import { LSTMCell, type LSTMState } from '@hairpin/layers';
import { type DType, type Tensor, tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/**
 * An LSTM whose memory is a moving average: i = 1 − f, so that what is forgotten makes room for what is written; g = σ(…), between 0
 * and 1; and each unit reaches its own gates only. It gives its memory.   c′ = f⊙c + (1 − f)⊙g
 */
export class AveragingCell extends LSTMCell {
  constructor(options: { in: number; hidden: number; rng: Rng; dtype?: DType }) {
    super({ ...options, tiedGates: true, sigmoidCandidate: true, diagonal: true });
  }

  override output({ c }: LSTMState): Tensor {
    return c;
  }
}

/** A moving average, and what is averaged. */
export interface MovingAverageOptions {
  /** Part of its memory that each unit keeps in a step, between 0 and 1. */
  readonly keeps: readonly number[];
  /** g = σ(slope·(x − middle)) of the unit's own input: 1 and 0 unless said. */
  readonly slope?: number;
  readonly middle?: number;
  readonly rng: Rng;
}

/** A cell that is a moving average with constant gates: to be compared with one, or to begin learning from. */
export function movingAverage({ keeps, slope = 1, middle = 0, rng }: MovingAverageOptions): AveragingCell {
  const size = keeps.length;
  const cell = new AveragingCell({ in: size, hidden: size, rng });
  const isOwn = (at: number) => Math.floor(at / size) === size + (at % size); // rows are those of i, then of g, then of o
  const biases = [...keeps.map((keep) => Math.log((1 - keep) / keep)), ...keeps.map(() => -slope * middle)];
  cell.weightIh.assign(filled([3 * size, size], (at) => (isOwn(at) ? slope : 0)));
  cell.weightHh.assign(filled([3 * size], () => 0));
  cell.biasIh.assign(filled([3 * size], (row) => biases[row] ?? 0));
  cell.biasHh.assign(filled([3 * size], () => 0));
  return cell;
}

/** A tensor whose numbers are functions of their place. */
export const filled = (shape: readonly number[], value: (at: number) => number): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => value(at)),
    { shape },
  );
