import { isFloat } from '../dtype';
import { HairpinError, shapeError } from '../errors';
import { substitute, topological } from '../graph';
import { flattenNest, mapNest } from '../nest';
import { asTensor, type TensorLike } from '../op';
import { less, where } from '../ops/elementwise';
import { arange, zeros } from '../ops/generate';
import { reshape } from '../ops/reshape';
import { Parameter } from '../parameter';
import { sameShape } from '../shape';
import { Tensor } from '../tensor';
import { tensor } from '../create';
import { drawAtEachStep } from './draws';
import { takeApart } from './hoist';
import { lift } from './lift';
import { withoutLoop } from './linear-body';
import { type Call, streamOf } from './op';
import { type Body, makeProgram, madeOf, placeholder, placeOf } from './program';
import { inSegments, type RunSegment } from './segments';

/** How a loop runs. */
export interface ScanOptions {
  /** Length of each row, `[B]` as i32: past its end a row keeps its state, and its outputs are 0. */
  readonly lengths?: Tensor | readonly number[] | undefined;
  /** Walks from the last step to the first; each row starts at its own end. */
  readonly reverse?: boolean;
  /** Steps in one dispatch; unless said, as many as a device should do at once. */
  readonly segment?: number;
  /**
   * Keeps for the gradient only the state at every multiple of so many steps, and computes what lies between again: about √T of
   * them need the least memory. Unless said, everything is kept.
   */
  readonly checkpoint?: number | undefined;
}

/** One step: the state before and what it reads, to the state after and what it gives. */
export type ScanBody<S, X, Y> = (state: S, x: X) => readonly [S, Y];

/** The nest with tensors for whatever a caller may write in their place. */
export type TensorsOf<N> = N extends TensorLike ? Tensor : { [K in keyof N]: TensorsOf<N[K]> };

/**
 * Runs `body` over the length axis of `xs` (a nest of `[B, T, …]`), from the state `init` (a nest of `[B, …]`): the last state,
 * and the outputs of all steps as `[B, T, …]`. The body may capture any tensor; its shapes are those of one step. It is called
 * once, to be traced: its meaning is the plain loop `for (t) [state, y[t]] = body(state, x[t])`. Random numbers drawn inside it are
 * drawn anew at each step.
 */
export function scan<S, X, Y>(
  body: ScanBody<TensorsOf<S>, TensorsOf<X>, Y>,
  init: S,
  xs: X,
  options: ScanOptions = {},
): [TensorsOf<S>, TensorsOf<Y>] {
  const inits = leavesOf('an initial state', init);
  const sequences = leavesOf('a sequence', xs);
  const { batch, length } = extentOf(inits, sequences);
  const steps = wholeSteps('checkpoint', options.checkpoint) ?? Infinity;
  if (steps < length) {
    const { checkpoint: _, lengths, ...rest } = options;
    const run: RunSegment = (before, x, left) => scan(body, before as S, x as X, { ...rest, lengths: left });
    const whole = { steps, length, lengths: lengths && lengthsOf(lengths, batch), reverse: options.reverse ?? false };
    return inSegments(run, unflatten(init, inits), unflatten(xs, sequences), whole) as [TensorsOf<S>, TensorsOf<Y>];
  }
  const state = inits.map((t) => placeholder('state', t.shape, t.dtype));
  const x = sequences.map((t) => placeholder('x', [batch, ...t.shape.slice(2)], t.dtype));
  const traced: unknown = body(unflatten(init, state) as TensorsOf<S>, unflatten(xs, x) as TensorsOf<X>);
  if (!Array.isArray(traced) || traced.length !== 2)
    throw new HairpinError('scan: the body must return [state, output]; return [state, []] where there is no output');
  const [after, y] = traced as [unknown, unknown];
  const next = checkedState(init, after, state);
  const outputs = flattenNest(y).map((leaf) => checkedOutput(leaf, batch));
  const first = (x[0] ?? state[0]).id; // what the body made has larger ones
  const drawn = drawAtEachStep([...next, ...outputs], first, batch, length);
  const traceOf: Traced = {
    ...{ state, inits, batch, length },
    x: [...x, ...drawn.x],
    sequences: [...sequences, ...drawn.sequences],
    next: drawn.roots.slice(0, next.length),
    outputs: drawn.roots.slice(next.length),
  };
  const { finals, streams } = run(traceOf, options);
  return [unflatten(init, finals) as TensorsOf<S>, unflatten(y, streams) as TensorsOf<Y>];
}

// ---- the door ------------------------------------------------------------------------------------------------------

function leavesOf(what: string, nest: unknown): Tensor[] {
  return flattenNest(nest).map((leaf) => {
    if (!(leaf instanceof Tensor) && !(leaf instanceof Parameter))
      throw shapeError('scan', `tensors as ${what}`, leaf === null ? 'null' : typeof leaf);
    return asTensor(leaf);
  });
}

function extentOf(inits: readonly Tensor[], sequences: readonly Tensor[]): { batch: number; length: number } {
  const [first] = sequences;
  if (!first)
    throw new HairpinError(
      'scan: expected at least one sequence [batch, length, …]: its length says how long the loop is',
    );
  for (const t of sequences)
    if (t.shape.length < 2 || t.shape[0] !== first.shape[0] || t.shape[1] !== first.shape[1])
      throw shapeError('scan', 'sequences [batch, length, …] of one batch and length', first.shape, t.shape);
  const [batch, length] = first.shape;
  for (const t of inits)
    if (t.shape[0] !== batch)
      throw shapeError('scan', `initial states [${batch}, …], as the sequences have ${batch} rows`, t.shape);
  return { batch, length };
}

const unflatten = (nest: unknown, leaves: readonly unknown[]): unknown => {
  let at = 0;
  return mapNest(nest, () => leaves[at++]);
};

function checkedState(init: unknown, after: unknown, state: readonly Tensor[]): Tensor[] {
  const paths: string[] = [];
  mapNest(init, (_, path) => paths.push(path));
  const found = new Map<string, unknown>();
  mapNest(after, (leaf, path) => found.set(path, leaf)); // by name: the body may write them in another order
  if (found.size !== state.length)
    throw new HairpinError(
      `scan: the body returned a state of ${found.size} tensors, the initial state has ${state.length}`,
    );
  return paths.map((path, i) => {
    const name = path === '' ? 'state' : `state ${path}`;
    if (!found.has(path)) throw new HairpinError(`scan: the body returned no ${name}`);
    const leaf = found.get(path);
    if (!(leaf instanceof Tensor)) throw shapeError('scan', `a tensor as ${name} of the body`, typeof leaf);
    if (!sameShape(leaf.shape, state[i].shape) || leaf.dtype !== state[i].dtype)
      throw shapeError(
        'scan',
        `${name} to stay a ${state[i].dtype} tensor of shape [${state[i].shape.join(', ')}]`,
        `${leaf}`,
      );
    return leaf;
  });
}

function checkedOutput(leaf: unknown, batch: number): Tensor {
  if (!(leaf instanceof Tensor)) throw shapeError('scan', 'tensors as outputs of the body', typeof leaf);
  if (leaf.shape[0] !== batch)
    throw shapeError('scan', `outputs [${batch}, …], a row for each of the batch`, leaf.shape);
  return leaf;
}

// ---- the loop ------------------------------------------------------------------------------------------------------

interface Traced {
  readonly state: readonly Tensor[];
  readonly x: readonly Tensor[];
  readonly next: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly inits: readonly Tensor[];
  readonly sequences: readonly Tensor[];
  readonly batch: number;
  readonly length: number;
}

function run(traced: Traced, options: ScanOptions): { finals: Tensor[]; streams: Tensor[] } {
  const { inits, batch, length } = traced;
  const segment = wholeSteps('segment', options.segment);
  if (length === 0)
    return {
      finals: [...inits],
      streams: traced.outputs.map((y) =>
        zeros([batch, 0, ...y.shape.slice(1)], { dtype: y.dtype, device: inits[0]?.device }),
      ),
    };
  const ended = options.lengths === undefined ? traced : endRows(traced, lengthsOf(options.lengths, batch));
  const { body, captures, outputs } = capture(ended);
  const shared = new Map(body.captured.map((node, i) => [node, captures[i]]));
  const sequences = new Map(body.x.map((node, i) => [node, ended.sequences[i]]));
  const reverse = options.reverse ?? false;
  const solved = withoutLoop({ body, outputs, inits, sequences, shared, batch, length, reverse });
  if (solved) return solved;
  const parts = takeApart(body, outputs, batch);
  const hoisted = lift(parts.before, { batch, length, sequences, shared });
  const read = new Map(parts.before.map((node) => [node, placeholder('hoisted', node.shape, node.dtype)]));
  const inLoop = substitute([...parts.next, ...parts.streams], read);
  const next = inLoop.slice(0, parts.next.length);
  const given = inLoop.slice(parts.next.length);
  const used = new Set(topological(inLoop));
  const xs = [
    ...body.x.map((node, i) => ({ node, sequence: ended.sequences[i] })),
    ...parts.before.map((node, i) => ({ node: read.get(node)!, sequence: hoisted[i] })),
  ].filter(({ node }) => used.has(node));
  const captured = body.captured.map((node, i) => ({ node, outer: captures[i] })).filter(({ node }) => used.has(node));
  const loop: Body = { state: body.state, x: xs.map((x) => x.node), captured: captured.map((c) => c.node), next };
  const course = { batch, length, reverse, segment };
  const call: Call = {
    program: makeProgram(loop, course, given),
    init: inits,
    xs: xs.map((x) => x.sequence),
    captured: captured.map((c) => c.outer),
  };
  const known = new Map(
    parts.streams.map((node, i) => {
      const x = xs.find((entry) => entry.node === given[i]);
      return [node, x ? x.sequence : streamOf(call, { kind: 'value', node: placeOf(call.program, given[i]) })];
    }),
  );
  const finals = next.map((_, state) => streamOf(call, { kind: 'final', state }));
  const streams = lift(parts.outputs, { batch, length, sequences: new Map([...sequences, ...known]), shared });
  return { finals, streams };
}

function wholeSteps(name: 'segment' | 'checkpoint', steps: number | undefined): number | undefined {
  if (steps === undefined || steps === Infinity) return steps;
  if (!Number.isInteger(steps) || steps < 1)
    throw new HairpinError(`scan: expected a whole number of steps ≥ 1 (or Infinity) as ${name}, got ${steps}`);
  return steps;
}

/** What the body reads from outside becomes an input; numbers stay in it. */
function capture({ state, x, next, outputs }: Traced): { body: Body; captures: Tensor[]; outputs: Tensor[] } {
  const roots = [...next, ...outputs];
  const order = topological(roots);
  const inside = new Set([...state, ...x]);
  for (const node of order) if (madeOf(node)?.inputs.some((input) => inside.has(input))) inside.add(node);
  const constant = new Set<Tensor>();
  for (const node of order) if (isConstant(node, constant)) constant.add(node);
  const fromInside = order.filter((node) => inside.has(node)).flatMap((node) => madeOf(node)?.inputs ?? []);
  const captures = [...new Set([...fromInside, ...roots])].filter((node) => !inside.has(node) && !constant.has(node));
  const captured = captures.map((t) => placeholder('captured', t.shape, t.dtype));
  const changed = substitute(roots, new Map(captures.map((t, i) => [t, captured[i]])));
  return {
    body: { state, x, captured, next: changed.slice(0, next.length) },
    captures,
    outputs: changed.slice(next.length),
  };
}

/** Made of numbers alone, so that it costs nothing inside the loop. */
function isConstant(node: Tensor, constant: ReadonlySet<Tensor>): boolean {
  if (node.source.kind === 'scalar') return typeof node.source.value === 'number';
  const made = madeOf(node);
  if (!made || made.inputs.length === 0) return false;
  const kind = made.op.lowering.kind;
  const isPlain = kind === 'movement' || (kind === 'elementwise' && !made.op.lowering.usesIndex);
  return isPlain && made.inputs.every((input) => constant.has(input));
}

// ---- lengths -------------------------------------------------------------------------------------------------------

function lengthsOf(lengths: Tensor | readonly number[], batch: number): Tensor {
  const found = lengths instanceof Tensor ? lengths : tensor(lengths as number[], { dtype: 'i32' });
  if (found.dtype !== 'i32' || !sameShape(found.shape, [batch]))
    throw shapeError('scan', `lengths [${batch}] as i32`, `${found}`);
  return found;
}

/** The loop with each row ending at its own length: then the state stays, outputs are 0, and the sequences count as 0. */
function endRows(traced: Traced, lengths: Tensor): Traced {
  const { batch, length, state } = traced;
  const isInside = less(reshape(arange(length, 'i32'), [1, length]), reshape(lengths, [batch, 1]));
  const mask = placeholder('isInside', [batch, 1], 'bool');
  const beside = (t: Tensor) =>
    t.shape.length === 1 ? reshape(mask, [batch]) : reshape(mask, [batch, ...t.shape.slice(1).map(() => 1)]);
  const zero = (t: Tensor) => (t.dtype === 'bool' ? false : 0);
  const wide = (t: Tensor) => reshape(isInside, [batch, length, ...t.shape.slice(2).map(() => 1)]);
  const next = traced.next.map((node, i) => where(beside(node), node, state[i]));
  const held = new Map(traced.next.map((node, i) => [node, next[i]])); // an output that is a state needs no stream beside it
  return {
    ...traced,
    x: [...traced.x, mask],
    sequences: [
      ...traced.sequences.map((t) => (isFloat(t.dtype) ? where(wide(t), t, zero(t)) : t)),
      reshape(isInside, [batch, length, 1]),
    ],
    next,
    outputs: traced.outputs.map((y) => where(beside(y), held.get(y) ?? y, zero(y))),
  };
}
