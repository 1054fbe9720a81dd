import { compile, linearScan as scanLinear, mul, scan, add, slice, sum, type Tensor, tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import type * as tfjsCore from '@tensorflow/tfjs-core';
import type { Benchmark, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { type Numbers, uniform } from './training/examples';

const [length, channels] = [50_000, 64];

/** How long does a recurrence without a product of its state take, over a long sequence? */
export const linearScan: Benchmark = {
  name: 'linear-scan',
  question: `How long does h′ = a⊙h + b take over ${length.toLocaleString('en')} steps of ${channels} channels, with a and b given for each step?`,
  notes: [
    'What is read back is the sum of all h over time. `scan` is the same recurrence through the general loop, one step after the other.',
    'tfjs has no such operation, and a loop of that many steps does not come to an end; here it doubles the reach of each step 16 times (Hillis & Steele 1986).',
    'JavaScript is a plain loop on one thread of the processor.',
    ...tfjsNotes,
  ],
  cases: [
    {
      name: `${length} × ${channels}`,
      systems: [
        { name: 'hairpin', open: () => withHairpin(scanLinear) },
        { name: 'scan', open: () => withHairpin(oneByOne) },
        ...tfjs(withTfjs, ['wasm']),
        { name: 'JavaScript', open: async () => inJavaScript() },
      ],
      tolerance: 1e-4, // f32 adds 50 000 numbers in different orders
      bytes: 3 * 4 * length * channels,
    },
  ],
};

/** Factors between 0.5 and 1, so that what a step adds is felt over many, and what is added. [1, length, channels] */
function given(): readonly [a: Numbers, b: Numbers] {
  const rng = new Rng(1);
  const [{ values, shape }, b] = [1, 2].map(() => uniform(rng, 1, length, channels));
  return [{ values: values.map((x) => 0.75 + 0.25 * x), shape }, b];
}

const oneByOne = (a: Tensor, b: Tensor): Tensor =>
  scan(
    (h: Tensor, x: { a: Tensor; b: Tensor }) => {
      const next = add(mul(x.a, h), x.b);
      return [next, next];
    },
    mul(slice(b, [0, 0], [undefined, 1]).reshape([1, channels]), 0),
    { a, b },
  )[1];

async function withHairpin(run: (a: Tensor, b: Tensor) => Tensor): Promise<Contender> {
  await hairpinDevice();
  const [a, b] = given().map(({ values, shape }) => tensor(values, { shape }));
  const total = compile((a: Tensor, b: Tensor) => sum(run(a, b), 1));
  const turn = async () => {
    using y = await total(a, b);
    return (await y.data()) as Float32Array;
  };
  return { turn, close: () => [total, a, b].forEach((owner) => owner.dispose()) };
}

/** Each round composes a step with the one `reach` before it: (a, b)∘(a₀, b₀) = (a·a₀, a·b₀ + b). */
function withTfjs(tf: Tf): Contender {
  const [a, b] = given().map(({ values }) => tf.tensor2d(values, [length, channels]));
  const moved = (t: tfjsCore.Tensor2D, reach: number, value: number) =>
    tf.pad(tf.slice(t, [0, 0], [length - reach, channels]), [[reach, 0], [0, 0]], value); // prettier-ignore
  const total = () => {
    let [factor, added] = [a, b];
    for (let reach = 1; reach < length; reach *= 2) {
      added = tf.add(tf.mul(factor, moved(added, reach, 0)), added);
      factor = tf.mul(factor, moved(factor, reach, 1));
    }
    return tf.sum(added, 0);
  };
  const turn = async () => {
    const y = tf.tidy(total);
    const numbers = (await y.data()) as Float32Array;
    y.dispose();
    return numbers;
  };
  return { turn, close: () => tf.dispose([a, b]) };
}

function inJavaScript(): Contender {
  const [a, b] = given().map(({ values }) => values);
  const turn = async () => {
    const [h, total] = [new Float32Array(channels), new Float64Array(channels)];
    for (let at = 0; at < length * channels; at += channels)
      for (let i = 0; i < channels; i++) total[i] += h[i] = a[at + i] * h[i] + b[at + i];
    return total;
  };
  return { turn, close: () => undefined };
}
