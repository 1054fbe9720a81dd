import { HairpinError, Rng, shapeError, tensor, type Tensor, type TypedArray } from '@hairpin/tensors';

/**
 * The references of one example: x is it alone, `[length, channels]` without its padding; the result is `[references, length, channels]`,
 * or one of x's shape. `rng` is the example's own: its letters name it, so its references are the same whatever batch it sits in.
 */
export type References = (x: Tensor, rng: Rng) => Tensor | Promise<Tensor>;

/** `zeros`, `uniform` (1 / channels everywhere), one reference for each example `[batch, …]`, or a function that makes them. */
export type ReferenceChoice = 'zeros' | 'uniform' | Tensor | References;

/** Examples on the host, one after the other. */
export interface Examples {
  readonly data: TypedArray;
  /** That of one example. */
  readonly shape: readonly number[];
  readonly size: number;
  readonly count: number;
  readonly dtype: Tensor['dtype'];
  /** Positions of each that are no padding. */
  readonly lengths: ArrayLike<number> | undefined;
}

/** Reads examples `[batch, …]` and their lengths `[batch]`. */
export async function readExamples(x: Tensor, lengths: Tensor | undefined): Promise<Examples> {
  const [count, ...shape] = x.shape;
  const data = await x.data();
  const size = shape.reduce((a, b) => a * b, 1);
  return { data, shape, size, count, dtype: x.dtype, lengths: await lengths?.data() };
}

/** Example i without its padding. */
function lettersOf({ data, shape, size, lengths }: Examples, i: number): TypedArray {
  const own = lengths ? Math.min(lengths[i], shape[0]) : shape[0];
  return data.slice(i * size, i * size + own * (size / shape[0]));
}

/** The generator of example i: its own letters name it, so that its neighbours in the batch do not matter. */
export const rngOf = (examples: Examples, i: number, seed: number): Rng =>
  new Rng(seed).fork(lettersOf(examples, i).join());

/** The references of example i, one after the other, as numbers. */
export async function referencesOf(choice: ReferenceChoice, examples: Examples, i: number, rng: Rng) {
  if (typeof choice === 'function') return made(choice, examples, i, rng);
  const { size, shape, dtype } = examples;
  if (choice === 'zeros') return like(dtype, new Float64Array(size));
  if (choice === 'uniform') return like(dtype, new Float64Array(size).fill(1 / shape[shape.length - 1]));
  if (choice.shape.join() !== [examples.count, ...shape].join())
    throw shapeError(
      'attribution',
      `references of the shape of x [${[examples.count, ...shape].join(', ')}]`,
      choice.shape,
    );
  return like(dtype, (await choice.data()).subarray(i * size, (i + 1) * size));
}

/** References from a function, made of the example without its padding. */
async function made(references: References, examples: Examples, i: number, rng: Rng) {
  const { shape, size, dtype } = examples;
  const step = size / shape[0];
  const letters = lettersOf(examples, i);
  const [own, rest] = [letters.length / step, shape.slice(1)];
  const found = await references(tensor(letters, { shape: [own, ...rest], dtype }), rng);
  const isOne = found.shape.length === shape.length;
  const wanted = isOne ? found.shape : found.shape.slice(1);
  if (wanted.join() !== [own, ...rest].join() || found.size === 0)
    throw shapeError('attribution', `references [references, ${[own, ...rest].join(', ')}]`, found.shape);
  const count = isOne ? 1 : found.shape[0];
  const padded = new Float64Array(count * size);
  const values = await found.data();
  for (let k = 0; k < count; k++) padded.set(values.subarray(k * own * step, (k + 1) * own * step), k * size);
  if (!padded.every(Number.isFinite)) throw new HairpinError(`attribution: a reference of example ${i} is not finite`);
  return like(dtype, padded);
}

/** Numbers of this dtype. */
export const like = (dtype: Tensor['dtype'], values: ArrayLike<number>): TypedArray =>
  dtype === 'f64' ? Float64Array.from(values) : dtype === 'i32' ? Int32Array.from(values) : Float32Array.from(values);
