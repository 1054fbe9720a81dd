import { substitute, topological } from '../graph';
import type { ContractDims } from '../op';
import { add } from '../ops/elementwise';
import { sameShape } from '../shape';
import type { Tensor } from '../tensor';
import { type Body, madeOf } from './program';
import { rowNodes } from './rows';

/** A body taken apart: what is computed before the loop, what in it, what after it. */
export interface Parts {
  /** Row nodes to compute for all steps before the loop; the loop reads them as sequences. */
  readonly before: readonly Tensor[];
  /** Row nodes that the outputs are made of; the loop gives them as streams. */
  readonly streams: readonly Tensor[];
  readonly next: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/**
 * Takes every product that does not need the state before a step out of the loop: those of sequences go before it, those that
 * only outputs need go after it. Sums are regrouped first, so that terms without the state meet.
 */
export function takeApart({ state, x, captured, next }: Body, outputs: readonly Tensor[], batch: number): Parts {
  const regrouped = regroup([...next, ...outputs], new Set(state));
  const roots = regrouped.slice(0, next.length);
  const results = regrouped.slice(next.length);
  const order = topological(regrouped);
  const dependent = dependents(order, state);
  const contracts = order.filter((node) => madeOf(node)?.op.name === 'contract');
  const products = new Set(dependents(order, contracts));
  const large = new Set(dependents(order, contracts.filter(isLarge)));
  const rows = rowNodes(order, [...state, ...x], batch);
  const isFree = (node: Tensor) => rows.has(node) && !dependent.has(node);
  const before = new Set<Tensor>();
  const goOut = (node: Tensor): void => {
    if (!large.has(node) || before.has(node)) return;
    // Below a view: a gate's share of one product for all gates is a view of it, and not a product of its own.
    if (madeOf(node)!.op.lowering.kind === 'movement')
      return madeOf(node)!.inputs.forEach((input) => isFree(input) && goOut(input));
    before.add(node);
  };
  const inLoop = new Set(topological(roots));
  const streams = cutOutputs(results, inLoop, products, rows, new Set([...state, ...x, ...captured]));
  for (const node of topological([...roots, ...streams], (t) => (isFree(t) ? [] : (madeOf(t)?.inputs ?? []))))
    if (isFree(node)) goOut(node);
  return { before: [...before], streams, next: roots, outputs: results };
}

/**
 * Products of few channels, such as the four of DNA, stay in the loop: to write and read the result of each costs more than the
 * product itself.
 */
const fewChannels = 8;

function isLarge(product: Tensor): boolean {
  const { inputs, attrs } = madeOf(product)!;
  const summed = (attrs as ContractDims).contract[0].map((axis) => inputs[0].shape[axis]);
  return summed.reduce((a, b) => a * b, 1) > fewChannels;
}

function dependents(order: readonly Tensor[], given: Iterable<Tensor>): Set<Tensor> {
  const found = new Set(given);
  for (const node of order) if (madeOf(node)?.inputs.some((input) => found.has(input))) found.add(node);
  return found;
}

/** Where the outputs leave the loop: themselves, or, behind a product that the state does not need, what goes into that. */
function cutOutputs(
  results: readonly Tensor[],
  inLoop: ReadonlySet<Tensor>,
  products: ReadonlySet<Tensor>,
  rows: ReadonlySet<Tensor>,
  placeholders: ReadonlySet<Tensor>,
): Tensor[] {
  const streams = new Set<Tensor>();
  const visit = (node: Tensor): void => {
    if (inLoop.has(node) || placeholders.has(node) || !products.has(node) || !rows.has(node)) {
      if (rows.has(node)) streams.add(node);
      return;
    }
    for (const input of madeOf(node)!.inputs) visit(input);
  };
  for (const result of results) {
    if (rows.has(result)) visit(result);
    else streams.add(result);
  }
  return [...streams];
}

/** Sums with their terms in two groups, without the state and with it, so that the first is one term outside the loop. */
function regroup(roots: readonly Tensor[], state: ReadonlySet<Tensor>): Tensor[] {
  const order = topological(roots);
  const dependent = dependents(order, state);
  const readers = new Map<Tensor, number>();
  for (const root of roots) readers.set(root, 1);
  for (const node of order)
    for (const input of madeOf(node)?.inputs ?? []) readers.set(input, (readers.get(input) ?? 0) + 1);
  const isSum = (node: Tensor) => madeOf(node)?.op.name === 'add' && dependent.has(node);
  const inner = new Set(
    order
      .filter(isSum)
      .flatMap((node) =>
        madeOf(node)!.inputs.filter(
          (input) => isSum(input) && readers.get(input) === 1 && sameShape(input.shape, node.shape),
        ),
      ),
  );
  const termsOf = (node: Tensor): Tensor[] =>
    madeOf(node)!.inputs.flatMap((input) => (inner.has(input) ? termsOf(input) : [input]));
  const changed = new Map<Tensor, Tensor>();
  for (const node of order) {
    if (!isSum(node) || inner.has(node)) continue;
    const terms = termsOf(node);
    const free = terms.filter((term) => !dependent.has(term));
    if (free.length < 2 && !(free.length === 1 && terms.length > 2)) continue;
    const bound = substitute(
      terms.filter((term) => dependent.has(term)),
      changed,
    );
    const whole = [...free].sort((a, b) => b.size - a.size);
    changed.set(
      node,
      add(
        bound.reduce((a, b) => add(a, b)),
        whole.reduce((a, b) => add(a, b)),
      ),
    );
  }
  return substitute(roots, changed);
}
