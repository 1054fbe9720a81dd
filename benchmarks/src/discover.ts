import { discoverDefaults } from '@hairpin/experiments';
import { GlobalMaxPool, Linear, Sequential, StrandConv1d, StrandMax } from '@hairpin/layers';
import { type Parameter, relu, Rng, tensor } from '@hairpin/tensors';
import { Adam, binaryCrossEntropy, TrainStep } from '@hairpin/train';
import type { Scalar, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import type { Benchmark, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';

const { batchSize: batch, filters, width, learningRate } = discoverDefaults.model;
const length = 200;

/** How long does a training step of the model of `hairpin discover` take? */
export const discover: Benchmark = {
  name: 'discover',
  question: 'How long does a training step of the model of `hairpin discover` take: forward, backward and Adam?',
  notes: [
    `${filters} filters of width ${width} on both strands, maximum over the sequence and over the strands, ReLU, dense layer, cross-entropy from logits, Adam. The batch is on the device, the loss is read back after each step.`,
    'All begin with the same weights, and the losses of the first five steps agree.',
    ...tfjsNotes,
    'Of the other backends, tfjs-wasm has no gradient of convolution and tfjs-cpu takes half a minute for a step.',
  ],
  cases: [
    {
      name: `${batch} × ${length} bp`,
      systems: [{ name: 'hairpin', open: withHairpin }, ...tfjs(withTfjs)],
      compare: 5,
      tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
    },
  ],
};

/** Random letters, one-hot `[batch, length, 4]`, and random labels `[batch]`. */
function examples() {
  const rng = new Rng(1);
  const x = new Float32Array(batch * length * 4);
  for (let position = 0; position < batch * length; position++) x[position * 4 + rng.integer(4)] = 1;
  return { x, y: Float32Array.from({ length: batch }, () => rng.integer(2)) };
}

/** The net that `discover` trains when no option says otherwise, with weights that the seed decides. */
function model() {
  const rng = new Rng(2);
  const strands = new StrandConv1d({ out: filters, width, rng });
  return new Sequential(strands, new GlobalMaxPool(), new StrandMax(), relu, new Linear({ in: filters, out: 1, rng }));
}

async function withHairpin(): Promise<Contender> {
  await hairpinDevice();
  const net = model();
  const { x, y } = examples();
  const data = { x: tensor(x, { shape: [batch, length, 4] }), y: tensor(y, { shape: [batch, 1] }) };
  const weights = net.parameters();
  const train = new TrainStep<typeof data>({
    weights,
    optimizer: new Adam(weights),
    loss: (batch) => binaryCrossEntropy(net.forward(batch.x), batch.y),
  });
  const turn = async () => {
    using outcome = await train.run(data, learningRate);
    return (await outcome.data()).subarray(0, 1);
  };
  return { turn, close: () => train.dispose() };
}

async function withTfjs(tf: Tf): Promise<Contender> {
  const { x, y } = examples();
  const [sequences, labels] = [tf.tensor3d(x, [batch, length, 4]), tf.tensor2d(y, [batch, 1])];
  const [kernel, kernelBias, dense, denseBias] = await variables(tf);
  const mean = () => {
    const bothStrands = tf.concat([kernel, tf.reverse(kernel, [0, 1])], 2) as Tensor3D;
    const bothBiases = tf.concat([kernelBias, kernelBias], 0);
    const found = tf.max(tf.add(tf.conv1d(sequences, bothStrands, 1, 'valid'), bothBiases), 1);
    const [forward, reverse] = tf.split(found, 2, 1);
    const logits = tf.add(tf.matMul(tf.relu(tf.maximum(forward, reverse)), dense), denseBias);
    return tf.losses.sigmoidCrossEntropy(labels, logits) as Scalar;
  };
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const turn = async () => {
    const value = adam.minimize(mean, true, [kernel, kernelBias, dense, denseBias])!;
    const loss = await value.data();
    value.dispose();
    return loss;
  };
  const tensors = [sequences, labels, kernel, kernelBias, dense, denseBias];
  return { turn, close: () => [...tensors, adam].forEach((owner) => owner.dispose()) };
}

/** Our weights before training, in the layouts of TensorFlow.js. */
async function variables(tf: Tf): Promise<Variable[]> {
  const [kernel, kernelBias, dense, denseBias] = await Promise.all(Object.values(model().parameters()).map(values));
  return [
    tf.variable(tf.transpose(tf.tensor3d(kernel, [filters, 4, width]), [2, 1, 0])), // [width, in, out]
    tf.variable(tf.tensor1d(kernelBias)),
    tf.variable(tf.tensor2d(dense, [filters, 1])), // of [1, filters]: the same numbers in the same order
    tf.variable(tf.tensor1d(denseBias)),
  ];
}

const values = async (weight: Parameter) => (await weight.read().data()) as Float32Array;
