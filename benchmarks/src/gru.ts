import { GRU } from '@hairpin/layers';
import { Rng } from '@hairpin/tensors';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { asName, sequences, type SequenceSize } from './training/examples';
import { type Model, trainOn, weightsOf } from './training/hairpin';
import { pytorchNotes, trainWithPytorch } from './training/pytorch';
import { trainWithTfjs } from './training/tfjs';

/** How long does a training step of a GRU take? */
export const gru: Benchmark = {
  name: 'gru',
  question:
    'How long does a training step of a GRU take: forward, backward through all steps, and Adam? Sizes are batch × steps, inputs → hidden.',
  notes: [
    'The training step is that of `lstm`. All begin with the same weights, and the losses of the first three steps agree.',
    'tfjs has no GRU in its core: here it is the equation in its products and activations, the products of the inputs taken for all steps at once.',
    ...pytorchNotes,
    ...tfjsNotes,
  ],
  cases: [
    gruCase({ batch: 32, steps: 200, inputs: 4, hidden: 128 }),
    gruCase({ batch: 64, steps: 600, inputs: 4, hidden: 32 }),
  ],
};

function gruCase(size: SequenceSize): Case {
  const make = () => model(size);
  return {
    name: asName(size),
    systems: [
      { name: 'hairpin', open: async () => trainOn(await hairpinDevice(), make(), sequences(size)) },
      ...tfjs((tf) => withTfjs(tf, size)),
      ...trainWithPytorch({ model: 'gru', sizes: { ...size } }, make, () => sequences(size)),
    ],
    rounds: 5,
    compare: 3,
    tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
  };
}

function model({ inputs, hidden }: SequenceSize): Model {
  const net = new GRU({ in: inputs, hidden, rng: new Rng(2) });
  return { weights: net.parameters(), forward: (x) => net.forward(x) };
}

/** n = tanh(x_n + r⊙(U_n·h + b_n)), h′ = (1 − z)⊙n + z⊙h */
async function withTfjs(tf: Tf, size: SequenceSize): Promise<Contender> {
  const { batch, steps, inputs, hidden } = size;
  const { x, target } = sequences(size);
  const weights = await weightsOf(() => model(size));
  const variables = weights.map((rows, i) =>
    i < 2 ? tf.variable(tf.transpose(tf.tensor2d(rows, [3 * hidden, rows.length / (3 * hidden)]))) : tf.variable(tf.tensor1d(rows)),
  ); // prettier-ignore
  const [w, u, bw, bu] = variables;
  const flat = tf.tensor2d(x.values, [batch * steps, inputs]);
  const forward = () => {
    const given = tf.unstack(tf.reshape(tf.add(tf.matMul(flat, w), bw), [batch, steps, 3 * hidden]), 1);
    let h = tf.zeros([batch, hidden]) as Tensor2D;
    const outputs = given.map((step) => {
      const [xr, xz, xn] = tf.split(step, 3, 1);
      const [hr, hz, hn] = tf.split(tf.add(tf.matMul(h, u), bu), 3, 1);
      const [r, z] = [tf.sigmoid(tf.add(xr, hr)), tf.sigmoid(tf.add(xz, hz))];
      const n = tf.tanh(tf.add(xn, tf.mul(r, hn)));
      return (h = tf.add(n, tf.mul(z, tf.sub(h, n))) as Tensor2D);
    });
    return tf.stack(outputs, 1);
  };
  return trainWithTfjs(tf, { variables, inputs: [flat], forward }, target);
}
