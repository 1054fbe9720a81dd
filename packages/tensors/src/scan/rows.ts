import type { ContractDims } from '../op';
import { apply } from '../op';
import type { Shape } from '../shape';
import type { Tensor } from '../tensor';
import { broadcastTo } from '../ops/broadcast';
import { reshape } from '../ops/reshape';
import { madeOf } from './program';

/*
 * A node of a loop's body is a row node when its first axis is the batch and every row of it depends on the same row of what it
 * was made of. Row nodes may be computed for any set of rows: for all steps at once, or for half of a batch.
 */

/** Views and sums that keep rows apart, by op: true where axis 0 stays what it is. */
const keepsRows: Record<string, (input: Shape, output: Shape, attrs: never) => boolean> = {
  slice: (x, y, { starts, steps }: { starts: readonly number[]; steps: readonly number[] }) =>
    starts[0] === 0 && steps[0] === 1 && x[0] === y[0],
  pad: (x, y, { starts }: { starts: readonly number[] }) => starts[0] === 0 && x[0] === y[0],
  flip: (_x, _y, { axes }: { axes: readonly number[] }) => !axes.includes(0),
  concat: (_x, _y, { axis }: { axis: number }) => axis !== 0,
  permute: (_x, _y, { axes }: { axes: readonly number[] }) => axes[0] === 0,
  reshape: (x, y) => x[0] === y[0],
  broadcastTo: (x, y) => x.length === y.length && x[0] === y[0],
  sum: (_x, _y, { axes }: { axes: readonly number[] }) => !axes.includes(0),
  max: (_x, _y, { axes }: { axes: readonly number[] }) => !axes.includes(0),
  min: (_x, _y, { axes }: { axes: readonly number[] }) => !axes.includes(0),
};

/** The row nodes among `order` (inputs first), given those that are so from the start. */
export function rowNodes(order: readonly Tensor[], given: Iterable<Tensor>, batch: number): Set<Tensor> {
  const rows = new Set(given);
  const mixed = new Set<Tensor>(); // what depends on rows and is none itself: nothing that is made of it is one
  for (const node of order) {
    if (rows.has(node)) continue;
    const inputs = madeOf(node)?.inputs ?? [];
    const isMixed = inputs.some((input) => mixed.has(input));
    if (!isMixed && isRow(node, rows, batch)) rows.add(node);
    else if (isMixed || inputs.some((input) => rows.has(input))) mixed.add(node);
  }
  return rows;
}

function isRow(node: Tensor, rows: ReadonlySet<Tensor>, batch: number): boolean {
  const made = madeOf(node);
  if (!made || node.shape[0] !== batch) return false;
  const { op, inputs, attrs } = made;
  const dependent = inputs.filter((input) => rows.has(input));
  if (dependent.length === 0) return false;
  const kind = op.lowering.kind;
  if (kind === 'identity') return true;
  if (kind === 'elementwise')
    return !op.lowering.usesIndex && dependent.every((input) => input.shape.length === node.shape.length);
  if (op.name === 'contract') return isRowProduct(inputs, attrs as ContractDims, rows);
  const keeps = keepsRows[op.name];
  return (
    keeps !== undefined && inputs.every((input) => rows.has(input) && keeps(input.shape, node.shape, attrs as never))
  );
}

function isRowProduct(
  [a, b]: readonly Tensor[],
  { batch, contract }: ContractDims,
  rows: ReadonlySet<Tensor>,
): boolean {
  if (batch[0].length > 0) return batch[0][0] === 0 && batch[1][0] === 0 && rows.has(a) && rows.has(b);
  return rows.has(a) && !rows.has(b) && !contract[0].includes(0);
}

/**
 * The row node again over other rows: axis 0 gives way to `lead` (`[B, T]` for all steps at once). `inputs` are its inputs
 * over those rows; `isRowInput` tells rows from what is the same for all.
 */
export function reapply(
  node: Tensor,
  inputs: readonly Tensor[],
  isRowInput: readonly boolean[],
  lead: readonly number[],
): Tensor {
  const { op, attrs } = madeOf(node)!;
  const more = lead.length - 1;
  const wide = (shape: Shape): number[] => [...lead, ...shape.slice(1)];
  const up = (axes: readonly number[]) => axes.map((d) => d + more);
  const kind = op.lowering.kind;
  if (kind === 'identity') return apply(op, inputs, attrs);
  if (kind === 'elementwise') {
    const rank = node.shape.length;
    return apply(
      op,
      inputs.map((input, i) => (isRowInput[i] ? input : besideRows(input, rank, more))),
      attrs,
    );
  }
  switch (op.name) {
    case 'contract': {
      const { batch, contract } = attrs as ContractDims;
      const both = batch[0].length > 0;
      const left = [both ? [...lead.keys(), ...up(batch[0].slice(1))] : [], up(contract[0])];
      const right = both ? [[...lead.keys(), ...up(batch[1].slice(1))], up(contract[1])] : [[], contract[1]];
      return apply(op, inputs, { batch: [left[0], right[0]], contract: [left[1], right[1]] });
    }
    case 'slice':
    case 'pad': {
      const own = attrs as { starts: number[]; steps?: number[]; dilation?: number[]; shape: number[] };
      const zeros = lead.map(() => 0);
      const ones = lead.map(() => 1);
      return apply(op, inputs, {
        ...own,
        starts: [...zeros, ...own.starts.slice(1)],
        ...(own.steps && { steps: [...ones, ...own.steps.slice(1)] }),
        ...(own.dilation && { dilation: [...ones, ...own.dilation.slice(1)] }),
        shape: wide(own.shape),
      });
    }
    case 'concat':
      return apply(op, inputs, { axis: (attrs as { axis: number }).axis + more });
    case 'permute':
      return apply(op, inputs, { axes: [...lead.keys(), ...up((attrs as { axes: number[] }).axes.slice(1))] });
    case 'reshape':
      return reshape(inputs[0], wide(node.shape));
    case 'broadcastTo':
      return broadcastTo(inputs[0], wide(node.shape));
    default:
      return apply(op, inputs, { ...(attrs as object), axes: up((attrs as { axes: number[] }).axes) });
  }
}

/** Something that has no step axis, beside row tensors that do: where it has a batch axis, new axes of length 1 follow it. */
export function besideRows(t: Tensor, rank: number, more: number): Tensor {
  if (t.shape.length < rank || more === 0) return t;
  return reshape(t, [t.shape[0], ...Array.from({ length: more }, () => 1), ...t.shape.slice(1)]);
}
