import { tensor } from '../create';
import type { DType } from '../dtype';
import { grad } from '../grad';
import { flattenNest, mapNest } from '../nest';
import { sum } from '../ops/broadcast';
import { add, mul } from '../ops/elementwise';
import { Parameter } from '../parameter';
import { Rng } from '../random';
import { range } from '../shape';
import type { Tensor } from '../tensor';

/** What a gradient is compared with, and how closely. */
export interface GradientCheck {
  /** Largest distance allowed: 1e-6 unless said, and 2e-2 for f32, whose differences know no better. */
  readonly tolerance?: number;
  /** 2 checks the gradient of the gradient (of its product with random numbers). */
  readonly order?: 1 | 2;
  /** Of the random cotangents. */
  readonly seed?: number;
  /** Elements of each tensor that are nudged, drawn at random where there are more: 64 unless said. */
  readonly elements?: number;
}

type Leaf = Tensor | Parameter;
type Function<W> = (wrt: W) => Tensor;

/**
 * Compares the gradient of f with central differences and raises an error where they disagree. The cotangent of f's
 * result is random, so that a backward rule which ignores what comes in is found out. `wrt` is a tensor, a parameter
 * or a nest of them, best in f64 on the CPU device; what f captures is constant.
 */
export async function checkGradient<W>(f: Function<W>, wrt: W, options: GradientCheck = {}): Promise<void> {
  const { order = 1, seed = 1, elements = 64 } = options;
  const loss = order === 1 ? weighted(f, seed) : slope(f, seed);
  const gradients = flattenNest(grad(loss)(wrt)) as Tensor[];
  const size = Math.abs(await loss(wrt).item());
  for (const [i, leaf] of (flattenNest(wrt) as Leaf[]).entries()) {
    const values = Float64Array.from(await leaf.data());
    const places = new Rng(seed).shuffle(range(values.length)).slice(0, elements);
    const exact = await gradients[i].data();
    const numeric: number[] = [];
    for (const place of places) numeric.push(await difference(loss, wrt, i, values, place));
    const found = places.map((place) => exact[place]);
    assertAgree(found, numeric, { ...precision(leaf.dtype, options), size, where: `input ${i}`, places });
  }
}

/** Numbers of either sign, between ½ and 1½ in size: the cotangent of y. */
export function cotangent(y: Tensor, seed: number): Tensor {
  const rng = new Rng(seed);
  const draw = () => (rng.next() < 0.5 ? -1 : 1) * (0.5 + rng.next());
  const values = Float64Array.from({ length: y.size }, draw);
  return tensor(values, { shape: y.shape, dtype: y.dtype, ...(y.device && { device: y.device }) });
}

/** Σ c · f for random c. */
export const weighted =
  <W>(f: Function<W>, seed: number): Function<W> =>
  (wrt) => {
    const y = f(wrt);
    return sum(mul(y, cotangent(y, seed)));
  };

/** Σ d · ∇(Σ c · f) for random c and d: what a gradient of second order is the gradient of. */
export const slope =
  <W>(f: Function<W>, seed: number): Function<W> =>
  (wrt) => {
    const gradients = flattenNest(grad(weighted(f, seed))(wrt)) as Tensor[];
    return gradients.map((g, i) => sum(mul(g, cotangent(g, seed + 1 + i)))).reduce((a, b) => add(a, b));
  };

/** The steps and tolerances that a dtype allows: a step of about the cube root of its rounding. */
const precision = (dtype: DType, { tolerance }: GradientCheck) =>
  dtype === 'f64' ? { tolerance: tolerance ?? 1e-6, noise: 1e-8 } : { tolerance: tolerance ?? 2e-2, noise: 1e-4 };

const step = (dtype: DType, x: number): number =>
  (dtype === 'f64' ? 1e-5 : 1e-2) * Math.max(Math.sqrt(Math.abs(x)), 0.1);

async function difference<W>(
  loss: Function<W>,
  wrt: W,
  i: number,
  values: Float64Array,
  place: number,
): Promise<number> {
  const h = step((flattenNest(wrt) as Leaf[])[i].dtype, values[place]);
  const at = (x: number) => lossWith(loss, wrt, i, values.with(place, x));
  return ((await at(values[place] + h)) - (await at(values[place] - h))) / (2 * h);
}

/** The loss with other values in leaf i. */
async function lossWith<W>(loss: Function<W>, wrt: W, i: number, values: Float64Array): Promise<number> {
  const leaf = (flattenNest(wrt) as Leaf[])[i];
  const nudged = tensor(values, { shape: leaf.shape, dtype: leaf.dtype, ...(leaf.device && { device: leaf.device }) });
  if (leaf instanceof Parameter) return withValue(leaf, nudged, () => loss(wrt).item());
  let at = 0;
  return loss(mapNest(wrt, (other) => (at++ === i ? nudged : other)) as W).item();
}

async function withValue<T>(parameter: Parameter, value: Tensor, body: () => Promise<T>): Promise<T> {
  const before = parameter.read();
  parameter.assign(value);
  try {
    return await body();
  } finally {
    parameter.assign(before);
  }
}

interface Agreement {
  readonly tolerance: number;
  /** Rounding of a difference, as a share of the loss. */
  readonly noise: number;
  readonly size: number;
  readonly where: string;
  readonly places: readonly number[];
}

function assertAgree(
  exact: readonly number[],
  numeric: readonly number[],
  { tolerance, noise, size, where, places }: Agreement,
) {
  const largest = numeric.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const allowed = tolerance * largest + noise * size;
  const at = exact.findIndex((x, i) => !(Math.abs(x - numeric[i]) <= allowed)); // NaN is never within
  if (at >= 0)
    throw new Error(
      `checkGradient: ${where} at ${places[at]}: gradient ${exact[at]}, central difference ${numeric[at]} (allowed ${allowed.toExponential(1)})`,
    );
}
