import { type Affine, affineKey, type Atom, type Condition } from '../affine';
import type { DType } from '../dtype';
import type { Tensor } from '../tensor';
import { prelude } from './prelude';
import { dependsOn, type Value } from './value';

/** The WGSL type that a dtype is computed in; bools are stored so, too. */
export const wgslType = (dtype: DType): 'f32' | 'i32' | 'u32' =>
  dtype === 'i32' ? 'i32' : dtype === 'u32' || dtype === 'bool' ? 'u32' : 'f32';

/** The WGSL type that holds a dtype in memory. */
export const storedType = (dtype: DType): string => (dtype === 'f16' ? 'f16' : wgslType(dtype));

const word = new DataView(new ArrayBuffer(4));

/** The 32 bits of a number of this type. */
export function bitsOf(value: number, dtype: DType): number {
  if (wgslType(dtype) === 'f32') word.setFloat32(0, value);
  else if (dtype === 'i32') word.setInt32(0, Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1));
  else word.setUint32(0, Math.min(Math.max(value, 0), 2 ** 32 - 1));
  return word.getUint32(0);
}

/**
 * Collects a kernel: its buffers, its table of numbers, its lines. Sizes and strides go to the table and never into the text,
 * so that one text serves every batch and length.
 */
export class Writer {
  readonly buffers: Tensor[] = [];
  readonly scalars: Tensor[] = [];
  readonly numbers: number[] = [];
  /** Places in `numbers` that hold the position of a scalar, to be filled in by the plan. */
  readonly scalarPlaces: { readonly place: number; readonly scalar: Tensor }[] = [];
  private readonly helpers = new Set<string>();
  private readonly vectors = new Set<Tensor>();

  /** A number of the table. */
  number(value: number): string {
    const place = this.numbers.push(value >>> 0) - 1;
    return `U[${place >> 2}].${'xyzw'[place & 3]}`;
  }

  /** A number of the table as a value of type `dtype`. */
  literal(value: number, dtype: DType): string {
    return asType(this.number(bitsOf(value, dtype)), dtype);
  }

  /** True for a buffer that is bound as vec4. */
  isVector(tensor: Tensor): boolean {
    return this.vectors.has(tensor);
  }

  /** The variable of a tensor's buffer; `vector` binds it as vec4. */
  buffer(tensor: Tensor, vector = false): string {
    const place = this.buffers.includes(tensor) ? this.buffers.indexOf(tensor) : this.buffers.push(tensor) - 1;
    if (vector) this.vectors.add(tensor);
    return `b${place}`;
  }

  scalar(scalar: Tensor): string {
    const at = this.number(0);
    this.scalarPlaces.push({ place: this.numbers.length - 1, scalar });
    return asType(`S[${at} >> 2u][${at} & 3u]`, scalar.dtype);
  }

  use(helpers: readonly string[]): void {
    for (const helper of helpers) this.helpers.add(helper);
  }

  /** The whole shader around the functions in `body`. */
  shader(body: string): string {
    const binding = (tensor: Tensor, i: number) =>
      `@group(0) @binding(${i + 2}) var<storage, read_write> b${i}: array<${this.vectors.has(tensor) ? `vec4<${storedType(tensor.dtype)}>` : storedType(tensor.dtype)}>;`;
    return [
      ...(this.buffers.some((tensor) => tensor.dtype === 'f16') ? ['enable f16;'] : []),
      `@group(0) @binding(0) var<uniform> U: array<vec4<u32>, ${Math.max(1, Math.ceil(this.numbers.length / 4))}>;`,
      `@group(0) @binding(1) var<uniform> S: array<vec4<u32>, ${scalarVectors}>;`,
      ...this.buffers.map(binding),
      ...[...this.helpers].map((name) => prelude[name]),
      body,
    ].join('\n');
  }
}

type Load = Extract<Value, { kind: 'load' }>;

/** Scalars of a plan, in vectors of four: 16 KiB, the least that every device binds. */
export const scalarVectors = 1024;

const asType = (bits: string, dtype: DType): string =>
  dtype === 'bool' ? `(${bits} != 0u)` : wgslType(dtype) === 'u32' ? bits : `bitcast<${wgslType(dtype)}>(${bits})`;

/** A computed value in the type that memory holds. */
export const asStored = (name: string, dtype: DType): string =>
  dtype === 'bool' ? `u32(${name})` : dtype === 'f16' ? `f16(${name})` : name;

/** Lines of one scope: equal forms and values are computed once and named. */
export class Block {
  readonly lines: string[] = [];
  private readonly forms = new Map<string, string>();
  private readonly values = new Map<Value, string>();

  constructor(
    readonly writer: Writer,
    private readonly prefix: string,
    /** The inside of a loop: what does not change with it stands in `head`. With a `number`, one of four neighbouring places of it. */
    private readonly inside?: { readonly head: Block; readonly loop: string; readonly number?: number },
  ) {}

  /** This lines' place among four neighbours, where they have one. */
  private get lane(): { readonly head: Block; readonly loop: string; readonly number: number } | undefined {
    const { head, loop, number } = this.inside ?? {};
    return head && loop !== undefined && number !== undefined ? { head, loop, number } : undefined;
  }

  /** The name of an expression. */
  let(expression: string): string {
    const name = `${this.prefix}${this.lines.length}`;
    this.lines.push(`let ${name} = ${expression};`);
    return name;
  }

  /** A linear form as u32; what is negative wraps, and is never used unless a condition holds. */
  index(form: Affine): string {
    const key = affineKey(form);
    const known = this.forms.get(key);
    if (known) return known;
    const terms = form.terms.map(({ atom, coefficient }) => this.term(atom, coefficient));
    if (form.constant !== 0) terms.push(this.writer.number(form.constant));
    const simple =
      terms.length <= 1 &&
      form.terms.every((t) => t.coefficient === 1 && t.atom.kind === 'variable' && t.atom.name !== this.lane?.loop);
    const name = terms.length === 0 ? '0u' : simple ? terms[0] : this.let(terms.join(' + '));
    this.forms.set(key, name);
    return name;
  }

  private term(atom: Atom, coefficient: number): string {
    const name =
      atom.kind === 'variable'
        ? this.variable(atom.name)
        : `(${this.index(atom.of)} ${atom.kind === 'div' ? '/' : '%'} ${this.writer.number(atom.by)})`;
    return coefficient === 1 ? name : `${name} * ${this.writer.number(coefficient)}`;
  }

  private variable(name: string): string {
    return this.lane?.loop === name ? `(${name} + ${this.lane.number}u)` : name;
  }

  private condition(condition: Condition): string {
    const index = this.index(condition.index);
    if (condition.kind === 'range') return `${index} < ${this.writer.number(condition.size)}`; // below 0 wraps to a large number
    return `${index} % ${this.writer.number(condition.of)} == 0u`;
  }

  /** The name of a value, its lines written. */
  value(value: Value): string {
    let name = this.values.get(value);
    const isOutside = this.inside && !dependsOn(value, this.inside.loop);
    if (!name) this.values.set(value, (name = isOutside ? this.inside.head.value(value) : this.write(value)));
    return name;
  }

  private write(value: Value): string {
    switch (value.kind) {
      case 'load':
        return this.let(this.load(value));
      case 'scalar':
        return this.let(this.writer.scalar(value.scalar));
      case 'fill':
        return this.writer.literal(value.value, value.dtype);
      case 'given':
        return value.name;
      case 'choose': {
        const [then, otherwise] = [this.value(value.then), this.value(value.otherwise)];
        return this.let(
          `select(${otherwise}, ${then}, ${value.conditions.map((c) => this.condition(c)).join(' && ')})`,
        );
      }
      case 'call': {
        this.writer.use(value.op.helpers ?? []);
        const operands = value.operands.map((operand) => this.value(operand));
        return this.let(
          value.op.wgsl(operands, value.attrs, value.op.usesIndex ? this.index(value.index) : '0u', value.dtype),
        );
      }
    }
  }

  private load(load: Load): string {
    const { buffer, dtype } = load;
    const element = this.writer.isVector(buffer)
      ? this.component(load)
      : `${this.writer.buffer(buffer)}[${this.place(load)}]`;
    return dtype === 'bool' ? `(${element} != 0u)` : dtype === 'f16' ? `f32(${element})` : element;
  }

  /** One number of a buffer that is bound as vec4; four lanes side by side share the vector. */
  private component(load: Load): string {
    if (this.lane) return `${this.lane.head.vector(load)}.${'xyzw'[this.lane.number]}`;
    const place = this.place(load);
    return `${this.writer.buffer(load.buffer)}[${place} >> 2u][${place} & 3u]`;
  }

  /** The name of four neighbours. */
  private vector(load: Load): string {
    const place = this.place(load);
    const key = `${load.buffer.id} ${place}`;
    const known = this.forms.get(key);
    if (known) return known;
    const name = this.let(`${this.writer.buffer(load.buffer)}[${place} >> 2u]`);
    this.forms.set(key, name);
    return name;
  }

  /** Where a load's element lies in its buffer. */
  private place({ row, index }: Load): string {
    const inRow = this.index(index);
    if (!row) return inRow;
    const key = `${this.value(row.start)} + ${inRow}`;
    const known = this.forms.get(key);
    if (known) return known;
    const name = this.let(key);
    this.forms.set(key, name);
    return name;
  }

  /** Returns a value from the function that these are the lines of. */
  finish(value: Value): void {
    this.lines.push(`return ${this.value(value)};`);
  }

  /** Stores a value of `dtype` in a tensor's buffer. */
  store(tensor: Tensor, index: string, name: string): void {
    this.lines.push(`${this.writer.buffer(tensor)}[${index}] = ${asStored(name, tensor.dtype)};`);
  }

  /** Names the variables of `loops` from one flat index. */
  unravel(flat: string, loops: readonly { name: string; size: number }[]): void {
    let rest = flat;
    for (const [i, loop] of [...loops].reverse().entries()) {
      const isOutermost = i === loops.length - 1;
      if (isOutermost) {
        this.lines.push(`let ${loop.name} = ${rest};`);
        continue;
      }
      const size = this.writer.number(loop.size);
      this.lines.push(`let ${loop.name} = ${rest} % ${size};`);
      rest = this.let(`${rest} / ${size}`);
    }
  }

  /** Names the variables of `loops` from the number of a group of four along the innermost one. */
  unravelFours(group: string, loops: readonly { name: string; size: number }[]): void {
    const inner = loops.at(-1)!;
    const fours = { name: `${inner.name}_4`, size: inner.size / 4 };
    this.unravel(group, [...loops.slice(0, -1), fours]);
    this.lines.push(`let ${inner.name} = ${fours.name} * 4u;`);
  }

  toString(): string {
    return this.lines.map((line) => `  ${line}`).join('\n');
  }
}
