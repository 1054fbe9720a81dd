import {
  add,
  cast,
  compile,
  concat,
  cutAt,
  grad,
  type Model,
  mul,
  type Rng,
  type Rule,
  slice,
  sub,
  sum,
  tensor,
  type Tensor,
  type TypedArray,
  valueAndGrad,
} from '@hairpin/tensors';
import {
  type Attribution,
  type AttributionOptions,
  completenessError,
  IncompleteAttribution,
  ROUNDING,
} from './attribution';
import { type Examples, like, readExamples, type ReferenceChoice, referencesOf, rngOf } from './references';
import { beside, takeRows, tensorsOf, withTensors } from './rows';
import { type Scored, scored } from './target';
import { Totals } from './totals';

/** One place at which a slope is taken, on the way from a reference to the input. */
export interface Point {
  /** Which of the example's references. */
  readonly reference: number;
  /** 0 at the reference, 1 at the input. */
  readonly alpha: number;
  /** The weights of an example's points add up to 1. */
  readonly weight: number;
}

/** What makes one method of attribution: where slopes are taken, which slopes, and what they are multiplied by. */
export interface Method {
  readonly name: string;
  readonly references: ReferenceChoice;
  /** The points of an example with so many references; `rng` is the example's own. */
  readonly points: (references: number, rng: Rng) => readonly Point[];
  /** Rules that make differences of the gradient: the slope is then that between reference and input, whatever alpha is. */
  readonly rules?: Readonly<Record<string, Rule>>;
  /** A slope that no gradient gives: its rows for the scored model, x and references. */
  readonly slope?: (f: (x: Tensor) => Tensor, x: Tensor, reference: Tensor) => Tensor;
  /** A slope times x less the reference, or alone. */
  readonly times: 'difference' | 'nothing';
  /** The tolerance unless the caller says otherwise. */
  readonly tolerance: number;
}

/** Rows of one run on the device. */
interface Row extends Point {
  readonly example: number;
  readonly values: TypedArray;
}

const DEFAULT_ROWS = 64;

/** Runs a method over all examples, a fixed number of rows at a time. */
export async function explain(
  method: Method,
  model: Model,
  x: Tensor,
  options: AttributionOptions,
): Promise<Attribution> {
  const { batchSize = DEFAULT_ROWS, context, signal, onProgress, seed = 0, tolerance = method.tolerance } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`${method.name}: expected a batchSize that is a whole number ≥ 1, got ${batchSize}`);
  const examples = await readExamples(x, context?.lengths);
  const told = await hostTensors(tensorsOf(context));
  const slopes = compile(slopesOf(method, scored(model, options.target), options));
  const totals = new Totals(method.times, examples);
  try {
    let waiting: Row[] = [];
    const flush = async (rows: readonly Row[]) => {
      signal?.throwIfAborted();
      totals.add(rows, await run(slopes, rows, batchSize, x, examples, told));
    };
    for (let i = 0; i < examples.count; i++) {
      const rng = rngOf(examples, i, seed);
      const references = await referencesOf(method.references, examples, i, rng);
      const points = method.points(references.length / examples.size, rng.fork('points'));
      waiting.push(...points.map((point) => rowOf(point, i, references, examples)));
      for (; waiting.length >= batchSize; waiting = waiting.slice(batchSize)) await flush(waiting.slice(0, batchSize));
      onProgress?.(i + 1 - Math.min(waiting.length, 1), examples.count);
    }
    if (waiting.length > 0) await flush(waiting);
    onProgress?.(examples.count, examples.count);
  } finally {
    slopes.dispose();
  }
  return finish(method, totals, x, tolerance);
}

const rowOf = (point: Point, example: number, references: TypedArray, { size }: Examples): Row => {
  const start = point.reference * size;
  return { ...point, example, values: references.subarray(start, start + size) };
};

// ---- on the device -----------------------------------------------------------------------------------------------------

type Told = Readonly<Record<string, Tensor>>;
type Slopes = (x: Tensor, reference: Tensor, alpha: Tensor, told: Told) => Record<string, Tensor>;

/** The slope of every row, and what it belongs to. */
function slopesOf(method: Method, f: Scored, { at, context }: AttributionOptions): Slopes {
  return (x, reference, alpha, told) => {
    const score = (rows: Tensor, times = 1) => f(rows, withTensors(context, repeatTensors(told, times)));
    if (at === undefined) {
      const ends = { output: score(x), reference: score(reference) };
      return { ...slopeAt(method, (rows) => score(rows, rows.shape[0] / x.shape[0]), x, reference, alpha, ends) };
    }
    const both = cutAt(score(concat([x, reference], 0), 2), at);
    const one = cutAt(score(x), at);
    const [h, h0] = [slice(both.at, [0], [both.at.shape[0] / 2]), slice(both.at, [both.at.shape[0] / 2])];
    const head = (value: Tensor) => (value.shape[0] === both.at.shape[0] ? both : one).head(value);
    const ends = { output: score(x), reference: score(reference) };
    return { ...slopeAt(method, head, h, h0, alpha, ends), x: h, x0: h0 };
  };
}

const repeatTensors = (told: Told, times: number): Told =>
  times === 1 ? told : Object.fromEntries(Object.entries(told).map(([name, t]) => [name, concat([t, t], 0)]));

type Ends = Readonly<Record<'output' | 'reference', Tensor>>;

function slopeAt(method: Method, f: (rows: Tensor) => Tensor, x: Tensor, x0: Tensor, alpha: Tensor, ends: Ends) {
  if (method.slope) return { slope: method.slope(f, x, x0), ...ends };
  if (method.rules) {
    const { value, grad: slope, baseline } = valueAndGrad(f, { rules: method.rules, baseline: x0 })(x);
    return { slope, output: value, reference: baseline! };
  }
  const point = add(x0, mul(sub(x, x0), beside(cast(alpha, x.dtype), x)));
  return { slope: grad((rows: Tensor) => sum(f(rows)))(point), ...ends };
}

/** What the device gave for some rows. */
export interface Found {
  readonly slope: ArrayLike<number>;
  readonly output: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
  readonly x?: ArrayLike<number>;
  readonly x0?: ArrayLike<number>;
  /** Shape of one row's slope. */
  readonly shape: readonly number[];
}

interface HostTensors {
  readonly [name: string]: { readonly data: TypedArray; readonly like: Tensor };
}

async function hostTensors(told: Told): Promise<HostTensors> {
  const read = async ([name, like]: [string, Tensor]) => [name, { data: await like.data(), like }] as const;
  return Object.fromEntries(await Promise.all(Object.entries(told).map(read)));
}

type Compiled = (...args: Parameters<Slopes>) => Promise<Record<string, Tensor>>;

async function run(
  slopes: Compiled,
  rows: readonly Row[],
  count: number,
  x: Tensor,
  examples: Examples,
  host: HostTensors,
) {
  const full = Array.from({ length: count }, (_, i) => rows[Math.min(i, rows.length - 1)]); // fillers repeat the last row
  const numbers = full.map(({ example }) => example);
  const values = like(examples.dtype, new Float64Array(count * examples.size));
  full.forEach((row, i) => values.set(row.values, i * examples.size));
  const device = x.device && { device: x.device };
  const points = like(x.dtype === 'f64' ? 'f64' : 'f32', full.map(({ alpha }) => alpha)); // prettier-ignore
  const told = Object.entries(host).map(([name, { data, like: t }]) => [
    name,
    takeRows(data, t.size / t.shape[0], numbers, t),
  ]);
  const found = await slopes(
    takeRows(examples.data, examples.size, numbers, x),
    tensor(values, { shape: [count, ...examples.shape], dtype: examples.dtype, ...device }),
    tensor(points, { ...device }),
    Object.fromEntries(told) as Told,
  );
  const read = await Promise.all(Object.entries(found).map(async ([name, t]) => [name, await t.data()] as const));
  for (const t of Object.values(found)) t.dispose();
  return { ...Object.fromEntries(read), shape: found.slope.shape.slice(1) } as unknown as Found;
}

// ---- on the host -------------------------------------------------------------------------------------------------------

function finish(method: Method, totals: Totals, x: Tensor, tolerance: number): Attribution {
  const { shape, contributions, multipliers, hypothetical, output, reference } = totals;
  const size = contributions.length / Math.max(output.length, 1);
  const delta = new Float64Array(output.length);
  const error = Float64Array.from(output, (value, i) => {
    const own = contributions.subarray(i * size, (i + 1) * size);
    const absolute = own.reduce((a, b) => a + Math.abs(b), 0);
    const total = own.reduce((a, b) => a + b, 0);
    delta[i] = total - (value - reference[i]);
    const found = completenessError(delta[i], absolute);
    const rounding = ROUNDING * (Math.abs(value) + Math.abs(reference[i]));
    if (!(found <= tolerance) && !(Math.abs(delta[i]) <= rounding))
      throw new IncompleteAttribution(i, found, method.name, tolerance);
    return found;
  });
  const dtype = x.dtype === 'f64' ? 'f64' : 'f32';
  const whole = (values: Float64Array) =>
    tensor(like(dtype, values), { shape: [output.length, ...shape], dtype, ...(x.device && { device: x.device }) });
  return {
    contributions: whole(contributions),
    multipliers: whole(multipliers),
    hypothetical: whole(hypothetical),
    ...{ output, reference, delta, error },
  };
}
