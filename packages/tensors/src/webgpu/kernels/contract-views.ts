import { type Affine, constant, ravel } from '../../affine';
import type { ContractDims } from '../../op';
import { contractAxes } from '../../ops/contract';
import type { Tensor } from '../../tensor';
import { mergeLoops } from '../merge';
import { type Loop, loopVariable, type Merged, ValueBuilder } from '../value';

/** An operand as a strided view: a buffer, and its index in the loops of the product. */
export interface View {
  readonly buffer: Tensor;
  readonly index: Affine;
}

/** The view behind an operand, or undefined where it has to be stored first: padding, arithmetic, a reshape that cuts. */
export function viewOf(
  operand: Tensor,
  isStored: (node: Tensor) => boolean,
  coords: readonly Affine[],
): View | undefined {
  const isView = (node: Tensor): boolean => {
    if (node.source.kind !== 'op' || isStored(node)) return node.source.kind !== 'scalar';
    return (
      node.source.op.lowering.kind === 'movement' && node.source.inputs.length === 1 && isView(node.source.inputs[0])
    );
  };
  if (!isView(operand)) return undefined;
  const value = new ValueBuilder(isStored).at(operand, coords);
  if (value.kind !== 'load' || value.row || value.index.terms.some((t) => t.atom.kind !== 'variable')) return undefined;
  return { buffer: value.buffer, index: value.index };
}

/** Loops of a product by role. */
interface Roles {
  readonly batch: readonly Loop[];
  readonly m: readonly Loop[];
  readonly n: readonly Loop[];
  readonly k: readonly Loop[];
}

const named = (prefix: string, sizes: readonly number[]): Loop[] =>
  sizes.map((size, d) => ({ name: `${prefix}${d}`, size }));

function rolesOf(a: Tensor, b: Tensor, dims: ContractDims): Roles {
  const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
  return {
    batch: named(
      'z',
      dims.batch[0].map((d) => a.shape[d]),
    ),
    m: named(
      'm',
      freeA.map((d) => a.shape[d]),
    ),
    n: named(
      'n',
      freeB.map((d) => b.shape[d]),
    ),
    k: named(
      'k',
      dims.contract[0].map((d) => a.shape[d]),
    ),
  };
}

/** Coordinates of an operand in the loops of the product. */
export function operandCoords(operand: Tensor, dims: ContractDims, side: 0 | 1, roles: Roles): Affine[] {
  const coords: Affine[] = operand.shape.map(() => constant(0));
  const place = (axes: readonly number[], loops: readonly Loop[]) =>
    axes.forEach((d, i) => (coords[d] = loopVariable(loops[i])));
  const used = [...dims.batch[side], ...dims.contract[side]];
  const free = operand.shape.map((_, d) => d).filter((d) => !used.includes(d));
  place(dims.batch[side], roles.batch);
  place(dims.contract[side], roles.k);
  place(free, side === 0 ? roles.m : roles.n);
  return coords;
}

/** What has to be stored before the product can read its operands as views: the tensor under a view, or the operand itself. */
export function operandsToStore(node: Tensor, isStored: (node: Tensor) => boolean): Tensor[] {
  const { a, b, dims } = operandsOf(node);
  const roles = rolesOf(a, b, dims);
  const wouldBeStored = (t: Tensor) =>
    isStored(t) || (t.source.kind === 'op' && ['elementwise', 'lookup'].includes(t.source.op.lowering.kind));
  const views = [a, b].map((operand, side) =>
    viewOf(operand, wouldBeStored, operandCoords(operand, dims, side as 0 | 1, roles)),
  );
  const missing = views.flatMap((view, side) => (!view ? [[a, b][side]] : isStored(view.buffer) ? [] : [view.buffer]));
  const isFlat = views.every((view) => view !== undefined) && joinedLoops(a, b, dims, wouldBeStored).k.length <= 2;
  return isFlat || views.includes(undefined) ? missing : [a, b].filter((operand) => operand.source.kind === 'op');
}

/** The operands of a product, its axes, and how many parts its sum is cut into. */
export function operandsOf(node: Tensor): { a: Tensor; b: Tensor; dims: ContractDims; splits: number } {
  if (node.source.kind !== 'op' || node.source.op.lowering.kind !== 'contract')
    throw new Error('contract: expected a product');
  const attrs = node.source.attrs as ContractDims & { splits?: number };
  const [a, b] = node.source.inputs;
  return { a: a, b: b, dims: attrs, splits: attrs.splits ?? 1 };
}

/** The product's loops after joining: at most one row and one column loop, the rest of them batched. */
export function joinedLoops(a: Tensor, b: Tensor, dims: ContractDims, isStored: (node: Tensor) => boolean) {
  const roles = rolesOf(a, b, dims);
  const views = [
    viewOf(a, isStored, operandCoords(a, dims, 0, roles))!,
    viewOf(b, isStored, operandCoords(b, dims, 1, roles))!,
  ];
  const forms = views.map((view) => view.index);
  const out = [...roles.batch, ...roles.m, ...roles.n];
  const place = ravel(
    out.map(loopVariable),
    out.map((loop) => loop.size),
  );
  const [batch, m, n] = [roles.batch, roles.m, roles.n].map((loops) => mergeLoops(loops, [...forms, place])) as [
    Merged,
    Merged,
    Merged,
  ];
  const k = mergeLoops(roles.k, forms);
  const rewrite = (form: Affine) => k.rewrite(n.rewrite(m.rewrite(batch.rewrite(form))));
  return {
    views: views.map((view) => ({ buffer: view.buffer, index: rewrite(view.index) })),
    batch: [...batch.loops, ...m.loops.slice(0, -1), ...n.loops.slice(0, -1)],
    m: m.loops.at(-1) ?? { name: 'm', size: 1 },
    n: n.loops.at(-1) ?? { name: 'n', size: 1 },
    k: k.loops,
    place: rewrite(place),
  };
}

/** A product as loops over strided operands. */
export type JoinedLoops = ReturnType<typeof joinedLoops>;
