import { add, compile, maximum, mul, slice, softmax, sub, type Tensor, tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import type * as tfjsCore from '@tensorflow/tfjs-core';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Jax, type JaxArray, jax, jaxNotes } from './systems/jax';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { type Numbers, uniform } from './training/examples';

const [rows, columns] = [4096, 1024];

/** One piece of work, as each system writes it. x: [rows, columns], a: [columns] */
interface Work {
  readonly name: string;
  readonly hairpin: (x: Tensor, a: Tensor) => Tensor;
  readonly tfjs: (tf: Tf, x: tfjsCore.Tensor, a: tfjsCore.Tensor) => tfjsCore.Tensor;
  readonly jax: (jax: Jax, x: JaxArray, a: JaxArray) => JaxArray;
}

const chain: Work = {
  name: 'x·max(a·x + a, 0) − a',
  hairpin: (x, a) => sub(mul(x, maximum(add(mul(a, x), a), 0)), a),
  tfjs: (tf, x, a) => tf.sub(tf.mul(x, tf.maximum(tf.add(tf.mul(a, x), a), 0)), a),
  jax: ({ numpy: np }, x, a) => x.ref.mul(np.maximum(a.ref.mul(x).add(a.ref), 0)).sub(a),
};

const rowwise: Work = {
  name: 'softmax',
  hairpin: (x) => softmax(x),
  tfjs: (tf, x) => tf.softmax(x),
  jax: ({ nn }, x, a) => {
    a.dispose();
    return nn.softmax(x);
  },
};

/** How close to the memory's own speed do operations come that compute little? */
export const elementwise: Benchmark = {
  name: 'elementwise',
  question: `How long do five elementwise operations in a chain take, and a softmax of rows, on ${rows} × ${columns} numbers?`,
  notes: [
    'Numbers are on the device before and after; the last row is read back. The rate counts one read and one write of each number, which is the least that can be done.',
    'Hairpin runs what it was given under `compile`.',
    ...jaxNotes,
    ...tfjsNotes,
  ],
  cases: [chain, rowwise].map(asCase),
};

function asCase(work: Work): Case {
  const rng = new Rng(1);
  const given = [uniform(rng, rows, columns), uniform(rng, columns)] as const;
  return {
    name: work.name,
    systems: [
      { name: 'hairpin', open: () => withHairpin(work, given) },
      ...tfjs((tf) => withTfjs(tf, work, given), ['wasm']),
      jax((library) => withJax(library, work, given)),
    ],
    tolerance: 1e-5, // f32 adds a row's exponentials in different orders
    bytes: 2 * 4 * rows * columns,
  };
}

type Given = readonly [x: Numbers, a: Numbers];

async function withHairpin({ hairpin }: Work, given: Given): Promise<Contender> {
  await hairpinDevice();
  const [x, a] = given.map(({ values, shape }) => tensor(values, { shape }));
  const run = compile(hairpin);
  const turn = async () => {
    using y = await run(x, a);
    using last = slice(y, [rows - 1]);
    return (await last.data()) as Float32Array;
  };
  return { turn, close: () => [run, x, a].forEach((owner) => owner.dispose()) };
}

function withTfjs(tf: Tf, work: Work, given: Given): Contender {
  const [x, a] = given.map(({ values, shape }) => tf.tensor(values, [...shape]));
  const turn = async () => {
    const y = tf.tidy(() => tf.slice(work.tfjs(tf, x, a), [rows - 1, 0], [1, columns]));
    const numbers = (await y.data()) as Float32Array;
    y.dispose();
    return numbers;
  };
  return { turn, close: () => tf.dispose([x, a]) };
}

function withJax(library: Jax, work: Work, given: Given): Contender {
  const { numpy: np, jit } = library;
  const [x, a] = given.map(({ values, shape }) => np.array(values, { shape: [...shape] }));
  const run = jit((x: JaxArray, a: JaxArray) => work.jax(library, x, a));
  const turn = async () => run(x.ref, a.ref).slice(-1).data() as Promise<Float32Array>;
  return { turn, close: () => [run, x, a].forEach((owner) => owner.dispose()) };
}
