import { oneHot } from '@hairpin/bio';
import { type Tensor, tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { type Batch, Loader, type Rows } from '@hairpin/train';
import type { Examples } from './examples';

/** Sequences as the net takes them. */
export interface SequenceBatch extends Batch {
  readonly x: Tensor; // one-hot [batch, length, 4]; codes for several letters get equal shares
  readonly y: Tensor; // labels [batch]
  readonly weights: Tensor; // [batch]
}

/** One-hot letters, zeros beyond the end. [sequences, length, 4] */
export function encode(sequences: readonly string[], length: number): Tensor {
  const { values, shape } = oneHot(sequences, { unknown: 'fractional', lowerCase: 'same', length });
  return tensor(values, { shape });
}

/** Batches of the examples; `lengths` come along where the examples differ in length. */
export function loaderOf(
  examples: Examples,
  options: { batchSize: number; rng: Rng; shuffle: boolean },
): Loader<SequenceBatch> {
  const { labels, lengths } = examples;
  const isEven = lengths.every((n) => n === lengths[0]);
  const collate = ({ indices, weights, length, rng }: Rows): SequenceBatch => ({
    x: encode(
      Array.from(indices, (i) => examples.sequence(i, rng)),
      length,
    ),
    y: tensor(Float32Array.from(indices, (i) => labels[i])),
    weights: tensor(weights),
    ...(!isEven && { lengths: tensor(Int32Array.from(indices, (i) => lengths[i])) }),
  });
  return new Loader({ lengths, collate, ...options });
}
