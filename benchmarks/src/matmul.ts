import { matmul as product, Rng, tensor } from '@hairpin/tensors';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Jax, jax, jaxNotes } from './systems/jax';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';

/** How long does the product of two square matrices take, from the call to the numbers in JavaScript? */
export const matmul: Benchmark = {
  name: 'matmul',
  question: 'How long does the product of two square f32 matrices take, from the call to the numbers in JavaScript?',
  notes: [
    'The factors are on the device from the start; the product is read back whole.',
    ...jaxNotes,
    ...tfjsNotes,
    'tfjs-wasm and tfjs-cpu compute on the processor: native vector code and plain JavaScript.',
  ],
  cases: [128, 256, 512, 1024, 2048].map(square),
};

/** The work of a size. */
export function square(n: number): Case {
  const a = entries(n, 1);
  const b = entries(n, 2);
  return {
    name: `${n}³`,
    systems: [
      { name: 'hairpin', open: () => withHairpin(a, b, n) },
      ...tfjs((tf) => withTfjs(tf, a, b, n), n < 1024 ? ['wasm', 'cpu'] : ['wasm']),
      jax((library) => withJax(library, a, b, n)),
    ],
    repeats: n <= 256 ? 40 : 1,
    rounds: n < 2048 ? 7 : 5,
    tolerance: 1e-5, // f32 adds the n products in different orders
    flop: 2 * n ** 3,
    bars: [{ of: 'tfjs-webgpu', over: 'hairpin', atLeast: 4 }],
  };
}

function entries(n: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: n * n }, () => 2 * rng.next() - 1);
}

async function withHairpin(a: Float32Array, b: Float32Array, n: number): Promise<Contender> {
  await hairpinDevice();
  const [x, w] = [a, b].map((values) => tensor(values, { shape: [n, n] }));
  const turn = async () => {
    using y = product(x, w);
    return (await y.data()) as Float32Array;
  };
  return { turn, close: () => [x, w].forEach((t) => t.dispose()) };
}

function withJax({ jit, numpy: np }: Jax, a: Float32Array, b: Float32Array, n: number): Contender {
  const [x, w] = [a, b].map((values) => np.array(values, { shape: [n, n] }));
  const run = jit(np.matmul);
  const turn = () => run(x.ref, w.ref).data() as Promise<Float32Array>;
  return { turn, close: () => [run, x, w].forEach((owner) => owner.dispose()) };
}

function withTfjs(tf: Tf, a: Float32Array, b: Float32Array, n: number): Contender {
  const [x, w] = [a, b].map((values) => tf.tensor2d(values, [n, n]));
  const turn = async () => {
    const y = tf.matMul(x, w);
    const numbers = await y.data();
    y.dispose();
    return numbers;
  };
  return { turn, close: () => tf.dispose([x, w]) };
}
