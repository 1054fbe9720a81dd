import { Rng, type Shape, type Tensor } from '../../src/index';
import { apply, type Op } from '../../src/op';
import { ops, type OpName } from '../../src/ops';
import { range, size } from '../../src/shape';

/** Elements on the host. `float` is f64 for the oracle and f32 on a device; both see the same numbers, rounded to f32. */
export interface Values {
  readonly shape: Shape;
  readonly dtype: 'float' | 'i32' | 'u32' | 'bool';
  readonly data: readonly number[];
}

/** One call of an op, from which the contracts make its tests. */
export interface Sample {
  readonly name: string;
  readonly f: (...inputs: Tensor[]) => Tensor;
  readonly inputs: readonly Values[];
  /** Inputs to differentiate by, by number: every float unless said, none where a tie or an infinity has no gradient. */
  readonly wrt?: readonly number[];
  /** Where the obvious form fails: results are compared element by element, and no op stands before or after. */
  readonly ends?: boolean;
  /** Largest distance of an f32 result, 2e-5 unless said; the reason stands beside it. */
  readonly tolerance?: number;
}

/** The least that an op is tested with. */
export type Samples = readonly [Sample, Sample, Sample, ...Sample[]];

type Row = Values | readonly Values[] | Omit<Sample, 'name' | 'f'>;

const sampleOf = (f: Sample['f'], row: Row): Sample => {
  const rest = Array.isArray(row) ? { inputs: row as Values[] } : 'inputs' in row ? row : { inputs: [row as Values] };
  return { f, name: rest.inputs.map(describe).join(' '), ...rest };
};

const describe = ({ shape, dtype }: Values): string => `${dtype === 'float' ? '' : dtype}[${shape.join(', ')}]`;

/** Samples of one function: a row is its input, the list of its inputs, or these with what is special about them. */
export function of(f: Sample['f'], ...rows: readonly [Row, Row, Row, ...Row[]]): Samples {
  const [a, b, c, ...more] = rows.map((row) => sampleOf(f, row));
  return [a!, b!, c!, ...more];
}

/** A sample of its own name, for functions that take more than tensors. */
export const sample = (name: string, f: Sample['f'], ...inputs: Values[]): Sample => ({ name, f, inputs });

/** An op by its name, for those that no public function shows as they are. */
export const call =
  (name: OpName, attrs: unknown): Sample['f'] =>
  (...inputs) =>
    apply(ops[name] as unknown as Op, inputs, attrs);

/** The ends of a function's domain, where the obvious form fails. */
export const ends = (...data: number[]): Omit<Sample, 'name' | 'f'> => ({ inputs: [vector(...data)], ends: true });

/** The same where the gradient overflows. */
export const steepEnds = (...data: number[]): Omit<Sample, 'name' | 'f'> => ({ ...ends(...data), wrt: [] });

/** Inputs at which the function has a kink, a jump or a tie, and so no gradient. */
export const kink = (...inputs: Values[]): Omit<Sample, 'name' | 'f'> => ({ inputs, wrt: [] });

/** The sample without its gradient. */
export const flat = (of: Sample): Sample => ({ ...of, wrt: [] });

// ---- values -------------------------------------------------------------------------------------------------------

const floats = (shape: Shape, draw: (i: number) => number): Values => ({
  shape,
  dtype: 'float',
  data: range(size(shape)).map((i) => Math.fround(draw(i))),
});

const generator = (kind: string, shape: Shape): Rng => new Rng(20).fork(`${kind} ${shape.join()}`);

export const vector = (...data: number[]): Values => floats([data.length], (i) => data[i]!);

export const scalar = (value: number): Values => floats([], () => value);

export const empty = (shape: Shape): Values => floats(shape, () => 0);

/** Standard normal numbers; `label` makes other ones of the same shape. */
export function normal(shape: Shape, label = ''): Values {
  const rng = generator(`normal ${label}`, shape);
  return floats(shape, () => rng.normal());
}

/** Between ½ and 2. */
export function positive(shape: Shape, label = ''): Values {
  const rng = generator(`positive ${label}`, shape);
  return floats(shape, () => 0.5 + 1.5 * rng.next());
}

/** Of either sign, at least 0.2 away from 0 and from each whole number: no kink is near. */
export function betweenIntegers(shape: Shape, label = ''): Values {
  const rng = generator(`between ${label}`, shape);
  return floats(shape, () => rng.integer(6) - 3 + 0.2 + 0.6 * rng.next());
}

/** All different, neighbours in order 0.1 apart (closer where there are more than a hundred): no tie is near. */
export function distinct(shape: Shape, label = ''): Values {
  const order = generator(`distinct ${label}`, shape).shuffle(range(size(shape)));
  const gap = Math.min(0.1, 10 / order.length);
  return floats(shape, (i) => gap * (order[i]! - order.length / 2));
}

/** Whole numbers from `low` to `high`, both included. */
export function integers(shape: Shape, low: number, high: number, dtype: 'i32' | 'u32' = 'i32'): Values {
  const rng = generator(`integers ${low} ${high}`, shape);
  return { shape, dtype, data: range(size(shape)).map(() => low + rng.integer(high - low + 1)) };
}

export const indices = (shape: Shape, ...data: number[]): Values => ({ shape, dtype: 'i32', data });

export const truths = (shape: Shape, ...data: number[]): Values => ({ shape, dtype: 'bool', data });

export function bools(shape: Shape, label = ''): Values {
  const rng = generator(`bools ${label}`, shape);
  return { shape, dtype: 'bool', data: range(size(shape)).map(() => rng.integer(2)) };
}
