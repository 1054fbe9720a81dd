import { LSTM } from '@hairpin/layers';
import { compile, Rng, type Tensor, tensor } from '@hairpin/tensors';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import type { OnnxGraph } from './systems/onnx-model';
import { onnxruntime, onnxruntimeNotes } from './systems/onnxruntime';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { asName, type Numbers, sequences, type SequenceSize } from './training/examples';
import { weightsOf } from './training/hairpin';
import { bidirectional, cut, TfLstm } from './training/tfjs-cells';

/** How long does an LSTM in both directions take over sequences? */
export const bilstmInference: Benchmark = {
  name: 'bilstm-inference',
  question:
    'How long does an LSTM in both directions take, from sequences to its outputs in JavaScript? Sizes are batch × steps, inputs → hidden, twice.',
  notes: [
    'The sequences are where the system computes; all outputs are read back.',
    'tfjs uses `tf.basicLSTMCell`, its sequence cut into steps beforehand.',
    ...onnxruntimeNotes,
    ...tfjsNotes,
  ],
  cases: [
    { batch: 32, steps: 200, inputs: 4, hidden: 128 },
    { batch: 1, steps: 1000, inputs: 4, hidden: 64 },
  ].map(bothWays),
};

/** The work of a size. */
export function bothWays(size: SequenceSize): Case {
  return {
    name: asName(size),
    systems: [
      { name: 'hairpin', open: () => withHairpin(size) },
      ...tfjs((tf) => withTfjs(tf, size)),
      onnxruntime(async () => ({ graph: await asGraph(size), x: sequences(size).x })),
    ],
    rounds: 5,
    tolerance: 1e-4, // f32 through many steps, each with its own sums and its own tanh
  };
}

function model({ inputs, hidden }: SequenceSize) {
  const net = new LSTM({ in: inputs, hidden, direction: 'bidirectional', rng: new Rng(2) });
  return { weights: net.parameters(), forward: (x: Tensor) => net.forward(x) };
}

async function withHairpin(size: SequenceSize): Promise<Contender> {
  await hairpinDevice();
  const { values, shape } = sequences(size).x;
  const x = tensor(values, { shape });
  const run = compile(model(size).forward);
  const turn = async () => {
    using y = await run(x);
    return (await y.data()) as Float32Array;
  };
  return { turn, close: () => [run, x].forEach((owner) => owner.dispose()) };
}

async function withTfjs(tf: Tf, size: SequenceSize): Promise<Contender> {
  const weights = await weightsOf(() => model(size));
  const [there, back] = [weights.slice(0, 4), weights.slice(4)].map((part) => new TfLstm(tf, part, size.hidden));
  const steps = cut(tf, sequences(size).x);
  const turn = async () => {
    const y = tf.tidy(() => bidirectional(tf, there, back, steps));
    const numbers = (await y.data()) as Float32Array;
    y.dispose();
    return numbers;
  };
  return { turn, close: () => tf.dispose([...steps, ...there.variables, ...back.variables]) };
}

/** ONNX has steps before the batch, both directions in one node, and gates in the order i, o, f, c. */
async function asGraph(size: SequenceSize): Promise<OnnxGraph> {
  const { batch, steps, inputs, hidden } = size;
  const [wf, uf, bf, cf, wr, ur, br, cr] = (await weightsOf(() => model(size))).map((rows) => reordered(rows, hidden));
  const part = (shape: number[], ...values: Float32Array[]): Numbers => ({ values: joined(values), shape });
  return {
    nodes: [
      { op: 'Transpose', inputs: ['x'], outputs: ['steps'], attributes: { perm: [1, 0, 2] } },
      {
        op: 'LSTM',
        inputs: ['steps', 'w', 'u', 'b'],
        outputs: ['h'], // [steps, directions, batch, hidden]
        attributes: { hidden_size: hidden, direction: 'bidirectional' },
      },
      { op: 'Transpose', inputs: ['h'], outputs: ['rows'], attributes: { perm: [2, 0, 1, 3] } },
      { op: 'Reshape', inputs: ['rows', 'shape'], outputs: ['y'] },
    ],
    weights: {
      w: part([2, 4 * hidden, inputs], wf, wr),
      u: part([2, 4 * hidden, hidden], uf, ur),
      b: part([2, 8 * hidden], bf, cf, br, cr),
    },
    shapes: { shape: [batch, steps, 2 * hidden] },
    x: [batch, steps, inputs],
    y: [batch, steps, 2 * hidden],
  };
}

/** Rows i, f, g, o as i, o, f, g. */
function reordered(rows: Float32Array, hidden: number): Float32Array {
  const gate = rows.length / 4;
  if (!Number.isInteger(gate / hidden)) throw new RangeError(`expected 4 gates of ${hidden} rows, got ${rows.length}`);
  return joined([0, 3, 1, 2].map((i) => rows.subarray(i * gate, (i + 1) * gate)));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((total, { length }) => total + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
