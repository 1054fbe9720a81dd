import {
  type Affine,
  affineKey,
  coefficientOf,
  type Condition,
  constant,
  isCertain,
  ravel,
  substitute,
  variable,
  withInner,
} from '../affine';
import type { DType } from '../dtype';
import type { Lowering } from '../op';
import type { Tensor } from '../tensor';

type Elementwise = Extract<Lowering, { kind: 'elementwise' }>;

/** Where a row begins that is looked up by number. */
interface Row {
  readonly start: Value;
  readonly width: number;
}

/** What a kernel computes for one place of its loop: an expression over loads at linear indices, or at those of a row. */
export type Value =
  | {
      readonly kind: 'load';
      readonly buffer: Tensor;
      readonly row?: Row;
      readonly index: Affine;
      readonly dtype: DType;
    }
  | { readonly kind: 'scalar'; readonly scalar: Tensor; readonly dtype: DType }
  | {
      readonly kind: 'call';
      readonly op: Elementwise;
      readonly attrs: unknown;
      readonly operands: readonly Value[];
      readonly index: Affine;
      readonly dtype: DType;
    }
  | {
      readonly kind: 'choose';
      readonly conditions: readonly Condition[];
      readonly then: Value;
      readonly otherwise: Value;
      readonly dtype: DType;
    }
  | { readonly kind: 'fill'; readonly value: number; readonly dtype: DType }
  | { readonly kind: 'given'; readonly name: string; readonly dtype: DType };

/** Builds values from graph nodes: views become indices, elementwise ops calls, and `isStored` nodes loads. */
export class ValueBuilder {
  private readonly built = new Map<string, Value>();

  constructor(
    private readonly isStored: (node: Tensor) => boolean,
    private readonly given: ReadonlyMap<Tensor, Value> = new Map(),
  ) {}

  /** The element of `node` at `coords`. `open` lets the node itself be computed although it is stored. */
  at(node: Tensor, coords: readonly Affine[], open = false): Value {
    const given = this.given.get(node);
    if (given) return given;
    const key = `${node.id}|${coords.map(affineKey).join('|')}|${open}`;
    const known = this.built.get(key);
    if (known) return known;
    const value = this.make(node, coords, open);
    this.built.set(key, value);
    return value;
  }

  private make(node: Tensor, coords: readonly Affine[], open: boolean): Value {
    const { source, dtype } = node;
    if (source.kind === 'scalar') return { kind: 'scalar', scalar: node, dtype };
    if (source.kind !== 'op' || (this.isStored(node) && !open))
      return { kind: 'load', buffer: node, index: ravel(coords, node.shape), dtype };
    const { lowering } = source.op;
    if (lowering.kind === 'movement') return this.view(node, lowering, source.inputs, source.attrs, coords);
    if (lowering.kind === 'lookup') return this.lookup(source.inputs, coords);
    if (lowering.kind !== 'elementwise') throw new Error(`${source.op.name} cannot be part of an expression`);
    const operands = source.inputs.map((input) => this.at(input, broadcastCoords(input.shape, coords)));
    return {
      kind: 'call',
      op: lowering,
      attrs: source.attrs,
      operands,
      index: lowering.usesIndex ? ravel(coords, node.shape) : constant(0),
      dtype,
    };
  }

  private lookup([table, number]: readonly Tensor[], coords: readonly Affine[]): Value {
    const rank = number.shape.length;
    const inRow = table.shape.slice(1);
    const width = inRow.reduce((product, n) => product * n, 1);
    const row = { start: startOf(this.at(number, coords.slice(0, rank)), table.shape[0], width), width };
    return { kind: 'load', buffer: tableOf(table), row, index: ravel(coords.slice(rank), inRow), dtype: table.dtype };
  }

  private view(
    node: Tensor,
    lowering: Extract<Lowering, { kind: 'movement' }>,
    inputs: readonly Tensor[],
    attrs: unknown,
    coords: readonly Affine[],
  ): Value {
    const pieces = lowering.pieces(
      coords,
      attrs,
      inputs.map((input) => input.shape),
    );
    const fill: Value = { kind: 'fill', value: lowering.fill?.(attrs) ?? 0, dtype: node.dtype };
    return pieces.reduceRight<Value>((otherwise, piece, i) => {
      const then = this.at(inputs[piece.input], piece.coords);
      const conditions = (piece.inside ?? []).filter((condition) => !isCertain(condition));
      const isLast = i === pieces.length - 1 && pieces.length > 1; // the pieces of a concatenation leave no gap
      return conditions.length === 0 || isLast
        ? then
        : { kind: 'choose', conditions, then, otherwise, dtype: node.dtype };
    }, fill);
  }
}

/** The tensor whose buffer rows are looked up in: a reshape leaves elements where they are. */
export function tableOf(table: Tensor): Tensor {
  const { source } = table;
  return source.kind === 'op' && source.op.name === 'reshape' ? tableOf(source.inputs[0]) : table;
}

/** Numbers out of range mean the first or the last row. */
const rowStart: Elementwise = {
  kind: 'elementwise',
  wgsl: ([row, last, width]) => `(u32(clamp(${row}, 0, ${last})) * ${width})`,
};

function startOf(row: Value, rows: number, width: number): Value {
  const last: Value = { kind: 'fill', value: rows - 1, dtype: row.dtype };
  const operands: Value[] = [row, last, { kind: 'fill', value: width, dtype: 'u32' }];
  return { kind: 'call', op: rowStart, attrs: undefined, operands, index: constant(0), dtype: 'u32' };
}

/** Coordinates of an operand that is broadcast to a result with these coordinates. */
function broadcastCoords(shape: readonly number[], coords: readonly Affine[]): Affine[] {
  const lead = coords.length - shape.length;
  return shape.map((n, d) => (n === 1 ? constant(0) : coords[d + lead]));
}

/** Every linear form in a value, once per place. */
export function formsOf(values: readonly Value[]): Affine[] {
  const forms: Affine[] = [];
  visit(values, (value) => {
    if (value.kind === 'load') forms.push(value.index);
    if (value.kind === 'call' && value.op.usesIndex) forms.push(value.index);
    if (value.kind === 'choose') forms.push(...value.conditions.map((condition) => condition.index));
  });
  return forms;
}

/** Calls `see` once for every distinct value, operands first. */
export function visit(values: readonly Value[], see: (value: Value) => void): void {
  const seen = new Set<Value>();
  const walk = (value: Value): void => {
    if (seen.has(value)) return;
    seen.add(value);
    childrenOf(value).forEach(walk);
    see(value);
  };
  values.forEach(walk);
}

const childrenOf = (value: Value): readonly Value[] =>
  value.kind === 'call'
    ? value.operands
    : value.kind === 'choose'
      ? [value.then, value.otherwise]
      : value.kind === 'load' && value.row
        ? [value.row.start]
        : [];

/** True where the value differs from place to place of a loop. */
export function dependsOn(value: Value, loop: string): boolean {
  if (formsOf([value]).some((form) => withInner(form).some((inner) => coefficientOf(inner, loop) !== 0))) return true;
  let isGiven = false; // what is given may be another at each turn
  visit([value], ({ kind }) => (isGiven ||= kind === 'given'));
  return isGiven;
}

/** A loop of a kernel: its variable and how often it runs. */
export interface Loop {
  readonly name: string;
  readonly size: number;
}

/** A loop's variable as a linear form. */
export const loopVariable = (loop: Loop): Affine => variable(loop.name, loop.size);

/** How loops become fewer: a function to rewrite forms with, and the loops that are left, outermost first. */
export interface Merged {
  readonly loops: readonly Loop[];
  readonly rewrite: (form: Affine) => Affine;
}

/** The value with every linear form rewritten. */
export function rewriteForms(values: readonly Value[], rewrite: (form: Affine) => Affine): Value[] {
  const done = new Map<Value, Value>();
  const change = (value: Value): Value => {
    let next = done.get(value);
    if (!next) done.set(value, (next = rebuilt(value, change, rewrite)));
    return next;
  };
  return values.map(change);
}

function rebuilt(value: Value, change: (value: Value) => Value, rewrite: (form: Affine) => Affine): Value {
  if (value.kind === 'load') {
    const row = value.row && { ...value.row, start: change(value.row.start) };
    return { ...value, ...(row && { row }), index: rewrite(value.index) };
  }
  if (value.kind === 'call') return { ...value, operands: value.operands.map(change), index: rewrite(value.index) };
  if (value.kind !== 'choose') return value;
  const conditions = value.conditions.map((condition) => ({ ...condition, index: rewrite(condition.index) }));
  return { ...value, conditions, then: change(value.then), otherwise: change(value.otherwise) };
}

/** Replaces loop variables by name. */
export const rename = (form: Affine, names: ReadonlyMap<string, Affine>): Affine =>
  substitute(form, (name, size) => names.get(name) ?? variable(name, size));
