import { substitute } from '../../graph';
import { HairpinError } from '../../errors';
import type { ContractDims, Op } from '../../op';
import { mul } from '../../ops/elementwise';
import { constantOf } from '../../scan/op';
import { madeOf, type Program } from '../../scan/program';
import type { Shape } from '../../shape';
import type { Tensor } from '../../tensor';
import type { Input, LoopBody, Matrix, Output, Piece, SharedArray, Varies, Vector } from './vector';

/** Raised where a body cannot be one kernel; the message says what in it stands in the way. */
export class NotOneKernel extends HairpinError {}

const no = (why: string): never => {
  throw new NotOneKernel(why);
};

/** Features of a node of the body: `[B, w]` has w, `[B]` and numbers have one. */
function widthOf(shape: Shape): number {
  if (shape.length > 2) return no(`a value of shape [${shape.join(', ')}] has more than one axis of features`);
  return shape.length === 2 ? shape[1] : 1;
}

/** Builds vectors from nodes of a body, on demand: a slice of a node is asked for as the node from some feature on. */
export class BodyBuilder {
  readonly inputs: Input[] = [];
  readonly matrices: Matrix[] = [];
  readonly arrays: SharedArray[] = [];
  readonly dots: Extract<Vector, { kind: 'dot' }>[] = [];
  readonly peeks: Extract<Vector, { kind: 'peek' }>[] = [];
  readonly folds: Extract<Vector, { kind: 'fold' }>[] = [];
  private readonly built = new Map<string, Vector>();
  private readonly distinct = new Map<string, Vector>();
  private readonly shared = new Map<string, SharedArray>();
  private readonly inside: ReadonlySet<Tensor>;
  private readonly rank1: ReadonlySet<Tensor>;
  private ids = 0;

  constructor(
    private readonly program: Program,
    /** The tensors behind the placeholders of sequences and captured tensors. */
    private readonly outside: ReadonlyMap<Tensor, Tensor>,
  ) {
    const inside = new Set([...program.state, ...program.x]);
    for (const node of program.nodes) if (madeOf(node)?.inputs.some((input) => inside.has(input))) inside.add(node);
    this.inside = inside;
    this.rank1 = new Set(program.nodes.filter((node) => inside.has(node) && node.shape.length === 1));
    for (const node of program.state)
      if (node.dtype !== 'f32') no(`a state of dtype ${node.dtype}: a kernel keeps f32`);
  }

  /** The whole body. Call after all outputs were built. */
  body(next: readonly Vector[]): LoopBody {
    const { inputs, matrices, arrays, dots, peeks, folds } = this;
    return {
      stateWidths: this.program.state.map((t) => widthOf(t.shape)),
      next,
      inputs,
      matrices,
      arrays,
      dots,
      peeks,
      folds,
    };
  }

  /** Equal for bodies that differ in the tensors they read, and in nothing else. */
  get signature(): string {
    const inputs = this.inputs.map(({ varies, width, tensor }) => `${varies} ${width} ${tensor.dtype}`);
    const matrices = this.matrices.map(({ axis, k, n }) => `${axis} ${k} ${n}`);
    return [...inputs, ...matrices, ...this.distinct.keys()].join(';');
  }

  whole(node: Tensor): Vector {
    return this.at(node, 0, widthOf(node.shape));
  }

  output(node: Tensor): Output {
    if (node.dtype !== 'f32') no(`an output of dtype ${node.dtype}: a kernel writes f32`);
    const width = widthOf(node.shape);
    const pieces = this.cover(node).map(({ node: part, start, width: n, offset }) => ({
      vector: this.at(part, start, n),
      width: n,
      offset,
    }));
    return { width, pieces: pieces.reduce((total, p) => total + p.width, 0) === width ? pieces : [this.asPiece(node)] };
  }

  private asPiece(node: Tensor): Piece {
    return { vector: this.whole(node), width: widthOf(node.shape), offset: 0 };
  }

  // ---- vectors ------------------------------------------------------------------------------------------------------

  /** Features shift … shift + width − 1 of a node. */
  at(node: Tensor, shift: number, width: number): Vector {
    // What is captured lines up with the last axis: `[w]` has w features, where a row `[B]` of the body has one.
    const isOne = (this.inside.has(node) ? widthOf(node.shape) : (node.shape.at(-1) ?? 1)) === 1;
    const [from, count] = isOne ? [0, 1] : [shift, width];
    const key = `${node.id}:${from}:${count}`;
    let vector = this.built.get(key);
    if (!vector) this.built.set(key, (vector = this.unique(this.make(node, from, count))));
    return vector;
  }

  /** The first vector that is computed in this way. */
  private unique(vector: Vector): Vector {
    const { id: _, ...content } = vector;
    const key = JSON.stringify(content, (name, value: unknown) => {
      if (name === 'op') return undefined; // its name stands beside it
      return isIdentified(value) ? { id: value.id } : value;
    });
    const known = this.distinct.get(key);
    if (!known) this.distinct.set(key, vector);
    return known ?? vector;
  }

  private make(node: Tensor, shift: number, width: number): Vector {
    const { state, x } = this.program;
    const base = { id: this.ids++, width, dtype: node.dtype, level: 0 };
    if (node.dtype === 'f16' || node.dtype === 'f64') no(`a value of dtype ${node.dtype}`);
    if (node.source.kind === 'scalar' && typeof node.source.value === 'number')
      return { ...base, kind: 'number', value: constantOf(node) };
    if (state.includes(node)) {
      const own = state.indexOf(node);
      if (shift === 0 && width === widthOf(node.shape)) return { ...base, kind: 'state', state: own };
      return this.peek(node, shift, width);
    }
    if (x.includes(node)) return { ...base, kind: 'input', input: this.input(node, 'step'), shift };
    if (!this.inside.has(node)) return { ...base, kind: 'input', input: this.input(node, this.variesOf(node)), shift };
    return this.made(node, shift, width);
  }

  private variesOf(node: Tensor): Varies {
    return node.shape.length === 2 && node.shape[0] !== 1 ? 'row' : 'never';
  }

  private input(node: Tensor, varies: Varies): number {
    const [tensor] = substitute([node], this.outside);
    const known = this.inputs.findIndex((input) => input.tensor === tensor && input.varies === varies);
    const width = varies === 'never' ? (node.shape.at(-1) ?? 1) : widthOf(node.shape);
    return known >= 0 ? known : this.inputs.push({ tensor, varies, width }) - 1;
  }

  private made(node: Tensor, shift: number, width: number): Vector {
    const { op, inputs, attrs } = madeOf(node)!;
    const { lowering } = op;
    const base = { id: this.ids++, width, dtype: node.dtype };
    if (lowering.kind === 'identity') return this.at(inputs[0], shift, width);
    if (lowering.kind === 'elementwise') {
      if (lowering.usesIndex) return no(`${op.name}, which needs to know its place`);
      const operands = inputs.map((input) => this.at(this.alignedInput(node, input), shift, width));
      const level = Math.max(0, ...operands.map((v) => v.level));
      return { ...base, level, kind: 'call', op: lowering, name: op.name, attrs, operands };
    }
    switch (op.name) {
      case 'slice':
        return this.slice(inputs[0], attrs as never, shift, width);
      case 'pad':
        return this.pad(node, inputs[0], attrs as never, shift, width);
      case 'concat':
        return this.concat(node, inputs, (attrs as { axis: number }).axis, shift, width);
      case 'broadcastTo':
        return this.at(this.alignedInput(node, inputs[0]), shift, width);
      case 'reshape':
        return this.reshape(node, inputs[0], shift, width);
      case 'sum':
      case 'max':
      case 'min':
        return this.fold(inputs[0], op.name, (attrs as { axes: readonly number[] }).axes);
      case 'contract':
        return this.dot(inputs, attrs as ContractDims, shift, width);
      default:
        return no(`${op.name}, which is not in the algebra of a kernel`);
    }
  }

  /** A row of one axis is one feature, and must not meet a vector of features. */
  private alignedInput(node: Tensor, input: Tensor): Tensor {
    const isRow = this.rank1.has(input);
    if (isRow && node.shape.length !== 1) no('a value [batch] beside values [batch, features]');
    if (!isRow && node.shape.length === 1 && this.rank1.has(node) && input.shape.length === 1 && input.shape[0] !== 1)
      no('a captured value [batch]');
    return input;
  }

  private slice(
    x: Tensor,
    { starts, steps, shape }: { starts: number[]; steps: number[]; shape: number[] },
    shift: number,
    width: number,
  ): Vector {
    if (starts[0] !== 0 || shape[0] !== x.shape[0]) return no('a slice of the batch');
    if (x.shape.length === 1) return this.at(x, 0, 1);
    if (steps[1] !== 1 && shape[1] > 1) return no('a slice of features with a step');
    return this.at(x, starts[1] + shift, width);
  }

  private peek(node: Tensor, shift: number, width: number): Vector {
    const array = this.array(node);
    const vector = {
      id: this.ids++,
      width,
      dtype: node.dtype,
      level: array.level + 1,
      kind: 'peek',
      array,
      shift,
    } as const;
    this.peeks.push(vector);
    return vector;
  }

  private pad(
    node: Tensor,
    x: Tensor,
    { starts, dilation, fill }: { starts: number[]; dilation: number[]; fill: number },
    shift: number,
    width: number,
  ): Vector {
    if (starts[0] !== 0 || node.shape[0] !== x.shape[0] || node.shape.length !== 2) return no('padding of the batch');
    if (dilation[1] !== 1 && x.shape[1] > 1) return no('padding between features');
    const parts = [{ node: x, first: starts[1] }];
    return this.choose(parts, this.number(fill, node), shift, width);
  }

  private number(value: number, like: Tensor): Vector {
    return { id: this.ids++, width: 1, dtype: like.dtype, level: 0, kind: 'number', value };
  }

  private concat(node: Tensor, inputs: readonly Tensor[], axis: number, shift: number, width: number): Vector {
    if (axis !== 1) return no('a concatenation of rows');
    let first = 0;
    const parts = inputs.map((part) => {
      const at = first;
      first += widthOf(part.shape);
      return { node: part, first: at };
    });
    return this.choose(parts, this.number(0, node), shift, width);
  }

  /** Parts side by side, from feature `shift` on: each invocation picks the part that its feature lies in. */
  private choose(
    parts: readonly { node: Tensor; first: number }[],
    fill: Vector,
    shift: number,
    width: number,
  ): Vector {
    let found = fill;
    for (const { node, first } of [...parts].reverse()) {
      const n = widthOf(node.shape);
      const [start, end] = [Math.max(first - shift, 0), Math.min(first + n - shift, width)];
      if (start >= end) continue;
      const isWhole = start === 0 && end === width;
      const inner = this.at(node, shift - first, width); // a feature outside its part is computed and not taken
      if (isWhole) return inner;
      const level = Math.max(inner.level, found.level);
      found = { id: this.ids++, width, dtype: node.dtype, level, kind: 'within', start, end, inner, otherwise: found };
    }
    return found;
  }

  private reshape(node: Tensor, x: Tensor, shift: number, width: number): Vector {
    if (node.shape[0] !== x.shape[0] || widthOf(node.shape) !== widthOf(x.shape)) return no('a reshape of features');
    return this.at(x, shift, width);
  }

  private fold(x: Tensor, combine: 'sum' | 'max' | 'min', axes: readonly number[]): Vector {
    if (x.shape.length !== 2 || axes.length !== 1 || axes[0] !== 1) return no(`${combine} over the batch`);
    if (x.dtype !== 'f32') return no(`${combine} of ${x.dtype}`);
    const of = this.whole(x);
    if (of.kind === 'number') return no(`${combine} of a number`);
    if (of.width === 1) return combine === 'sum' ? this.times(of, x) : of; // one feature, repeated
    const vector = {
      id: this.ids++,
      width: 1,
      dtype: x.dtype,
      level: of.level + 1,
      kind: 'fold',
      combine,
      of,
    } as const;
    this.folds.push(vector);
    return vector;
  }

  /** The sum of a node whose features are all the same one. */
  private times(feature: Vector, node: Tensor): Vector {
    const [, count] = node.shape;
    if (count === 1) return feature;
    const { name, lowering } = mul.op as Op;
    if (lowering.kind !== 'elementwise') return no(name);
    const operands = [feature, this.number(count, node)];
    const { width, dtype, level } = feature;
    return { id: this.ids++, width, dtype, level, kind: 'call', op: lowering, name, attrs: undefined, operands };
  }

  // ---- products and arrays -------------------------------------------------------------------------------------------

  private dot([a, b]: readonly Tensor[], { batch, contract }: ContractDims, shift: number, width: number): Vector {
    const isPlain = batch[0].length === 0 && contract[0].length === 1 && contract[0][0] === 1;
    if (!isPlain || !this.inside.has(a)) return no('a product that is not of a row with a matrix');
    if (this.inside.has(b) || b.shape.length > 2) return no('a product with something that changes from step to step');
    const array = this.array(a);
    const matrix = this.matrix(b, contract[1][0]);
    const vector = {
      id: this.ids++,
      width,
      dtype: a.dtype,
      level: array.level + 1,
      kind: 'dot',
      array,
      matrix,
      shift,
    } as const;
    this.dots.push(vector);
    return vector;
  }

  private matrix(node: Tensor, axis: number): Matrix {
    const [tensor] = substitute([node], this.outside);
    const known = this.matrices.find((m) => m.tensor === tensor && m.axis === axis);
    if (known) return known;
    const n = node.shape.length === 1 ? 1 : node.shape[1 - axis];
    const matrix = { id: this.matrices.length, k: node.shape[axis], n, tensor, axis };
    this.matrices.push(matrix);
    return matrix;
  }

  /** The array that holds a node for all invocations. */
  private array(node: Tensor): SharedArray {
    if (node.dtype !== 'f32') no(`a product of ${node.dtype}`);
    const parts = this.cover(node);
    const pieces = parts.map(({ node: part, start, width, offset }) => ({
      vector: this.at(part, start, width),
      width,
      offset,
    }));
    const width = widthOf(node.shape);
    const key = `${width}|${pieces.map((p) => `${p.vector.id}@${p.offset}`).join()}`;
    const known = this.shared.get(key);
    if (known) return known;
    const level = Math.max(0, ...pieces.map((p) => p.vector.level));
    const array = { id: this.arrays.length, width, pieces, level };
    this.arrays.push(array);
    this.shared.set(key, array);
    return array;
  }

  /** A node as parts side by side: what is only put together again to be multiplied need not be put together. */
  private cover(node: Tensor): { node: Tensor; start: number; width: number; offset: number }[] {
    const whole = [{ node, start: 0, width: widthOf(node.shape), offset: 0 }];
    const made = this.inside.has(node) ? madeOf(node) : undefined;
    if (!made || node.shape.length !== 2) return whole;
    const { op, inputs, attrs } = made;
    if (op.lowering.kind === 'identity') return this.cover(inputs[0]);
    if (op.name === 'pad') {
      const { starts, dilation, fill } = attrs as { starts: number[]; dilation: number[]; fill: number };
      const fits =
        starts[0] === 0 &&
        dilation[1] === 1 &&
        fill === 0 &&
        starts[1] >= 0 &&
        starts[1] + inputs[0].shape[1] <= node.shape[1];
      return fits ? this.cover(inputs[0]).map((p) => ({ ...p, offset: p.offset + starts[1] })) : whole;
    }
    if (op.name === 'concat' && (attrs as { axis: number }).axis === 1) {
      let first = 0;
      return inputs.flatMap((input) => {
        const at = first;
        first += input.shape[1];
        return this.cover(input).map((p) => ({ ...p, offset: p.offset + at }));
      });
    }
    if (op.name === 'add' && inputs.every((input) => input.shape.join() === node.shape.join())) {
      const [a, b] = inputs.map((input) => this.cover(input));
      const overlap = a.some((p) => b.some((q) => p.offset < q.offset + q.width && q.offset < p.offset + p.width));
      if (!overlap) return [...a, ...b];
    }
    return whole;
  }
}

const isIdentified = (value: unknown): value is { id: number } =>
  typeof value === 'object' && value !== null && 'id' in value;

/** The tensors behind a program's placeholders. */
export const outsideOf = (program: Program, xs: readonly Tensor[], captured: readonly Tensor[]): Map<Tensor, Tensor> =>
  new Map([
    ...program.x.map((node, i) => [node, xs[i]] as const),
    ...program.captured.map((node, i) => [node, captured[i]] as const),
  ]);
