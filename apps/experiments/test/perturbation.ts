import { type FeatureModel, mutagenesis, type Perturbable, type StreamingModel } from '@hairpin/interpret';
import {
  BatchNorm1d,
  Conv1d,
  GlobalMaxPool,
  GRU,
  LSTM,
  MaxPool1d,
  type Recurrent,
  type RecurrentState,
  Residual,
  Sequential,
} from '@hairpin/layers';
import { type DType, type Model, relu, Rng, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect, it } from 'vitest';
import { MotifNet } from '../src/discover/motif-net';
import { defaults } from '../src/discover/options';

const [sequences, length] = [3, 30];

/** Random one-hot sequences. */
function examples(dtype: DType): Tensor {
  const rng = new Rng(1);
  const x = new (dtype === 'f64' ? Float64Array : Float32Array)(sequences * length * 4);
  for (let position = 0; position < sequences * length; position++) x[4 * position + rng.integer(4)] = 1;
  return tensor(x, { shape: [sequences, length, 4] });
}

/** A dense layer of either precision. */
function dense(inputs: number, outputs: number, dtype: DType): (x: Tensor) => Tensor {
  const rng = new Rng(4);
  const values = Array.from({ length: inputs * outputs }, () => rng.normal());
  const weight = tensor(values, { shape: [inputs, outputs], dtype });
  return (x) => x.matmul(weight);
}

/** Layers up to the features and those after them. */
const inTwo = (trunk: Sequential, head: Sequential): FeatureModel => ({
  features: (x, context) => trunk.forward(x, context),
  reach: trunk.receptiveField,
  head: (features, { lengths, ...context } = {}) =>
    head.forward(features, { ...context, ...(lengths && { lengths: trunk.lengthsAfter(lengths) }) }),
});

function convolutions(dtype: DType, padding: 'same' | 'valid'): FeatureModel {
  const rng = new Rng(2);
  const block = new Sequential(new Conv1d({ in: 6, out: 6, width: 3, dilation: 2, padding: 'same', rng, dtype }), relu);
  const trunk = new Sequential(
    ...[new Conv1d({ in: 4, out: 6, width: 7, padding, rng, dtype }), new BatchNorm1d({ channels: 6, dtype }), relu],
    ...[new MaxPool1d({ width: 3, stride: 2 }), new Residual(block)],
  );
  return inTwo(trunk, new Sequential(new GlobalMaxPool(), dense(6, 2, dtype)));
}

function discover(): FeatureModel {
  const net = new MotifNet({ ...defaults.model, width: 9, rng: new Rng(3) });
  return inTwo(new Sequential(net.filters), net.head);
}

function recurrent(net: Recurrent, dtype: DType): StreamingModel<RecurrentState> {
  const mix = dense(5, 1, dtype);
  return {
    recurrence: net,
    head: ({ state, y }) => mix(net.last(state)).add(y.mean([1, 2]).reshape([-1, 1])),
  };
}

/** Models of layers in parts give the numbers that they give in one part, on the default device. */
export function checkPerturbation(dtype: 'f32' | 'f64'): void {
  const options = { in: 4, hidden: 5, rng: new Rng(5), dtype };
  const models: Record<string, Perturbable<RecurrentState>> = {
    ...(dtype === 'f32' && { 'the model of discover': discover() }),
    'padded convolutions, a norm, a pool and a residual block': convolutions(dtype, 'same'),
    'valid convolutions, a norm, a pool and a residual block': convolutions(dtype, 'valid'),
    'a GRU': recurrent(new GRU(options), dtype),
    'two layers of LSTM from a learned state': recurrent(
      new LSTM({ ...options, layers: 2, initial: 'learned' }),
      dtype,
    ),
  };

  it.each(Object.entries(models))('is the same in parts: %s', async (_, model) => {
    const x = examples(dtype);
    const options = { deletions: true, insertions: true, batchSize: 64 };
    const [parts, whole] = [await mutagenesis(model, x, options), await mutagenesis(wholeOf(model), x, options)];
    const tolerance = dtype === 'f64' ? 1e-11 : 1e-4; // of differences, which are smaller than the outputs
    for (const kind of ['unmutated', 'substitutions', 'deletions', 'insertions'] as const)
      assertClose(parts[kind]!, whole[kind]!, tolerance, kind);
    expect(Math.max(...parts.substitutions.map(Math.abs))).toBeGreaterThan(1e-3);
  });

  it.each(Object.entries(models))('is the same in parts of padded sequences: %s', async (_, model) => {
    const context = { lengths: tensor(Int32Array.of(30, 21, 26)) };
    const x = examples(dtype);
    const [parts, whole] = [
      await mutagenesis(model, x, { context }),
      await mutagenesis(wholeOf(model), x, { context }),
    ];
    assertClose(parts.substitutions, whole.substitutions, dtype === 'f64' ? 1e-11 : 1e-4);
  });

  it('refuses a net that walks both ways', async () => {
    const both = new GRU({ ...options, direction: 'bidirectional' });
    const mix = dense(10, 1, dtype);
    const model = { recurrence: both, head: ({ state }: { state: RecurrentState }) => mix(both.last(state)) };
    await expect(mutagenesis(model, examples(dtype))).rejects.toThrow('give a net that walks only forward');
  });
}

function wholeOf(model: Perturbable<RecurrentState>): Model {
  if (typeof model === 'function') return model;
  if ('features' in model) return (x, context) => model.head(model.features(x, context), context);
  return (x, context = {}) => model.head(model.recurrence.run(x, context), context);
}
