import {
  add,
  cast,
  concat,
  cutAt,
  grad,
  mul,
  slice,
  sub,
  sum,
  tensor,
  type Tensor,
  type TypedArray,
  valueAndGrad,
} from '@hairpin/tensors';
import type { AttributionOptions } from './attribution';
import type { Method, Point } from './method';
import { type Examples, like } from './references';
import { beside, contextOf, hostRows, type Told } from './rows';
import type { Scored } from './target';

/** Rows of one run on the device. */
export interface Row extends Point {
  readonly example: number;
  readonly values: TypedArray;
}

type Slopes = (x: Tensor, reference: Tensor, alpha: Tensor, examples: Tensor, told: Told) => Record<string, Tensor>;

/** The slope of every row, and what it belongs to. */
export function slopesOf(method: Method, f: Scored, { at, context }: AttributionOptions): Slopes {
  return (x, reference, alpha, examples, told) => {
    const twice = concat([examples, examples], 0);
    const score = (rows: Tensor) => f(rows, contextOf(context, told, rows.shape[0] > x.shape[0] ? twice : examples));
    if (at === undefined) {
      const ends = { output: score(x), reference: score(reference) };
      return { ...slopeAt(method, score, x, reference, alpha, ends) };
    }
    const both = cutAt(score(concat([x, reference], 0)), at);
    const one = cutAt(score(x), at);
    const [h, h0] = [slice(both.at, [0], [both.at.shape[0] / 2]), slice(both.at, [both.at.shape[0] / 2])];
    const head = (value: Tensor) => (value.shape[0] === both.at.shape[0] ? both : one).head(value);
    const ends = { output: score(x), reference: score(reference) };
    return { ...slopeAt(method, head, h, h0, alpha, ends), x: h, x0: h0 };
  };
}

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

type Compiled = (...args: Parameters<Slopes>) => Promise<Record<string, Tensor>>;

/** Runs rows, filled up to a fixed count, and reads what they gave. */
export async function runRows(
  slopes: Compiled,
  rows: readonly Row[],
  count: number,
  x: Tensor,
  examples: Examples,
  told: Told,
) {
  const full = Array.from({ length: count }, (_, i) => rows[Math.min(i, rows.length - 1)]); // fillers repeat the last row
  const numbers = full.map(({ example }) => example);
  const values = like(examples.dtype, new Float64Array(count * examples.size));
  full.forEach((row, i) => values.set(row.values, i * examples.size));
  const device = x.device && { device: x.device };
  const points = like(x.dtype === 'f64' ? 'f64' : 'f32', full.map(({ alpha }) => alpha)); // prettier-ignore
  const given = [
    hostRows(examples.data, examples.size, numbers, x),
    tensor(values, { shape: [count, ...examples.shape], dtype: examples.dtype, ...device }),
    tensor(points, { ...device }),
    tensor(Int32Array.from(numbers), { ...device }),
  ] as const;
  const found = await slopes(...given, told);
  const read = await Promise.all(Object.entries(found).map(async ([name, t]) => [name, await t.data()] as const));
  for (const t of [...Object.values(found), ...given]) t.dispose();
  return { ...Object.fromEntries(read), shape: found.slope.shape.slice(1) } as unknown as Found;
}
