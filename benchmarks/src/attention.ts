import { type AttentionForm, scaledDotProductAttention } from '@hairpin/layers';
import { Rng, tensor } from '@hairpin/tensors';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';
import { type Jax, type JaxArray, jax, jaxNotes } from './systems/jax';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';

/** Queries, keys and values of some heads: [1, heads, length, width]. */
interface Size {
  readonly heads: number;
  readonly length: number;
  readonly width: number;
}

/** How long does attention take without its weights in memory, and with them? */
export const attention: Benchmark = {
  name: 'attention',
  question: 'How long does attention of a sequence to itself take, without its weights in memory and with them?',
  notes: [
    '`hairpin` takes the form that it finds best. `blocked` takes keys in blocks and rescales sums: memory linear in the length. `plain` is two products and a softmax, whose weights can be read. The result is read back whole.',
    ...jaxNotes,
    ...tfjsNotes,
  ],
  cases: [
    { heads: 8, length: 512, width: 64 },
    { heads: 4, length: 512, width: 32 },
    { heads: 4, length: 2048, width: 32 },
  ].map(toItself),
};

function toItself(size: Size): Case {
  const { heads, length, width } = size;
  const numbers = [1, 2, 3].map((seed) => entries(heads * length * width, seed));
  return {
    name: `${heads} heads, ${length} positions, ${width} wide`,
    systems: [
      { name: 'hairpin', open: () => withHairpin(numbers, size) },
      { name: 'blocked', open: () => withHairpin(numbers, size, 'blocked') },
      { name: 'plain', open: () => withHairpin(numbers, size, 'plain') },
      ...tfjs((tf) => withTfjs(tf, numbers, size)),
      jax((library) => withJax(library, numbers, size)),
    ],
    tolerance: 1e-5, // f32 adds the weights in different orders
    flop: 4 * heads * length ** 2 * width,
  };
}

function entries(count: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => rng.normal());
}

const shapeOf = ({ heads, length, width }: Size): [number, number, number, number] => [1, heads, length, width];

async function withHairpin(numbers: readonly Float32Array[], size: Size, form?: AttentionForm): Promise<Contender> {
  await hairpinDevice();
  const [q, k, v] = numbers.map((values) => tensor(values, { shape: shapeOf(size) }));
  const turn = async () => {
    using y = scaledDotProductAttention(q, k, v, { form });
    return (await y.data()) as Float32Array;
  };
  return { turn, close: () => [q, k, v].forEach((t) => t.dispose()) };
}

function withJax({ jit, nn, numpy: np }: Jax, numbers: readonly Float32Array[], size: Size): Contender {
  const [q, k, v] = numbers.map((values) => np.array(values, { shape: shapeOf(size) }));
  const scale = 1 / Math.sqrt(size.width);
  const run = jit((q: JaxArray, k: JaxArray, v: JaxArray) =>
    np.matmul(nn.softmax(np.matmul(q, np.swapaxes(k, 2, 3)).mul(scale)), v),
  );
  const turn = () => run(q.ref, k.ref, v.ref).data() as Promise<Float32Array>;
  return { turn, close: () => [run, q, k, v].forEach((owner) => owner.dispose()) };
}

function withTfjs(tf: Tf, numbers: readonly Float32Array[], size: Size): Contender {
  const [q, k, v] = numbers.map((values) => tf.tensor4d(values, shapeOf(size)));
  const scale = 1 / Math.sqrt(size.width);
  const turn = async () => {
    const y = tf.tidy(() => tf.matMul(tf.softmax(tf.mul(tf.matMul(q, k, false, true), scale)), v));
    const found = await y.data();
    y.dispose();
    return found;
  };
  return { turn, close: () => tf.dispose([q, k, v]) };
}
