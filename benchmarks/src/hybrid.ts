import { Conv1d, Linear, LSTM } from '@hairpin/layers';
import { maxPool1d, parameters, relu, reshape, Rng } from '@hairpin/tensors';
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Benchmark, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { type Examples, uniform } from './training/examples';
import { type Model, trainOn, weightsOf } from './training/hairpin';
import { pytorchNotes, trainWithPytorch } from './training/pytorch';
import { asTf, trainWithTfjs } from './training/tfjs';
import { bidirectional, TfLstm } from './training/tfjs-cells';

const [batch, length, inputs, tasks] = [64, 1000, 4, 16];
const [filters, width, pool, hidden] = [64, 26, 13, 64];
const windows = Math.floor((length - width + 1) / pool);

/** How long does a training step of a convolution with a recurrent net on top take? */
export const hybrid: Benchmark = {
  name: 'hybrid',
  question: `How long does a training step of a net like DanQ (Quang & Xie 2016) take, on ${batch} sequences of ${length} × ${inputs}: forward, backward and Adam?`,
  notes: [
    `${filters} filters of width ${width}, ReLU, maxima of ${pool} positions, an LSTM of ${hidden} in both directions over the ${windows} windows, a dense layer over all that it gives, ${tasks} outputs. The loss is their mean squared distance from targets.`,
    'All begin with the same weights, and the losses of the first three steps agree.',
    'pytorch has channels before positions, and is given its sequences so.',
    ...pytorchNotes,
    ...tfjsNotes,
    'Of the other backends, tfjs-wasm has no gradient of convolution.',
  ],
  cases: [
    {
      name: `${batch} × ${length} × ${inputs}`,
      systems: [
        { name: 'hairpin', open: async () => trainOn(await hairpinDevice(), model(), examples()) },
        ...tfjs(withTfjs),
        ...trainWithPytorch({ model: 'hybrid', sizes: { inputs, filters, width, pool, hidden } }, model, examples),
      ],
      compare: 3,
      tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
      bars: [{ of: 'tfjs-webgpu', over: 'hairpin', atLeast: 5 }],
    },
  ],
};

/** A batch, and what it should give. */
export function examples(): Examples {
  const rng = new Rng(1);
  return { x: uniform(rng, batch, length, inputs), target: uniform(rng, batch, tasks) };
}

/** The net, with the same weights each time. */
export function model(): Model {
  const rng = new Rng(2);
  const conv = new Conv1d({ in: inputs, out: filters, width, rng });
  const lstm = new LSTM({ in: filters, hidden, direction: 'bidirectional', rng });
  const dense = new Linear({ in: windows * 2 * hidden, out: tasks, rng });
  return {
    weights: parameters({ conv, lstm, dense }),
    forward: (x) => {
      const pooled = maxPool1d(relu(conv.forward(x)), { width: pool });
      return dense.forward(reshape(lstm.forward(pooled), [batch, windows * 2 * hidden]));
    },
  };
}

async function withTfjs(tf: Tf): Promise<Contender> {
  const { x, target } = examples();
  const weights = await weightsOf(model);
  const kernel = tf.variable(tf.transpose(tf.tensor3d(weights[0], [filters, inputs, width]), [2, 1, 0])); // [width, in, out]
  const there = new TfLstm(tf, weights.slice(2, 6), hidden);
  const back = new TfLstm(tf, weights.slice(6, 10), hidden);
  const dense = tf.variable(tf.transpose(tf.tensor2d(weights[10], [tasks, windows * 2 * hidden])));
  const [shift, offset] = [weights[1], weights[11]].map((bias) => tf.variable(tf.tensor1d(bias)));
  const given = asTf(tf, x) as Tensor3D;
  const forward = () => {
    const found = tf.relu(tf.add(tf.conv1d(given, kernel as Tensor as Tensor3D, 1, 'valid'), shift));
    const pooled = tf.maxPool(tf.expandDims(found, 2) as Tensor4D, [pool, 1], [pool, 1], 'valid');
    const steps = tf.unstack(tf.squeeze(pooled, [2]), 1) as Tensor2D[];
    return tf.add(tf.matMul(tf.reshape(bidirectional(tf, there, back, steps), [batch, -1]), dense), offset);
  };
  const variables = [kernel, shift, ...there.variables, ...back.variables, dense, offset];
  return trainWithTfjs(tf, { variables, inputs: [given], forward }, target);
}
