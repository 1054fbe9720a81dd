import { LSTM } from '@hairpin/layers';
import { type Device, reshape, Rng, slice, stack, type Tensor } from '@hairpin/tensors';
import type { Bar, Benchmark, Case, Contender, System } from './harness/benchmark';
import { hairpinDevice, portableDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { asName, sequences, type SequenceSize } from './training/examples';
import { type Model, trainOn, weightsOf } from './training/hairpin';
import { pytorchNotes, trainWithPytorch } from './training/pytorch';
import { trainWithTfjs } from './training/tfjs';
import { cut, TfLstm } from './training/tfjs-cells';

/** How long does a training step of an LSTM take? */
export const lstm: Benchmark = {
  name: 'lstm',
  question:
    'How long does a training step of an LSTM take: forward, backward through all steps, and Adam? Sizes are batch × steps, inputs → hidden.',
  notes: [
    'The loss is the mean squared distance of all outputs from targets; gradients are taken of all parameters, none of the inputs. The batch is where the system computes, the loss is read back after each step. All begin with the same weights, and the losses of the first three steps agree.',
    '`portable` is Hairpin on a device with default limits and no features, so without subgroups. `step by step` is the same cell in a plain loop over time inside the compiled step: what a user would write without `scan`, and about what a loop costs that no kernel runs.',
    'tfjs uses `tf.basicLSTMCell`, its sequence cut into steps beforehand. 1 000 steps are not put to it: on this adapter its gradient of so many ends the whole process (signal 11).',
    ...pytorchNotes,
    ...tfjsNotes,
  ],
  cases: [
    lstmCase({ batch: 32, steps: 200, inputs: 4, hidden: 128 }, ['tfjs', 'pytorch', 'step by step']),
    lstmCase({ batch: 64, steps: 600, inputs: 4, hidden: 32 }, ['tfjs', 'pytorch']),
    lstmCase({ batch: 64, steps: 1000, inputs: 4, hidden: 32 }, ['pytorch']),
    lstmCase({ batch: 1, steps: 200, inputs: 4, hidden: 32 }, ['step by step']),
  ],
};

type Peer = 'tfjs' | 'pytorch' | 'step by step';

/** The work of a size. */
export function lstmCase(size: SequenceSize, peers: readonly Peer[]): Case {
  const all: Record<Peer, () => System[]> = {
    tfjs: () => tfjs((tf) => withTfjs(tf, size)),
    pytorch: () =>
      trainWithPytorch(
        { model: 'lstm', sizes: { ...size } },
        () => model(size),
        () => sequences(size),
      ),
    'step by step': () => [{ name: 'step by step', open: async () => stepByStep(await hairpinDevice(), size) }],
  };
  return {
    name: asName(size),
    systems: [
      { name: 'hairpin', open: async () => withHairpin(await hairpinDevice(), size) },
      { name: 'hairpin, portable', open: async () => withHairpin(await portableDevice(), size) },
      ...peers.flatMap((peer) => all[peer]()),
    ],
    rounds: 5,
    compare: 3,
    tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
    bars: peers.flatMap((peer) => barsOf(peer, size)),
  };
}

function barsOf(peer: Peer, { batch, steps }: SequenceSize): Bar[] {
  if (peer === 'tfjs' && steps >= 1000) return [];
  if (peer === 'pytorch') return [{ of: 'hairpin', over: 'pytorch', atMost: 1.2 }];
  if (peer === 'step by step') return [{ of: 'step by step', over: 'hairpin', atLeast: batch === 1 ? 2.5 : 1 }];
  return [
    { of: 'tfjs-webgpu', over: 'hairpin', atLeast: 15 },
    { of: 'tfjs-webgpu', over: 'hairpin, portable', atLeast: 8 },
  ];
}

const net = ({ inputs, hidden }: SequenceSize): LSTM => new LSTM({ in: inputs, hidden, rng: new Rng(2) });

function model(size: SequenceSize): Model {
  const lstm = net(size);
  return { weights: lstm.parameters(), forward: (x) => lstm.forward(x) };
}

const withHairpin = (device: Device, size: SequenceSize): Contender => trainOn(device, model(size), sequences(size));

function stepByStep(device: Device, size: SequenceSize): Contender {
  const lstm = net(size);
  const cell = lstm.layers[0].forward!;
  const forward = (x: Tensor) => {
    const outputs: Tensor[] = [];
    let state = cell.init(size.batch, x);
    for (let t = 0; t < size.steps; t++) {
      state = cell.step(state, reshape(slice(x, [0, t], [undefined, t + 1]), [size.batch, size.inputs]));
      outputs.push(cell.output(state));
    }
    return stack(outputs, 1);
  };
  return trainOn(device, { weights: lstm.parameters(), forward }, sequences(size));
}

async function withTfjs(tf: Tf, size: SequenceSize): Promise<Contender> {
  const { x, target } = sequences(size);
  const walked = new TfLstm(tf, await weightsOf(() => model(size)), size.hidden);
  const steps = cut(tf, x);
  const forward = () => tf.stack(walked.walk(steps), 1);
  return trainWithTfjs(tf, { variables: walked.variables, inputs: steps, forward }, target);
}
