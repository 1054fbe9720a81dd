import { LSTM } from '@hairpin/layers';
import { type Device, reshape, Rng, slice, stack, type Tensor } from '@hairpin/tensors';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Bar, Benchmark, Case, Contender, System } from './harness/benchmark';
import { asName, learningRate, sequences, type SequenceSize, trainOn } from './sequence-step';
import { hairpinDevice, portableDevice } from './systems/hairpin';
import { pytorchLstm } from './systems/pytorch';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';

/** How long does a training step of an LSTM take? */
export const recurrent: Benchmark = {
  name: 'recurrent',
  question:
    'How long does a training step of an LSTM take: forward, backward through all steps, and Adam? Sizes are batch × steps, inputs → hidden.',
  notes: [
    'The loss is the mean squared distance of all outputs from targets; gradients are taken of all parameters, none of the inputs. The batch is where the system computes, the loss is read back after each step. All begin with the same weights, and the losses of the first three steps agree.',
    '`portable` is Hairpin on a device with default limits and no features, so without subgroups. `step by step` is the same cell in a plain loop over time inside the compiled step: what a user would write without `scan`, and about what a loop costs that no kernel runs.',
    'tfjs uses `tf.basicLSTMCell`, its sequence cut into steps beforehand.',
    'pytorch is `torch.nn.LSTM` on the processor, on one thread, in a process of its own. WebGPU on a software adapter uses all processors.',
    ...tfjsNotes,
  ],
  cases: [
    lstmCase({ batch: 32, steps: 200, inputs: 4, hidden: 128 }, ['tfjs', 'pytorch', 'step by step']),
    lstmCase({ batch: 64, steps: 600, inputs: 4, hidden: 32 }, ['tfjs', 'pytorch']),
    lstmCase({ batch: 64, steps: 1000, inputs: 4, hidden: 32 }, ['pytorch']), // tfjs does not come to an end here
    lstmCase({ batch: 1, steps: 200, inputs: 4, hidden: 32 }, ['step by step']),
  ],
};

type Peer = 'tfjs' | 'pytorch' | 'step by step';

function lstmCase(size: SequenceSize, peers: readonly Peer[]): Case {
  const all: Record<Peer, System[]> = {
    tfjs: tfjs((tf) => withTfjs(tf, size)),
    pytorch: [{ name: 'pytorch', open: async () => pytorchLstm(size, await weightsOf(size)) }],
    'step by step': [{ name: 'step by step', open: async () => stepByStep(await hairpinDevice(), size) }],
  };
  return {
    name: asName(size),
    systems: [
      { name: 'hairpin', open: async () => withHairpin(await hairpinDevice(), size) },
      { name: 'hairpin, portable', open: async () => withHairpin(await portableDevice(), size) },
      ...peers.flatMap((peer) => all[peer]),
    ],
    rounds: 5,
    compare: 3,
    tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
    bars: peers.flatMap((peer) => barsOf(peer, size)),
  };
}

function barsOf(peer: Peer, { batch }: SequenceSize): Bar[] {
  if (peer === 'pytorch') return [{ of: 'hairpin', over: 'pytorch', atMost: 1.2 }];
  if (peer === 'step by step') return [{ of: 'step by step', over: 'hairpin', atLeast: batch === 1 ? 2.5 : 1 }];
  return [
    { of: 'tfjs-webgpu', over: 'hairpin', atLeast: 15 },
    { of: 'tfjs-webgpu', over: 'hairpin, portable', atLeast: 8 },
  ];
}

const lstm = ({ inputs, hidden }: SequenceSize): LSTM => new LSTM({ in: inputs, hidden, rng: new Rng(2) });

function withHairpin(device: Device, size: SequenceSize): Contender {
  const net = lstm(size);
  return trainOn(device, { weights: net.parameters(), forward: (x) => net.forward(x) }, size);
}

function stepByStep(device: Device, size: SequenceSize): Contender {
  const net = lstm(size);
  const cell = net.layers[0].forward!;
  const forward = (x: Tensor) => {
    const outputs: Tensor[] = [];
    let state = cell.init(size.batch, x);
    for (let t = 0; t < size.steps; t++) {
      state = cell.step(state, reshape(slice(x, [0, t], [undefined, t + 1]), [size.batch, size.inputs]));
      outputs.push(cell.output(state));
    }
    return stack(outputs, 1);
  };
  return trainOn(device, { weights: net.parameters(), forward }, size);
}

/** Our weights before training, in PyTorch's order and layouts, which are ours. */
async function weightsOf(size: SequenceSize): Promise<Float32Array[]> {
  await hairpinDevice();
  const weights = Object.values(lstm(size).parameters());
  return Promise.all(weights.map(async (weight) => (await weight.read().data()) as Float32Array));
}

async function withTfjs(tf: Tf, size: SequenceSize): Promise<Contender> {
  const { batch, steps, inputs, hidden } = size;
  const { x, target } = sequences(size);
  const wide = tf.tensor3d(target, [batch, steps, hidden]);
  const cut = tf.tidy(() => tf.unstack(tf.tensor3d(x, [batch, steps, inputs]), 1) as Tensor2D[]);
  const [ofInputs, ofHidden, biasIh, biasHh] = await weightsOf(size);
  const kernel = tf.variable(tf.concat([columns(tf, ofInputs, hidden), columns(tf, ofHidden, hidden)], 0));
  const biases = [biasIh, biasHh].map((bias) => tf.variable(tf.reshape(columns(tf, bias, hidden), [4 * hidden])));
  const loss = () => {
    const bias = tf.add(biases[0], biases[1]) as Tensor1D;
    let [c, h] = [tf.zeros([batch, hidden]), tf.zeros([batch, hidden])] as Tensor2D[];
    const outputs = cut.map((step) => {
      [c, h] = tf.basicLSTMCell(0, kernel as Tensor2D, bias, step, c, h);
      return h;
    });
    return tf.losses.meanSquaredError(wide, tf.stack(outputs, 1)) as Scalar;
  };
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const turn = async () => {
    const value = adam.minimize(loss, true, [kernel, ...biases])!;
    const number = await value.data();
    value.dispose();
    return number;
  };
  return { turn, close: () => [wide, ...cut, kernel, ...biases, adam].forEach((owner) => owner.dispose()) };
}

/** Rows i, f, g, o of a weight [4 · hidden, in] as the columns i, g, f, o of TensorFlow: [in, 4 · hidden]. */
function columns(tf: Tf, weight: Float32Array, hidden: number): Tensor2D {
  return tf.tidy(() => {
    const [i, f, g, o] = tf.split(tf.tensor2d(weight, [4 * hidden, weight.length / (4 * hidden)]), 4, 0);
    return tf.transpose(tf.concat([i, g, f, o], 0)) as Tensor2D;
  });
}
