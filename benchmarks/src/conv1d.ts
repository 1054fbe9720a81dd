import { Conv1d } from '@hairpin/layers';
import { Rng } from '@hairpin/tensors';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import type { Benchmark, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Jax, type JaxArray, jax, jaxNotes } from './systems/jax';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { type Examples, type Numbers, uniform } from './training/examples';
import { type Model, trainOn, weightsOf } from './training/hairpin';
import { trainWithJax } from './training/jax';
import { pytorchNotes, trainWithPytorch } from './training/pytorch';
import { asTf, trainWithTfjs } from './training/tfjs';

const [batch, length, inputs, filters, width] = [64, 1000, 4, 64, 19];
const positions = length - width + 1;

/** How long does a training step of a convolution over sequences take? */
export const conv1d: Benchmark = {
  name: 'conv1d',
  question: `How long does a training step of a convolution take, ${batch} sequences of ${length} × ${inputs}, ${filters} filters of width ${width}: forward, backward and Adam?`,
  notes: [
    'The loss is the mean squared distance of all outputs from targets, without padding; gradients are taken of filters and biases, none of the inputs. The operations counted are those of the convolution and of the gradient of its filters.',
    'All begin with the same weights, and the losses of the first three steps agree.',
    'pytorch and jax-js have channels before positions, and are given their numbers so.',
    ...pytorchNotes,
    ...jaxNotes,
    ...tfjsNotes,
    'Of the other backends, tfjs-wasm has no gradient of convolution.',
  ],
  cases: [
    {
      name: `${batch} × ${length} × ${inputs} → ${filters}, width ${width}`,
      systems: [
        { name: 'hairpin', open: async () => trainOn(await hairpinDevice(), model(), examples()) },
        ...tfjs(withTfjs),
        jax(withJax),
        ...trainWithPytorch({ model: 'conv1d', sizes: { inputs, filters, width } }, model, examples),
      ],
      compare: 3,
      tolerance: 1e-4, // Adam divides by small gradients, which carry the rounding of f32
      flop: 2 * 2 * batch * positions * inputs * filters * width,
      bars: [{ of: 'tfjs-webgpu', over: 'hairpin', atLeast: 3 }],
    },
  ],
};

function examples(): Examples {
  const rng = new Rng(1);
  return { x: uniform(rng, batch, length, inputs), target: uniform(rng, batch, positions, filters) };
}

function model(): Model {
  const net = new Conv1d({ in: inputs, out: filters, width, rng: new Rng(2) });
  return { weights: net.parameters(), forward: (x) => net.forward(x) };
}

async function withTfjs(tf: Tf): Promise<Contender> {
  const [weight, bias] = await weightsOf(model);
  const { x, target } = examples();
  const kernel = tf.variable(tf.transpose(tf.tensor3d(weight, [filters, inputs, width]), [2, 1, 0])); // [width, in, out]
  const shift = tf.variable(tf.tensor1d(bias));
  const given = asTf(tf, x) as Tensor3D;
  const forward = () => tf.add(tf.conv1d(given, kernel as Tensor as Tensor3D, 1, 'valid'), shift);
  return trainWithTfjs(tf, { variables: [kernel, shift], inputs: [given], forward }, target);
}

async function withJax(library: Jax): Promise<Contender> {
  const [weight, bias] = await weightsOf(model);
  const { x, target } = examples();
  const weights: Numbers[] = [
    { values: weight, shape: [filters, inputs, width] },
    { values: bias, shape: [1, filters, 1] },
  ];
  const forward = ([kernel, shift]: JaxArray[], x: JaxArray) => library.lax.conv(x, kernel, [1], 'VALID').add(shift);
  return trainWithJax(library, { weights, forward }, { x: channelsFirst(x), target: channelsFirst(target) });
}

/** [batch, length, channels] as [batch, channels, length]. */
function channelsFirst({ values, shape: [rows, positions, channels] }: Numbers): Numbers {
  const turned = new Float32Array(values.length);
  values.forEach((value, i) => {
    const [row, position, channel] = [
      Math.floor(i / (positions * channels)),
      Math.floor(i / channels) % positions,
      i % channels,
    ];
    turned[(row * channels + channel) * positions + position] = value;
  });
  return { values: turned, shape: [rows, channels, positions] };
}
