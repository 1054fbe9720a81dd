import { type Context, relu, type Rng, tanh, tensor, type Tensor } from '@hairpin/tensors';
import {
  AdditiveAttention,
  AttentionPool,
  AvgPool1d,
  BatchNorm1d,
  Conv1d,
  ConvTranspose1d,
  Decoder,
  DilatedRNN,
  DilatedStack,
  Dropout,
  Dropout1d,
  EachStrand,
  Embedding,
  EncoderDecoder,
  GlobalLogSumExpPool,
  GlobalMaxPool,
  GlobalMeanPool,
  GLU,
  GroupNorm,
  GRU,
  GRUCell,
  GRUField,
  GRUODE,
  HierarchicalRNN,
  Highway,
  InstanceNorm1d,
  KMaxPool,
  LatentODE,
  type Layer,
  LayerNorm,
  LeakyIntegrator,
  LearnedPositions,
  Linear,
  LSTM,
  LSTMCell,
  MaxPool1d,
  MinGRUCell,
  MinLSTMCell,
  MultiHeadAttention,
  NeuralODE,
  ODERNN,
  Parallel,
  RCConv1d,
  Recurrent,
  Residual,
  ResidualConv1d,
  RMSNorm,
  RNN,
  RNNCell,
  SeparableConv1d,
  Sequential,
  StrandConv1d,
  StrandMax,
  StrandMean,
  TemporalBlock,
} from '../src/index';
import type * as exported from '../src/index';

/** A layer, an input for it, and what must come out. */
export interface Case {
  readonly of: (rng: Rng) => Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** For a layer that reads tokens: how many there are. */
  readonly tokens?: number;
  /** Lengths of the rows for the test of padding, and what they become; left out where rows have no positions. */
  readonly lengths?: readonly number[];
  readonly lengthsAfter?: readonly number[];
}

type Exported = typeof exported;
type LayerName = {
  [K in keyof Exported]: Exported[K] extends new (...args: never[]) => Layer ? K : never;
}[keyof Exported];

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

/** An equation of one layer. */
const slope = (dim: number, rng: Rng) => new Sequential(new Linear({ in: dim, out: dim, rng }), tanh);

function latent(
  { method, ...of }: { in: number; hidden: number; latent: number; method: 'euler' | 'midpoint' },
  rng: Rng,
): LatentODE {
  const cell = new RNNCell({ in: of.in, hidden: of.hidden, rng });
  return new LatentODE({
    encoder: new ODERNN({ field: slope(of.hidden, rng), cell, direction: 'reverse' }),
    posterior: new Linear({ in: of.hidden, out: 2 * of.latent, rng }),
    field: slope(of.latent, rng),
    decoder: new Linear({ in: of.latent, out: of.in, rng }),
    method,
  });
}

/** A row for each layer, three samples or more where it takes options: the contracts do the rest. */
export const cases: Record<LayerName, readonly Case[]> = {
  Linear: [
    { of: (rng) => new Linear({ in: 5, out: 3, rng }), input: [4, 5], output: [4, 3] },
    { of: (rng) => new Linear({ in: 1, out: 1, rng }), input: [1, 1], output: [1, 1] },
    {
      ...{ of: (rng) => new Linear({ in: 4, out: 3, rng }), input: [3, 6, 4], output: [3, 6, 3] },
      ...{ lengths: [6, 1, 3], lengthsAfter: [6, 1, 3] },
    },
  ],
  Conv1d: [
    {
      ...{ of: (rng) => new Conv1d({ in: 4, out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 3] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) => new Conv1d({ in: 4, out: 2, width: 4, padding: 'same', stride: 2, rng }),
      ...{ input: [3, 9, 4], output: [3, 5, 2], lengths: [9, 1, 6], lengthsAfter: [5, 1, 3] },
    },
    {
      of: (rng) => new Conv1d({ in: 4, out: 6, width: 3, padding: 'causal', dilation: 2, groups: 2, rng }),
      ...{ input: [2, 7, 4], output: [2, 7, 6], lengths: [7, 2], lengthsAfter: [7, 2] },
    },
    {
      of: (rng) => new Conv1d({ in: 2, out: 3, width: 6, padding: 'circular', rng }), // wider than the second row is long
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 2, 5], lengthsAfter: [7, 2, 5] },
    },
    {
      of: (rng) => new Conv1d({ in: 2, out: 3, width: 2, stride: 3, rng }),
      ...{ input: [3, 9, 2], output: [3, 3, 3], lengths: [9, 4, 2], lengthsAfter: [3, 1, 1] },
    },
  ],
  RCConv1d: [
    {
      ...{ of: (rng) => new RCConv1d({ in: 4, out: 6, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 6] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) => new RCConv1d({ in: 6, out: 4, width: 3, padding: 'circular', rng }),
      ...{ input: [2, 5, 6], output: [2, 5, 4], lengths: [5, 2], lengthsAfter: [5, 2] },
    },
    {
      of: (rng) => new RCConv1d({ in: 2, out: 2, width: 2, dilation: 2, padding: 'same', bias: false, rng }),
      ...{ input: [2, 4, 2], output: [2, 4, 2], lengths: [4, 3], lengthsAfter: [4, 3] },
    },
  ],
  EachStrand: [
    {
      of: (rng) => new EachStrand(new Sequential(new Conv1d({ in: 2, out: 3, width: 2, rng }), tanh)),
      ...{ input: [3, 5, 4], output: [3, 4, 6], lengths: [5, 2, 4], lengthsAfter: [4, 1, 3] },
    },
    { of: () => new EachStrand(new BatchNorm1d({ channels: 2 })), input: [2, 3, 4], output: [2, 3, 4] },
    { of: () => new EachStrand(new GlobalMaxPool()), input: [2, 3, 2], output: [2, 2], lengths: [3, 1] },
  ],
  StrandMean: [
    {
      ...{ of: () => new StrandMean(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new StrandMean(), input: [3, 2], output: [3, 1] },
    { of: () => new StrandMean(), input: [0, 6], output: [0, 3] },
  ],
  StrandConv1d: [
    {
      ...{ of: (rng) => new StrandConv1d({ out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 6] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    { of: (rng) => new StrandConv1d({ out: 1, width: 1, rng }), input: [1, 1, 4], output: [1, 1, 2] },
    { of: (rng) => new StrandConv1d({ out: 2, width: 4, rng }), input: [2, 4, 4], output: [2, 1, 4] },
  ],
  StrandMax: [
    {
      ...{ of: () => new StrandMax(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new StrandMax(), input: [3, 2], output: [3, 1] },
    { of: () => new StrandMax(), input: [0, 6], output: [0, 3] },
  ],
  GlobalMaxPool: [
    { of: () => new GlobalMaxPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalMaxPool(), input: [1, 1, 1], output: [1, 1] },
    { of: () => new GlobalMaxPool(), input: [2, 5, 3], output: [2, 3], lengths: [2, 5] },
  ],
  MaxPool1d: [
    {
      ...{ of: () => new MaxPool1d({ width: 2 }), input: [3, 7, 2], output: [3, 3, 2] },
      ...{ lengths: [7, 2, 5], lengthsAfter: [3, 1, 2] },
    },
    {
      ...{ of: () => new MaxPool1d({ width: 3, stride: 1 }), input: [2, 6, 2], output: [2, 4, 2] },
      ...{ lengths: [6, 4], lengthsAfter: [4, 2] },
    },
    { of: () => new MaxPool1d({ width: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  LayerNorm: [
    {
      ...{ of: () => new LayerNorm({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new LayerNorm({ channels: 7, eps: 0.1 }), input: [2, 7], output: [2, 7] },
    { of: () => new LayerNorm({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  RMSNorm: [
    {
      ...{ of: () => new RMSNorm({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new RMSNorm({ channels: 1, eps: 0.1 }), input: [2, 1], output: [2, 1] },
    { of: () => new RMSNorm({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  BatchNorm1d: [
    {
      ...{ of: () => new BatchNorm1d({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new BatchNorm1d({ channels: 2, statistics: 'frozen' }), input: [3, 2], output: [3, 2] },
    { of: () => new BatchNorm1d({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  GroupNorm: [
    {
      ...{ of: () => new GroupNorm({ channels: 6, groups: 2 }), input: [3, 5, 6], output: [3, 5, 6] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new GroupNorm({ channels: 3, groups: 1, eps: 0.1 }), input: [2, 1, 3], output: [2, 1, 3] },
    { of: () => new GroupNorm({ channels: 4, groups: 4 }), input: [0, 2, 4], output: [0, 2, 4] },
  ],
  InstanceNorm1d: [
    {
      ...{ of: () => new InstanceNorm1d({ channels: 2 }), input: [3, 5, 2], output: [3, 5, 2] },
      ...{ lengths: [5, 2, 3], lengthsAfter: [5, 2, 3] },
    },
    { of: () => new InstanceNorm1d({ channels: 1 }), input: [1, 7, 1], output: [1, 7, 1] },
    { of: () => new InstanceNorm1d({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  Dropout: [
    {
      ...{ of: () => new Dropout(0.5), input: [2, 4, 3], output: [2, 4, 3] },
      ...{ lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    { of: () => new Dropout(0), input: [5], output: [5] },
    { of: () => new Dropout(0.9), input: [0, 3], output: [0, 3] },
  ],
  ConvTranspose1d: [
    {
      ...{ of: (rng) => new ConvTranspose1d({ in: 3, out: 2, width: 3, stride: 2, rng }), input: [3, 4, 3] },
      ...{ output: [3, 9, 2], lengths: [4, 1, 3], lengthsAfter: [9, 3, 7] },
    },
    {
      of: (rng) => new ConvTranspose1d({ in: 4, out: 2, width: 2, dilation: 2, groups: 2, bias: false, rng }),
      ...{ input: [2, 3, 4], output: [2, 5, 2] },
    },
    { of: (rng) => new ConvTranspose1d({ in: 1, out: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  SeparableConv1d: [
    {
      ...{ of: (rng) => new SeparableConv1d({ in: 4, out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 3] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) =>
        new SeparableConv1d({ ...{ in: 2, out: 3, width: 3, multiplier: 2, padding: 'circular', bias: false, rng } }),
      ...{ input: [2, 7, 2], output: [2, 7, 3], lengths: [7, 4], lengthsAfter: [7, 4] },
    },
    { of: (rng) => new SeparableConv1d({ in: 1, out: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  ResidualConv1d: [
    {
      of: (rng) => new ResidualConv1d({ channels: 3, width: 3, dilation: 2, rng }),
      ...{ input: [3, 9, 3], output: [3, 9, 3], lengths: [9, 2, 5], lengthsAfter: [9, 2, 5] },
    },
    {
      of: (rng) =>
        new ResidualConv1d({
          ...{ channels: 2, width: 3, padding: 'circular', norm: () => tanh, rng },
        }),
      ...{ input: [2, 5, 2], output: [2, 5, 2], lengths: [5, 3], lengthsAfter: [5, 3] },
    },
    { of: (rng) => new ResidualConv1d({ channels: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  TemporalBlock: [
    {
      of: (rng) => new TemporalBlock({ in: 2, out: 3, width: 2, dilation: 2, dropout: 0.1, rng }),
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 1, 4], lengthsAfter: [7, 1, 4] },
    },
    { of: (rng) => new TemporalBlock({ in: 3, out: 3, width: 2, rng }), input: [2, 5, 3], output: [2, 5, 3] },
    { of: (rng) => new TemporalBlock({ in: 1, out: 2, width: 3, rng }), input: [2, 2, 1], output: [2, 2, 2] },
  ],
  DilatedStack: [
    {
      of: (rng) =>
        new DilatedStack((dilation) => new TemporalBlock({ in: 2, out: 2, width: 2, dilation, rng }), { layers: 2 }),
      ...{ input: [3, 8, 2], output: [3, 8, 2], lengths: [8, 1, 5], lengthsAfter: [8, 1, 5] },
    },
    {
      of: (rng) =>
        new DilatedStack((dilation) => new Conv1d({ in: 1, out: 1, width: 3, dilation, rng }), {
          ...{ layers: 2, dilation: (layer: number) => 3 ** layer },
        }),
      ...{ input: [2, 10, 1], output: [2, 2, 1], lengths: [10, 9], lengthsAfter: [2, 1] },
    },
    { of: () => new DilatedStack(() => relu, { layers: 0 }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
  Residual: [
    {
      of: (rng) => new Residual(new Conv1d({ in: 3, out: 3, width: 3, padding: 'same', rng })),
      ...{ input: [3, 6, 3], output: [3, 6, 3], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) =>
        new Residual(new Conv1d({ in: 2, out: 4, width: 3, stride: 2, rng }), {
          shortcut: new Sequential(
            new AvgPool1d({ width: 3, stride: 2 }),
            new Conv1d({ in: 2, out: 4, width: 1, rng }),
          ),
        }),
      ...{ input: [2, 7, 2], output: [2, 3, 4], lengths: [7, 5], lengthsAfter: [3, 2] },
    },
    { of: () => new Residual(tanh), input: [4, 2], output: [4, 2] },
  ],
  Parallel: [
    {
      of: (rng) => new Parallel([3, 5].map((width) => new Conv1d({ in: 2, out: width, width, padding: 'same', rng }))),
      ...{ input: [3, 6, 2], output: [3, 6, 8], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) => new Parallel([new Linear({ in: 2, out: 2, rng }), relu], { join: 'sum' }),
      input: [3, 2],
      output: [3, 2],
    },
    {
      of: () => new Parallel([new GlobalMaxPool(), new GlobalMeanPool()]),
      input: [2, 5, 3],
      output: [2, 6],
      lengths: [5, 2],
    },
  ],
  GLU: [
    {
      ...{ of: () => new GLU(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new GLU(), input: [3, 2], output: [3, 1] },
    { of: () => new GLU(), input: [0, 6], output: [0, 3] },
  ],
  Highway: [
    {
      ...{ of: (rng) => new Highway({ channels: 3, rng }), input: [3, 5, 3], output: [3, 5, 3] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: (rng) => new Highway({ channels: 2, activation: tanh, gateBias: 0, rng }), input: [4, 2], output: [4, 2] },
    { of: (rng) => new Highway({ channels: 1, activation: tanh, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  Embedding: [
    {
      ...{ of: (rng) => new Embedding({ tokens: 5, out: 3, rng }), tokens: 5, input: [3, 6], output: [3, 6, 3] },
      ...{ lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new Embedding({ tokens: 4, out: 2, padding: 0, rng }), tokens: 4, input: [7], output: [7, 2] },
    { of: (rng) => new Embedding({ tokens: 1, out: 1, rng }), tokens: 1, input: [1, 1], output: [1, 1, 1] },
  ],
  GlobalMeanPool: [
    { of: () => new GlobalMeanPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalMeanPool(), input: [1, 1, 1], output: [1, 1] },
    { of: () => new GlobalMeanPool(), input: [2, 0, 3], output: [2, 3] },
  ],
  GlobalLogSumExpPool: [
    { of: () => new GlobalLogSumExpPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalLogSumExpPool({ temperature: 0.01 }), input: [2, 3, 1], output: [2, 1], lengths: [2, 3] },
    { of: () => new GlobalLogSumExpPool({ temperature: 100 }), input: [1, 1, 3], output: [1, 3] },
  ],
  KMaxPool: [
    { of: () => new KMaxPool({ k: 2 }), input: [3, 6, 2], output: [3, 2, 2], lengths: [6, 1, 4] },
    { of: () => new KMaxPool({ k: 3 }), input: [2, 2, 1], output: [2, 3, 1], lengths: [2, 1] },
    { of: () => new KMaxPool({ k: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  AvgPool1d: [
    {
      ...{ of: () => new AvgPool1d({ width: 2 }), input: [3, 7, 2], output: [3, 3, 2] },
      ...{ lengths: [7, 2, 5], lengthsAfter: [3, 1, 2] },
    },
    {
      ...{ of: () => new AvgPool1d({ width: 3, stride: 1 }), input: [2, 6, 2], output: [2, 4, 2] },
      ...{ lengths: [6, 4], lengthsAfter: [4, 2] },
    },
    { of: () => new AvgPool1d({ width: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  Dropout1d: [
    {
      ...{ of: () => new Dropout1d(0.5), input: [2, 4, 3], output: [2, 4, 3] },
      ...{ lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    { of: () => new Dropout1d(0), input: [1, 1, 1], output: [1, 1, 1] },
    { of: () => new Dropout1d(0.9), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  Recurrent: [
    {
      of: (rng) => new Recurrent(new LeakyIntegrator({ in: 3, hidden: 4, rng })),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) =>
        new Recurrent((inputs) => new MinLSTMCell({ in: inputs, hidden: 3, rng }), {
          ...{ in: 2, layers: 2, direction: 'bidirectional', initial: 'learned', laps: 2 },
        }),
      ...{ input: [3, 5, 2], output: [3, 5, 6], lengths: [5, 2, 3], lengthsAfter: [5, 2, 3] },
    },
    {
      of: (rng) => new Recurrent(new MinGRUCell({ in: 1, hidden: 1, rng }), { direction: 'reverse' }),
      ...{ input: [1, 1, 1], output: [1, 1, 1], lengths: [1], lengthsAfter: [1] },
    },
    {
      of: (rng) =>
        new Recurrent(
          new LSTMCell({ in: 2, hidden: 3, rng, ...{ peepholes: true, tiedGates: true, diagonal: true } }),
          { truncate: 2 },
        ),
      ...{ input: [3, 5, 2], output: [3, 5, 3], lengths: [5, 1, 4], lengthsAfter: [5, 1, 4] },
    },
  ],
  RNN: [
    {
      of: (rng) => new RNN({ in: 3, hidden: 4, rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new RNN({ in: 2, hidden: 3, nonlinearity: 'relu', rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new RNN({ in: 1, hidden: 1, layers: 3, rng }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
  LSTM: [
    {
      of: (rng) => new LSTM({ in: 3, hidden: 4, layers: 2, direction: 'bidirectional', rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 8], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new LSTM({ in: 2, hidden: 3, peepholes: true, rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new LSTM({ in: 1, hidden: 1, rng }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
  GRU: [
    {
      of: (rng) => new GRU({ in: 3, hidden: 4, direction: 'reverse', rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new GRU({ in: 2, hidden: 3, reset: 'before', rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new GRU({ in: 1, hidden: 1, rng }), input: [1, 2, 1], output: [1, 2, 1] }, // one step reads no state
  ],
  DilatedRNN: [
    {
      of: (rng) => new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 3, rng }), { in: 2, layers: 3 }),
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 1, 6], lengthsAfter: [7, 1, 6] },
    },
    {
      of: (rng) =>
        new DilatedRNN((inputs) => new LSTMCell({ in: inputs, hidden: 2, rng }), {
          ...{ in: 1, layers: 2, initial: 'learned', truncate: 3 },
        }),
      ...{ input: [2, 8, 1], output: [2, 8, 2] },
    },
    {
      of: (rng) => new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 2, rng }), { in: 2 }),
      ...{ input: [1, 3, 2], output: [1, 3, 2] },
    },
  ],
  HierarchicalRNN: [
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new GRU({ in: 2, hidden: 3, direction: 'bidirectional', rng }),
          ...{ upper: new LSTM({ in: 6, hidden: 4, rng }), chunk: 3 },
        }),
      ...{ input: [3, 8, 2], output: [3, 3, 4], lengths: [8, 1, 6], lengthsAfter: [3, 1, 2] },
    },
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 2, rng }), { in: 1, layers: 2 }),
          ...{ upper: new GRU({ in: 2, hidden: 2, rng }), chunk: 4 },
        }),
      ...{ input: [2, 8, 1], output: [2, 2, 2], lengths: [8, 3], lengthsAfter: [2, 1] },
    },
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new RNN({ in: 1, hidden: 2, rng }),
          ...{ upper: new RNN({ in: 2, hidden: 1, rng }), chunk: 2 },
        }),
      ...{ input: [1, 3, 1], output: [1, 2, 1] },
    },
  ],
  AdditiveAttention: [
    {
      of: (rng) => new AdditiveAttention({ query: 2, keys: 2, hidden: 3, rng }),
      ...{ input: [3, 4, 2], output: [3, 4, 2], lengths: [4, 0, 3], lengthsAfter: [4, 0, 3] },
    },
    { of: (rng) => new AdditiveAttention({ query: 1, keys: 1, hidden: 1, rng }), input: [1, 3, 1], output: [1, 3, 1] },
    { of: (rng) => new AdditiveAttention({ query: 3, keys: 3, hidden: 5, rng }), input: [2, 2, 3], output: [2, 2, 3] },
  ],
  AttentionPool: [
    {
      of: (rng) => new AttentionPool({ in: 3, hidden: 4, gated: true, rng }),
      ...{ input: [3, 5, 3], output: [3, 3], lengths: [5, 0, 3] },
    },
    { of: (rng) => new AttentionPool({ in: 2, hidden: 3, rng }), input: [2, 4, 2], output: [2, 2], lengths: [2, 4] },
    { of: (rng) => new AttentionPool({ in: 1, rng }), input: [1, 3, 1], output: [1, 1] },
  ],
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
  LearnedPositions: [
    {
      of: (rng) => new LearnedPositions({ length: 7, channels: 2, rng }),
      ...{ input: [3, 5, 2], output: [3, 5, 2], lengths: [5, 0, 3], lengthsAfter: [5, 0, 3] },
    },
    { of: (rng) => new LearnedPositions({ length: 3, channels: 4, rng }), input: [2, 3, 4], output: [2, 3, 4] },
    { of: (rng) => new LearnedPositions({ length: 1, channels: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  MultiHeadAttention: [
    {
      of: (rng) => new MultiHeadAttention({ embed: 4, heads: 2, rng }),
      ...{ input: [3, 5, 4], output: [3, 5, 4], lengths: [5, 0, 3], lengthsAfter: [5, 0, 3] },
    },
    {
      of: (rng) => new MultiHeadAttention({ embed: 4, heads: 1, causal: true, rotary: true, bias: false, rng }),
      ...{ input: [2, 4, 4], output: [2, 4, 4], lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    {
      of: (rng) => new MultiHeadAttention({ embed: 6, heads: 3, form: 'blocked', rng }),
      ...{ input: [2, 4, 6], output: [2, 4, 6], lengths: [4, 3], lengthsAfter: [4, 3] },
    },
  ],
  NeuralODE: [
    {
      of: (rng) => new NeuralODE({ field: slope(3, rng), solver: { method: 'euler', steps: 2 } }),
      ...{ input: [2, 4, 3], output: [2, 4, 3], lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    {
      of: (rng) =>
        new NeuralODE({
          field: new Sequential(new Linear({ in: 3, out: 2, rng }), tanh),
          ...{ timeDependent: true, times: [1, 0.5, 0], outputs: 'all', solver: { method: 'midpoint' } },
        }),
      ...{ input: [2, 2], output: [2, 3, 2] },
    },
    {
      of: (rng) => new NeuralODE({ field: slope(1, rng), solver: { method: 'euler', steps: 3, gradient: 'adjoint' } }),
      ...{ input: [1, 1], output: [1, 1] },
    },
  ],
  GRUField: [
    { of: (rng) => new GRUField({ hidden: 3, rng }), input: [4, 3], output: [4, 3] },
    { of: (rng) => new GRUField({ hidden: 1, rng }), input: [2, 1], output: [2, 1] },
    { of: (rng) => new GRUField({ hidden: 5, rng }), input: [1, 5], output: [1, 5] },
  ],
  ODERNN: [
    {
      of: (rng) => new ODERNN({ field: slope(3, rng), cell: new RNNCell({ in: 2, hidden: 3, rng }) }),
      ...{ input: [3, 4, 2], output: [3, 4, 3], lengths: [4, 1, 3], lengthsAfter: [4, 1, 3] },
    },
    {
      of: (rng) =>
        new ODERNN({
          ...{ field: slope(3, rng), cell: new RNNCell({ in: 2, hidden: 3, rng }), masked: true },
        }),
      ...{ input: [2, 3, 1], output: [2, 3, 3], lengths: [3, 2], lengthsAfter: [3, 2] },
    },
    {
      of: (rng) =>
        new ODERNN({
          ...{ field: slope(1, rng), cell: new RNNCell({ in: 1, hidden: 1, rng }), method: 'midpoint' },
        }),
      ...{ input: [1, 2, 1], output: [1, 2, 1] },
    },
  ],
  GRUODE: [
    {
      of: (rng) => new GRUODE({ in: 2, hidden: 3, rng }),
      ...{ input: [3, 4, 2], output: [3, 4, 3], lengths: [4, 1, 3], lengthsAfter: [4, 1, 3] },
    },
    {
      of: (rng) => new GRUODE({ in: 1, hidden: 3, masked: true, rng }),
      ...{ input: [2, 3, 1], output: [2, 3, 3] },
    },
    { of: (rng) => new GRUODE({ in: 2, hidden: 3, rng }), input: [1, 2, 2], output: [1, 2, 3] },
  ],
  LatentODE: [
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 2, method: 'euler' }, rng),
      ...{ input: [3, 4, 2], output: [3, 4, 2], lengths: [4, 2, 3], lengthsAfter: [4, 2, 3] },
    },
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 3, method: 'midpoint' }, rng),
      ...{ input: [2, 3, 2], output: [2, 3, 2] },
    },
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 2, method: 'euler' }, rng),
      ...{ input: [1, 2, 2], output: [1, 2, 2] },
    },
  ],
  Sequential: [
    {
      of: (rng) =>
        new Sequential(
          new Conv1d({ in: 4, out: 5, width: 3, rng }),
          relu,
          new MaxPool1d({ width: 2 }),
          new Conv1d({ in: 5, out: 4, width: 3, padding: 'same', rng }),
          new GlobalMaxPool(),
          new Linear({ in: 4, out: 2, rng }),
        ),
      ...{ input: [3, 12, 4], output: [3, 2], lengths: [12, 4, 7] },
    },
    { of: () => new Sequential(), input: [2, 3, 1], output: [2, 3, 1], lengths: [1, 3], lengthsAfter: [1, 3] },
    { of: (rng) => new Sequential(new Linear({ in: 2, out: 2, rng }), relu), input: [3, 2], output: [3, 2] },
  ],
};

/** Every case with a name. */
export const named = Object.entries(cases).flatMap(([name, list]) =>
  list.map((sample, i): [string, Case] => [`${name} ${i + 1}`, sample]),
);
