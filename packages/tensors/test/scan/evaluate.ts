import {
  add,
  type Device,
  mul,
  realize,
  Rng,
  scan,
  type Shape,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
} from '../../src/index';
import { type DType, isFloat } from '../../src/dtype';
import { range, size } from '../../src/shape';
import { cotangent, slope } from '../../src/testing/gradient';
import { assertClose, distance } from '../../src/testing/index';
import type { Cell, Shapes, Tensors } from './cells';
import { plainLoop } from './loop';

/** Elements on the host, by name: every device gets the same numbers. */
export interface Values {
  readonly shape: Shape;
  readonly dtype: 'float' | 'bool' | 'i32';
  readonly data: number[];
}

/** All that a loop over a cell reads, as a nest of host values or of tensors. */
export interface Inputs<T> {
  readonly init: Readonly<Record<string, T>>;
  readonly xs: Readonly<Record<string, T>>;
  readonly captured: Readonly<Record<string, T>>;
}

export interface Course {
  readonly lengths?: readonly number[];
  readonly reverse?: boolean;
  readonly segment?: number;
  readonly checkpoint?: number;
}

/** Steps of a loop and rows of its batch. */
export interface Extent {
  readonly batch: number;
  readonly length: number;
}

// ---- values --------------------------------------------------------------------------------------------------------

/** Standard normal numbers for a cell; weights are smaller, so that nothing explodes. */
export function valuesOf({ init, xs, weights, rows = {} }: Cell, { batch, length }: Extent): Inputs<Values> {
  const draw = (list: Shapes, lead: Shape, scale: (shape: Shape) => number) =>
    Object.fromEntries(
      Object.entries(list).map(([name, shape]) => [name, drawn(name, [...lead, ...shape], scale(shape))]),
    );
  const unit = () => 1;
  return {
    init: draw(init, [batch], unit),
    xs: draw(xs, [batch, length], unit),
    captured: { ...draw(weights, [], (shape) => 1 / Math.sqrt(shape.at(-1) ?? 1)), ...draw(rows, [batch], unit) },
  };
}

function drawn(name: string, shape: Shape, scale: number): Values {
  const rng = new Rng(4).fork(`${name} ${shape.join()}`);
  const dtype = name.endsWith('?') ? 'bool' : name.endsWith('#') ? 'i32' : 'float';
  const next = {
    bool: () => rng.integer(2),
    i32: () => rng.integer(4),
    float: () => Math.fround(scale * rng.normal()),
  };
  return { shape, dtype, data: range(size(shape)).map(next[dtype]) };
}

/** The inputs with some of their host values changed. */
export function changed(inputs: Inputs<Values>, change: (values: Values, path: string) => Values): Inputs<Values> {
  const each = (key: keyof Inputs<Values>) =>
    Object.fromEntries(Object.entries(inputs[key]).map(([name, v]) => [name, change(v, `${key}.${name}`)]));
  return { init: each('init'), xs: each('xs'), captured: each('captured') };
}

export function tensorsOf(inputs: Inputs<Values>, float: DType, device: Device): Inputs<Tensor> {
  const each = (key: keyof Inputs<Values>): Tensors =>
    Object.fromEntries(
      Object.entries(inputs[key]).map(([name, { shape, dtype, data }]) => [
        name,
        tensor(data, { shape, dtype: dtype === 'float' ? float : dtype, device }),
      ]),
    );
  return { init: each('init'), xs: each('xs'), captured: each('captured') };
}

// ---- loops ---------------------------------------------------------------------------------------------------------

/** Last states and outputs of a loop over a cell, by name. */
type Loop = (cell: Cell, inputs: Inputs<Tensor>, course: Course) => Tensors;

const named = ([finals, outputs]: readonly [unknown, unknown]): Tensors => ({
  ...prefixed('last', finals as Tensors),
  ...prefixed('output', outputs as Tensors),
});

const prefixed = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, t]) => [`${prefix} ${name}`, t]));

export const byScan: Loop = ({ body }, { init, xs, captured }, course) =>
  named(scan((state, x) => body(state, x, captured), init, xs, course));

export const byPlainLoop: Loop = ({ body }, { init, xs, captured }, course) =>
  named(plainLoop((state: Tensors, x: Tensors) => body(state, x, captured), init, xs, course));

/** Last states and outputs alone. */
export const values = (loop: Loop, cell: Cell, inputs: Inputs<Tensor>, course: Course): Tensors =>
  loop(cell, inputs, course);

// ---- values and gradients ------------------------------------------------------------------------------------------

const floatsOf = (inputs: Inputs<Tensor>): Tensors =>
  Object.fromEntries(
    Object.entries(inputs).flatMap(([kind, list]) =>
      Object.entries(list as Tensors).flatMap(([name, t]) => (isFloat(t.dtype) ? [[`${kind}.${name}`, t]] : [])),
    ),
  );

const withFloats = (inputs: Inputs<Tensor>, floats: Tensors): Inputs<Tensor> => {
  const each = (kind: keyof Inputs<Tensor>): Tensors =>
    Object.fromEntries(Object.entries(inputs[kind]).map(([name, t]) => [name, floats[`${kind}.${name}`] ?? t]));
  return { init: each('init'), xs: each('xs'), captured: each('captured') };
};

/** One number of all results of a loop. */
export type Loss = (results: Tensors) => Tensor;

/** Σ c · y over all results, for random c: every element has a cotangent of its own. */
export const weightedSum: Loss = (results) =>
  Object.values(results)
    .map((y, i) => sum(mul(y, cotangent(y, i + 1))))
    .reduce((a, b) => add(a, b));

/** Last states, outputs, and the gradient of each float that the loop reads, all by name and in one graph. */
export function valuesAndGradients(
  loop: Loop,
  cell: Cell,
  inputs: Inputs<Tensor>,
  course: Course,
  loss = weightedSum,
): Tensors {
  let results: Tensors = {};
  const f = (floats: Tensors): Tensor => {
    results = loop(cell, withFloats(inputs, floats), course);
    return loss(results);
  };
  const { grad } = valueAndGrad(f)(floatsOf(inputs));
  return { ...results, ...prefixed('gradient of', grad) };
}

/** Gradients of Σ d · ∇, for random d: of second order. */
export function secondGradients(loop: Loop, cell: Cell, inputs: Inputs<Tensor>, course: Course): Tensors {
  const loss = (floats: Tensors) => weightedSum(loop(cell, withFloats(inputs, floats), course));
  const { grad } = valueAndGrad(slope(loss, 1))(floatsOf(inputs));
  return prefixed('second gradient of', grad);
}

/** Elements by name. */
export type Elements = Readonly<Record<string, ArrayLike<number>>>;

export async function elementsOf(tensors: Tensors): Promise<Elements> {
  await realize(...Object.values(tensors));
  const entries = Object.entries(tensors).map(async ([name, t]) => [name, await t.data()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Raises unless the same names hold the same numbers up to `tolerance`. */
export function assertAllClose(actual: Elements, expected: Elements, tolerance: number): void {
  if (Object.keys(actual).join() !== Object.keys(expected).join())
    throw new Error(`expected ${Object.keys(expected).join()}, got ${Object.keys(actual).join()}`);
  for (const [name, values] of Object.entries(expected)) assertClose(actual[name], values, tolerance, name);
}

/** The largest distance under any name. */
export const largestDistance = (actual: Elements, expected: Elements): number =>
  Math.max(...Object.entries(expected).map(([name, values]) => distance(actual[name], values)));
