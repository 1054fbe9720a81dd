import { substitute, topological } from '../graph';
import { asTensor, type TensorLike } from '../op';
import { broadcastTo } from '../ops/broadcast';
import { add, div, mul, neg, where } from '../ops/elementwise';
import { zerosLike } from '../ops/generate';
import { concat } from '../ops/join';
import { slice } from '../ops/movement';
import { reshape } from '../ops/reshape';
import { scalar, Tensor } from '../tensor';
import { lift } from './lift';
import { linearScan } from './linear';
import { type Body, madeOf } from './program';
import { besideRows, rowNodes } from './rows';

/*
 * A body in which each state is a · state + b, element by element, with a and b that need no state: then there is no loop. The
 * states of all steps are linear scans, parallel over time, and the outputs are computed from them for all steps at once.
 */

/** A loop over a body, and what stands outside for its placeholders. */
export interface Loop {
  readonly body: Body;
  readonly outputs: readonly Tensor[];
  readonly inits: readonly Tensor[];
  readonly sequences: ReadonlyMap<Tensor, Tensor>;
  readonly shared: ReadonlyMap<Tensor, Tensor>;
  readonly batch: number;
  readonly length: number;
  readonly reverse: boolean;
}

/** Last states and outputs of all steps, or undefined where a state needs the loop. */
export function withoutLoop(loop: Loop): { finals: Tensor[]; streams: Tensor[] } | undefined {
  const { body, outputs, batch, length } = loop;
  const unsolved = new Set(body.state);
  const solved = new Map<Tensor, { readonly before: Tensor; readonly last: Tensor }>();
  while (unsolved.size > 0) {
    const found = [...unsolved].find((state) => linearPart(body.next[body.state.indexOf(state)], state, unsolved));
    if (!found) return undefined;
    const known = new Map(loop.sequences);
    for (const [state, { before }] of solved) known.set(state, before);
    const history = solve(loop, found, known, unsolved);
    if (!history) return undefined;
    solved.set(found, history);
    unsolved.delete(found);
  }
  const sequences = new Map(loop.sequences);
  for (const [state, { before }] of solved) sequences.set(state, before);
  const order = topological(outputs, (t) => madeOf(t)?.inputs ?? []);
  const rows = rowNodes(order, sequences.keys(), batch);
  if (outputs.some((output) => !rows.has(output))) return undefined;
  return {
    finals: body.state.map((state) => solved.get(state)!.last),
    streams: lift(outputs, { batch, length, sequences, shared: loop.shared }),
  };
}

/** factor · state + added; what is absent is 0. */
interface LinearPart {
  readonly factor?: TensorLike;
  readonly added?: TensorLike;
}

const plus = (a: TensorLike | undefined, b: TensorLike | undefined) =>
  a === undefined ? b : b === undefined ? a : add(a, b);
const times = (a: TensorLike | undefined, b: TensorLike) => (a === undefined ? undefined : isOne(a) ? b : mul(a, b));
const isOne = (a: TensorLike) => a instanceof Tensor && a.source.kind === 'scalar' && a.source.value === 1;
const minus = (a: TensorLike | undefined) => (a === undefined ? undefined : neg(a));

/** A node as a linear function of a state, element by element; undefined where it is none. */
function linearPart(node: Tensor, state: Tensor, unsolved: ReadonlySet<Tensor>): LinearPart | undefined {
  const memo = new Map<Tensor, boolean>();
  const isFree = (t: Tensor): boolean => {
    const known = memo.get(t);
    if (known !== undefined) return known;
    const free = !unsolved.has(t) && (madeOf(t)?.inputs ?? []).every(isFree);
    memo.set(t, free);
    return free;
  };
  const taken = new Map<Tensor, LinearPart | undefined>(); // a value that is read twice, and what is made of it twice …, is taken once
  const take = (t: Tensor): LinearPart | undefined => {
    if (!taken.has(t)) taken.set(t, takeAnew(t));
    return taken.get(t);
  };
  const takeAnew = (t: Tensor): LinearPart | undefined => {
    if (t === state) return { factor: scalar(1, state.dtype) }; // a bare 1 would be an f32 where it meets no tensor
    if (isFree(t)) return { added: t };
    const made = madeOf(t);
    if (!made || t.shape.join() !== state.shape.join()) return undefined;
    const { op, inputs } = made;
    if (op.name === 'where') return isFree(inputs[0]) ? choose(inputs[0], take(inputs[1]), take(inputs[2])) : undefined;
    if (!['add', 'sub', 'neg', 'mul', 'div'].includes(op.name)) return undefined;
    const parts = inputs.map(take);
    const [p, q] = parts;
    if (!p || (inputs.length === 2 && !q)) return undefined;
    switch (op.name) {
      case 'add':
        return { factor: plus(p.factor, q!.factor), added: plus(p.added, q!.added) };
      case 'sub':
        return { factor: plus(p.factor, minus(q!.factor)), added: plus(p.added, minus(q!.added)) };
      case 'neg':
        return { factor: minus(p.factor), added: minus(p.added) };
      case 'mul': {
        const [own, other] = isFree(inputs[1]) ? [p, inputs[1]] : [q!, inputs[0]];
        return isFree(other) ? { factor: times(own.factor, other), added: times(own.added, other) } : undefined;
      }
      default:
        return isFree(inputs[1])
          ? { factor: p.factor && div(p.factor, inputs[1]), added: p.added && div(p.added, inputs[1]) }
          : undefined;
    }
  };
  return take(node);
}

function choose(condition: Tensor, p: LinearPart | undefined, q: LinearPart | undefined): LinearPart | undefined {
  if (!p || !q) return undefined;
  const either = (a: TensorLike | undefined, b: TensorLike | undefined) =>
    a === undefined && b === undefined ? undefined : where(condition, a ?? 0, b ?? 0);
  return { factor: either(p.factor, q.factor), added: either(p.added, q.added) };
}

/** The states of one name before each step, and after the last. */
function solve(loop: Loop, state: Tensor, sequences: ReadonlyMap<Tensor, Tensor>, unsolved: ReadonlySet<Tensor>) {
  const { body, batch, length, reverse } = loop;
  const at = body.state.indexOf(state);
  const { factor, added } = linearPart(body.next[at], state, unsolved)!;
  const a = factor === undefined ? undefined : allSteps(loop, factor, state, sequences);
  const b = added === undefined ? undefined : allSteps(loop, added, state, sequences);
  if (a === null || b === null) return undefined;
  const init = loop.inits[at];
  const wide = [batch, length, ...state.shape.slice(1)];
  const zero = () => broadcastTo(reshape(zerosLike(init), [batch, 1, ...state.shape.slice(1)]), wide);
  const after = a ? linearScan(a, b ?? zero(), { init, reverse }) : (b ?? zero());
  const first = reshape(init, [batch, 1, ...state.shape.slice(1)]);
  const before = reverse
    ? concat([slice(after, [0, 1]), first], 1)
    : concat([first, slice(after, [0, 0], [undefined, -1])], 1);
  const end = reverse ? 0 : length - 1;
  return { before, last: reshape(slice(after, [0, end], [undefined, end + 1]), state.shape) };
}

/** A part of the body that needs no state, for all steps; null where its rows do not stand apart. */
function allSteps(
  { batch, length, shared, body }: Loop,
  part: TensorLike,
  state: Tensor,
  sequences: ReadonlyMap<Tensor, Tensor>,
) {
  const wide = [batch, length, ...state.shape.slice(1)];
  const node = asTensor(part);
  const order = topological([node], (t) => madeOf(t)?.inputs ?? []);
  const rows = rowNodes(order, sequences.keys(), batch);
  if (rows.has(node) && node.shape.length !== state.shape.length) return null; // [batch] beside [batch, features]
  if (rows.has(node)) return broadcastTo(lift([node], { batch, length, sequences, shared })[0], wide);
  const given = new Set([...body.state, ...body.x]);
  if (order.some((t) => given.has(t))) return null;
  return broadcastTo(besideRows(substitute([node], shared)[0], state.shape.length, 1), wide);
}
