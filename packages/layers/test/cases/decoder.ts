import { type Context, tensor, type Tensor } from '@hairpin/tensors';
import { Decoder, EncoderDecoder, Linear, RNNCell } from '../../src/index';
import type { Cases } from './case';

/** An encoder–decoder that is led through the same target in each row. */
class Forced extends EncoderDecoder {
  constructor(
    parts: ConstructorParameters<typeof EncoderDecoder>[0],
    readonly target: readonly number[],
  ) {
    super(parts);
  }

  override forward(x: Tensor, context: Context = {}): Tensor {
    const target = tensor(Int32Array.from(this.target)).broadcastTo([x.shape[0], this.target.length]);
    return super.forward(x, { ...context, given: { target } });
  }
}

/** Nets that write. */
export const decoder = {
  EncoderDecoder: [
    {
      of: (rng) =>
        new Forced(
          {
            encoder: new Linear({ in: 2, out: 3, rng }),
            decoder: new Decoder({
              ...{ vocabulary: 4, embed: 2, memory: 3, start: 0, end: 3, rng },
              cell: (inputs) => new RNNCell({ in: inputs, hidden: 3, rng }),
            }),
          },
          [2, 3],
        ),
      ...{ input: [2, 4, 2], output: [2, 2, 4], lengths: [4, 2] },
    },
    {
      of: (rng) =>
        new Forced(
          {
            encoder: new Linear({ in: 1, out: 2, rng }),
            decoder: new Decoder({
              ...{ vocabulary: 3, embed: 1, memory: 2, hidden: 3, inputFeeding: true, start: 1, end: 0, rng },
              cell: (inputs) => new RNNCell({ in: inputs, hidden: 2, rng }),
            }),
          },
          [2, 0],
        ),
      ...{ input: [2, 3, 1], output: [2, 2, 3], lengths: [1, 3] },
    },
    {
      of: (rng) =>
        new Forced(
          {
            encoder: new Linear({ in: 1, out: 1, rng }),
            decoder: new Decoder({
              ...{ vocabulary: 2, embed: 1, memory: 1, start: 0, end: 1, rng },
              cell: (inputs) => new RNNCell({ in: inputs, hidden: 1, rng }),
            }),
          },
          [0, 1],
        ),
      ...{ input: [1, 2, 1], output: [1, 2, 2] },
    },
  ],
} satisfies Cases;
