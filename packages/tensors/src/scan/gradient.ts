import { isFloat } from '../dtype';
import { UnsupportedRule } from '../errors';
import { backward, gradientsOf, type GradOptions, pathTo } from '../grad';
import { substitute, topological } from '../graph';
import type { ContractDims } from '../op';
import { sum } from '../ops/broadcast';
import { contractGeneral } from '../ops/contract';
import { add } from '../ops/elementwise';
import { zerosLike } from '../ops/generate';
import { concat } from '../ops/join';
import { permute, slice } from '../ops/movement';
import { reshape } from '../ops/reshape';
import type { Tensor } from '../tensor';
import type { Call } from './op';
import { type Body, madeOf, makeProgram, placeholder, placeOf, type Stream } from './program';
import { residualsOf } from './residuals';
import { reapply, rowNodes } from './rows';

/*
 * The gradient of a loop is a loop from the other end, over the transposed body. Its state is the cotangent of the state; it reads
 * the cotangents of the outputs and what it needs of the forward loop. What only adds up over time (the gradient of a captured
 * matrix) leaves it as streams, and is one product over all steps afterwards.
 */

type Streams = (call: Call, stream: Stream) => Tensor;
type Cotangents = readonly (Tensor | undefined)[];

/** Cotangents of a call's inputs for those of its streams. */
export function scanGradient(
  call: Call,
  streams: readonly Stream[],
  dys: Cotangents,
  options: GradOptions,
  stream: Streams,
): Cotangents {
  const isHalved = options.baseline !== undefined && Object.keys(options.rules ?? {}).length > 0;
  const walk = new BackwardLoop(call, streams, dys, options, stream, isHalved);
  const found = walk.gradients();
  return isHalved ? found.map((dx, i) => dx && walk.toBothHalves(dx, i)) : found;
}

/** The forward body over the rows that the gradient is asked for, and over their baselines. */
interface Copy {
  /** From nodes of the program to nodes of this copy. */
  readonly of: ReadonlyMap<Tensor, Tensor>;
  readonly half: 'first' | 'second';
}

class BackwardLoop {
  private readonly batch: number;
  private readonly copies: readonly Copy[];
  private readonly xs: { readonly node: Tensor; readonly sequence: Tensor }[] = [];
  private readonly usedCaptures = new Map<Tensor, Tensor>();
  /** Captured tensors with a row for each of the batch. */
  private readonly ofRows: ReadonlySet<Tensor>;

  constructor(
    private readonly call: Call,
    private readonly streams: readonly Stream[],
    private readonly dys: Cotangents,
    private readonly options: GradOptions,
    private readonly stream: Streams,
    private readonly isHalved: boolean,
  ) {
    const { program } = call;
    this.batch = isHalved ? program.batch / 2 : program.batch;
    this.ofRows = new Set(program.captured.filter((node) => hasRows(node, program)));
    const whole: Copy = { of: new Map(program.nodes.map((node) => [node, node])), half: 'first' };
    this.copies = isHalved ? [this.halfCopy('first'), this.halfCopy('second')] : [whole];
  }

  gradients(): Cotangents {
    const { program } = this.call;
    const states = program.state.filter((node) => isFloat(node.dtype));
    const dStates = states.map((node) => placeholder('cotangent', this.own(node).shape, node.dtype));
    const seeds = this.seeds(states, dStates);
    const cotangents = this.walk(seeds);
    const of = (node: Tensor) => cotangents.get(this.own(node));
    const dBefore = states.map((node) => this.plus(of(node), this.historyCotangent(node)) ?? zerosLike(this.own(node)));
    const roots = [...dBefore, ...[...program.x, ...program.captured].flatMap((node) => of(node) ?? [])];
    const rows = this.rowsOf(roots);
    const totals = program.captured.map((node) => totalOf(of(node), rows));
    const needed = [
      ...new Set([...dBefore, ...program.x.flatMap((node) => of(node) ?? []), ...totals.flatMap((t) => t.rows)]),
    ];
    const sums = totals.flatMap((t) => (t.accumulate ? [t.accumulate] : []));
    const accumulators = sums.map((value) => placeholder('sum', value.shape, value.dtype));
    const after = accumulators.map((held, i) => add(held, sums[i]));
    const cut = this.cut([...needed, ...after]);
    const replaced = substitute([...needed, ...dBefore, ...after], cut);
    const results = replaced.slice(0, needed.length);
    const next = replaced.slice(needed.length);
    const read = new Map(this.xs.map(({ node, sequence }) => [node, sequence]));
    const outputs = results.filter((node) => !read.has(node));
    const used = new Set(topological([...next, ...outputs]));
    const xs = this.xs.filter(({ node }) => used.has(node));
    const captured = [...this.usedCaptures].filter(([node]) => used.has(node));
    const body: Body = {
      state: [...dStates, ...accumulators],
      x: xs.map(({ node }) => node),
      captured: captured.map(([node]) => node),
      next,
    };
    const course = { batch: this.batch, length: program.length, reverse: !program.reverse, segment: program.segment };
    const backwardCall: Call = {
      program: makeProgram(body, course, outputs),
      init: [...states.map((node) => this.lastCotangent(node)), ...accumulators.map(zerosLike)],
      xs: xs.map(({ sequence }) => sequence),
      captured: captured.map(([, t]) => t),
    };
    const value = (node: Tensor): Tensor => {
      const result = results[needed.indexOf(node)];
      return (
        read.get(result) ?? this.stream(backwardCall, { kind: 'value', node: placeOf(backwardCall.program, result) })
      );
    };
    const final = (state: number) => this.stream(backwardCall, { kind: 'final', state });
    let accumulated = 0;
    return [
      ...program.state.map((node) => (states.includes(node) ? final(states.indexOf(node)) : undefined)),
      ...program.x.map((node) => of(node) && value(of(node)!)),
      ...totals.map((t) => (t.accumulate ? final(states.length + accumulated++) : t.sum?.(value))),
    ];
  }

  /** What both halves of a doubled batch get: the gradient of the first. */
  toBothHalves(dx: Tensor, i: number): Tensor {
    const { init, xs, captured } = this.call;
    const input = [...init, ...xs, ...captured][i];
    return dx.shape[0] * 2 === input.shape[0] && input.shape[0] === this.call.program.batch ? concat([dx, dx], 0) : dx;
  }

  // ---- the forward body ---------------------------------------------------------------------------------------------

  private own(node: Tensor): Tensor {
    return this.copies[0].of.get(node)!;
  }

  /** The body over half of the rows. */
  private halfCopy(half: Copy['half']): Copy {
    const { program } = this.call;
    const rows = rowNodes(program.nodes, [...program.state, ...program.x, ...this.ofRows], program.batch);
    const of = new Map<Tensor, Tensor>();
    const halved = (node: Tensor) => placeholder(half, [this.batch, ...node.shape.slice(1)], node.dtype);
    for (const node of program.nodes) {
      const made = madeOf(node);
      if (!made) of.set(node, rows.has(node) || this.ofRows.has(node) ? halved(node) : node);
      else if (rows.has(node))
        of.set(
          node,
          reapply(
            node,
            made.inputs.map((input) => of.get(input)!),
            made.inputs.map((input) => rows.has(input)),
            [this.batch],
          ),
        );
      else if (made.inputs.some((input) => rows.has(input)))
        throw new UnsupportedRule(
          `scan: a rule with a baseline cannot follow ${made.op.name}, which mixes the rows of the batch`,
        );
      else of.set(node, substitute([node], of)[0]);
    }
    return { of, half };
  }

  /** A tensor from outside, for the rows of one copy. */
  private outside(t: Tensor, { half }: Copy): Tensor {
    if (!this.isHalved || t.shape[0] !== this.call.program.batch) return t;
    return half === 'first' ? slice(t, [0], [this.batch]) : slice(t, [this.batch]);
  }

  // ---- the walk -----------------------------------------------------------------------------------------------------

  private seeds(states: readonly Tensor[], dStates: readonly Tensor[]): Map<Tensor, Tensor> {
    const { program } = this.call;
    const seeds = new Map<Tensor, Tensor>();
    const seed = (node: Tensor, d: Tensor) => seeds.set(node, this.plus(seeds.get(node), d)!);
    states.forEach((node, i) => seed(this.own(program.next[program.state.indexOf(node)]), dStates[i]));
    this.streams.forEach((stream, k) => {
      const dy = this.dys[k];
      if (stream.kind !== 'value' || !dy) return;
      const node = this.own(program.nodes[stream.node]);
      seed(node, this.read('dy', this.outside(dy, this.copies[0]), node));
    });
    return seeds;
  }

  private walk(seeds: Map<Tensor, Tensor>): Map<Tensor, Tensor> {
    const { program } = this.call;
    const variables = [...program.state, ...program.x, ...program.captured]
      .map((node) => this.own(node))
      .filter((node) => isFloat(node.dtype));
    const path = pathTo([...seeds.keys()], new Set(variables));
    if (!this.isHalved) return backward(path, seeds, this.options);
    const [first, second] = this.copies;
    const twin = new Map([...first.of].map(([node, own]) => [own, second.of.get(node)!]));
    return backward(path, seeds, this.options, (step, dy) => {
      const baseline = {
        inputs: step.inputs.map((t) => twin.get(t) ?? t),
        output: twin.get(step.output) ?? step.output,
      };
      return gradientsOf(step, dy, this.options, path.nodes, baseline);
    });
  }

  /** A sequence that the backward loop reads. */
  private read(name: string, sequence: Tensor, like: Tensor): Tensor {
    const node = placeholder(name, like.shape, like.dtype);
    this.xs.push({ node, sequence });
    return node;
  }

  private plus(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
    return a && b ? add(a, b) : (a ?? b);
  }

  // ---- states -------------------------------------------------------------------------------------------------------

  /** The cotangent that readers of the history give to the state before each step. */
  private historyCotangent(node: Tensor): Tensor | undefined {
    const dy = this.cotangentOf('history', node);
    return dy && this.read('dy', this.before(dy), this.own(node));
  }

  private lastCotangent(node: Tensor): Tensor {
    const final = this.cotangentOf('final', node);
    const history = this.cotangentOf('history', node);
    const { length, reverse } = this.call.program;
    const last = history && slice(history, [0, reverse ? 0 : length], [undefined, reverse ? 1 : length + 1]);
    const total = this.plus(final, last && reshape(last, node.shape));
    const whole = total ?? zerosLike(this.call.init[this.call.program.state.indexOf(node)]);
    return this.outside(whole, this.copies[0]);
  }

  private cotangentOf(kind: 'final' | 'history', node: Tensor): Tensor | undefined {
    const state = this.call.program.state.indexOf(node);
    const isIt = (stream: Stream) => stream.kind === kind && stream.state === state;
    return this.dys
      .filter((_, k) => isIt(this.streams[k]))
      .reduce<Tensor | undefined>((total, dy) => this.plus(total, dy), undefined);
  }

  /** Of a history, the slots before each step. */
  private before(history: Tensor): Tensor {
    return this.call.program.reverse ? slice(history, [0, 1]) : slice(history, [0, 0], [undefined, -1]);
  }

  private after(history: Tensor): Tensor {
    return this.call.program.reverse ? slice(history, [0, 0], [undefined, -1]) : slice(history, [0, 1]);
  }

  // ---- what the backward loop reads of the forward loop -----------------------------------------------------------------

  /** Every node of the forward body that the backward body needs, as something that it reads or computes again. */
  private cut(roots: readonly Tensor[]): Map<Tensor, Tensor> {
    const { program } = this.call;
    const known = new Map<Tensor, Tensor>();
    for (const copy of this.copies) {
      const forward = new Map([...copy.of].map(([node, own]) => [own, node]));
      const needed = topological(roots, (t) => (forward.has(t) ? [] : (madeOf(t)?.inputs ?? []))).filter((t) =>
        forward.has(t),
      );
      const isFree = (own: Tensor) => {
        const node = forward.get(own);
        return (
          node !== undefined &&
          (program.state.includes(node) || program.x.includes(node) || program.next.includes(node))
        );
      };
      const stored = residualsOf(needed, isFree);
      const reached = topological(needed, (t) => (isFree(t) || stored.includes(t) ? [] : (madeOf(t)?.inputs ?? [])));
      for (const own of reached) {
        const node = forward.get(own);
        if (!node || known.has(own)) continue;
        const sequence = this.sequenceOf(node, isFree(own) || stored.includes(own));
        if (sequence) known.set(own, this.read('residual', this.outside(sequence, copy), own));
        else if (program.captured.includes(node)) this.capture(own, node, copy);
      }
    }
    return known;
  }

  private sequenceOf(node: Tensor, isStored: boolean): Tensor | undefined {
    const { program, xs } = this.call;
    if (program.x.includes(node)) return xs[program.x.indexOf(node)];
    if (program.state.includes(node))
      return this.before(this.stream(this.call, { kind: 'history', state: program.state.indexOf(node) }));
    if (program.next.includes(node) && isStored)
      return this.after(this.stream(this.call, { kind: 'history', state: program.next.indexOf(node) }));
    return isStored ? this.stream(this.call, { kind: 'value', node: placeOf(program, node) }) : undefined;
  }

  private capture(own: Tensor, node: Tensor, copy: Copy): void {
    this.usedCaptures.set(own, this.captureOutside(node, copy));
  }

  private captureOutside(node: Tensor, copy: Copy): Tensor {
    const t = this.call.captured[this.call.program.captured.indexOf(node)];
    return this.ofRows.has(node) ? this.outside(t, copy) : t;
  }

  // ---- sums over time ----------------------------------------------------------------------------------------------------

  private rowsOf(roots: readonly Tensor[]): Set<Tensor> {
    const placeholders = topological(roots).filter((t) => !madeOf(t) && t.source.kind === 'placeholder');
    const captured = new Set(this.copies.flatMap(({ of }) => this.call.program.captured.map((node) => of.get(node)!)));
    const given = placeholders.filter((t) => !captured.has(t) && t.shape[0] === this.batch);
    return rowNodes(topological(roots), given, this.batch);
  }
}

/** True for a captured tensor with a row for each of the batch; a matrix that happens to be as tall is multiplied, not laid beside rows. */
function hasRows(node: Tensor, { nodes, batch }: Call['program']): boolean {
  if (node.shape.length < 2 || node.shape[0] !== batch) return false;
  return nodes.some((reader) => {
    const { op, inputs, attrs } = madeOf(reader) ?? {};
    if (!op || !inputs!.includes(node)) return false;
    if (op.name !== 'contract') return reader.shape[0] === batch;
    return (attrs as ContractDims).batch[inputs!.indexOf(node)].includes(0);
  });
}

/** How a captured tensor gets its gradient: by a sum over streams, or, where that cannot be, in the loop itself. */
interface Total {
  readonly rows: readonly Tensor[];
  readonly sum?: Summed;
  readonly accumulate?: Tensor;
}

function totalOf(d: Tensor | undefined, rows: ReadonlySet<Tensor>): Total {
  if (!d) return { rows: [] };
  const needed: Tensor[] = [];
  const sum = sumOverTime(d, rows, needed);
  return sum ? { rows: needed, sum } : { rows: [], accumulate: d };
}

type Summed = (value: (node: Tensor) => Tensor) => Tensor;

/** Σ over time of a node of the body, as ops on whole streams; undefined where it can only be added up step by step. */
function sumOverTime(node: Tensor, rows: ReadonlySet<Tensor>, needed: Tensor[]): Summed | undefined {
  if (rows.has(node)) {
    needed.push(node);
    return (value) => sum(value(node), 1);
  }
  const made = madeOf(node);
  if (!made) return undefined;
  const { op, inputs, attrs } = made;
  const inner = () => sumOverTime(inputs[0], rows, needed);
  switch (op.name) {
    case 'permute': {
      const below = inner();
      return below && ((value) => permute(below(value), (attrs as { axes: readonly number[] }).axes));
    }
    case 'reshape': {
      const below = inner();
      return below && ((value) => reshape(below(value), node.shape));
    }
    case 'add': {
      const parts = inputs.map((input) => sumOverTime(input, rows, needed));
      const isWhole = inputs.every((input) => input.shape.join() === node.shape.join());
      return isWhole && parts[0] && parts[1] ? (value) => add(parts[0]!(value), parts[1]!(value)) : undefined;
    }
    case 'sum': {
      const { axes } = attrs as { axes: readonly number[] };
      if (!rows.has(inputs[0]) || !axes.includes(0)) return undefined;
      needed.push(inputs[0]);
      return (value) => sum(value(inputs[0]), [0, ...axes.map((d) => d + 1)]);
    }
    case 'contract': {
      const { batch, contract } = attrs as ContractDims;
      const isOverRows = inputs.every((input) => rows.has(input)) && contract[0].includes(0) && batch[0].length === 0;
      if (!isOverRows || contract[1][contract[0].indexOf(0)] !== 0) return undefined;
      needed.push(...inputs);
      const withTime = (axes: readonly number[]) => axes.flatMap((d) => (d === 0 ? [0, 1] : [d + 1]));
      const dims = { batch, contract: [withTime(contract[0]), withTime(contract[1])] as const };
      return (value) => contractGeneral(value(inputs[0]), value(inputs[1]), dims);
    }
    default:
      return undefined;
  }
}
