import { isFloat } from '../dtype';
import { topological } from '../graph';
import { apply, type ContractDims, type Op } from '../op';
import { broadcastTo, sum } from '../ops/broadcast';
import { contractAxes } from '../ops/contract';
import { cast, mul } from '../ops/elementwise';
import { concat } from '../ops/join';
import { permute } from '../ops/movement';
import { reshape } from '../ops/reshape';
import { range } from '../shape';
import { Tensor } from '../tensor';
import { fewGroups } from './kernels/parts';
import type { Target } from './loop/layout';
import { Families } from './loop/families';
import { sharePacks } from './loop/packs';
import { joinSums } from './loop/sums';

/**
 * Rewrites a graph into what kernels are made of: composites become other ops, marks vanish, equal nodes become one, and
 * long sums of few results are cut so that many invocations share them. Leaves stay what they are. Equal numbers become one only
 * where `mergesNumbers`: a plan that is kept for a structure will meet others in their places.
 */
export function lower(roots: readonly Tensor[], mergesNumbers: boolean, target: Target): Tensor[] {
  const lowered = new Map<Tensor, Tensor>();
  const known = new Map<string, Tensor>();
  const lowerAll = (tensors: readonly Tensor[]): Tensor[] => {
    for (const node of topological(tensors, (t) => (lowered.has(t) || t.source.kind !== 'op' ? [] : t.source.inputs)))
      if (!lowered.has(node)) settle(node, lowerNode(node));
    return tensors.map((t) => lowered.get(t)!);
  };
  const families = new Families(roots, target, lowerAll);
  const settle = (node: Tensor, result: Tensor) => lowered.set(node, result).set(result, result);
  const lowerNode = (node: Tensor): Tensor => {
    if (node.source.kind !== 'op') return mergesNumbers ? unique(known, node) : node;
    const { op, attrs } = node.source;
    const inputs = node.source.inputs.map((input) => lowered.get(input)!);
    if (op.lowering.kind === 'identity') return inputs[0];
    if (op.lowering.kind === 'scan') return lowerAll([families.lower(node)])[0];
    const rewritten = turned(node, (below) => lowered.get(below)!) ?? rewrite(op, inputs, attrs, target.isSoftware);
    if (rewritten) return lowerAll([rewritten])[0];
    const same = inputs.every((input, i) => input === (node.source as { inputs: readonly Tensor[] }).inputs[i]);
    return unique(known, same ? node : new Tensor(node, { kind: 'op', op, inputs, attrs }));
  };
  return sharePacks(joinSums(lowerAll(roots), lowerAll), lowerAll);
}

/** The first node with this structure. */
function unique(known: Map<string, Tensor>, node: Tensor): Tensor {
  const key = structureOf(node);
  if (key === undefined) return node;
  const first = known.get(key);
  if (first) return first;
  known.set(key, node);
  return node;
}

function structureOf({ source, shape, dtype }: Tensor): string | undefined {
  if (source.kind === 'op')
    return `${source.op.name}(${source.inputs.map((input) => input.id).join()})${JSON.stringify(source.attrs)}${dtype}${shape.join()}`;
  return source.kind === 'scalar' && typeof source.value === 'number' ? `${dtype} ${source.value}` : undefined;
}

/** What stands for an op here, or undefined where it has a kernel form of its own. */
function rewrite(op: Op, inputs: readonly Tensor[], attrs: unknown, isSoftware: boolean): Tensor | undefined {
  const { lowering } = op;
  if (isF16Operand(op, inputs)) return inSinglePrecision(op, inputs, attrs);
  if (lowering.kind === 'composite') return lowering.expand(inputs, attrs);
  if (op.name === 'permute' && keepsOrder(inputs[0], (attrs as { axes: readonly number[] }).axes))
    return reshape(inputs[0], op.infer(inputs, attrs).shape);
  if (op.name === 'concat' && inputs.length > maxPieces) return concatInParts(inputs, (attrs as { axis: number }).axis);
  if (lowering.kind === 'reduce') return shorten(op, inputs[0], lowering.axes(attrs), isSoftware);
  if (lowering.kind === 'contract' && op.name === 'contract')
    return splitProduct(inputs[0], inputs[1], lowering.dims(attrs), isSoftware);
  return undefined;
}

/** A permutation that need not be made: one that undoes another, or that a product can be asked for in its other order. */
function turned({ source }: Tensor, loweredOf: (node: Tensor) => Tensor): Tensor | undefined {
  if (source.kind !== 'op' || source.op.name !== 'permute') return undefined;
  let { axes } = source.attrs as { axes: readonly number[] };
  let [below] = source.inputs;
  while (below.source.kind === 'op' && below.source.op.name === 'permute') {
    const first = (below.source.attrs as { axes: readonly number[] }).axes;
    axes = axes.map((d) => first[d]);
    [below] = below.source.inputs;
  }
  if (axes.every((d, i) => d === i)) return loweredOf(below);
  if (below.source.kind === 'op' && below.source.op.name === 'contract') {
    const dims = below.source.attrs as ContractDims;
    const [a, b] = below.source.inputs;
    const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
    const swapped = [...range(freeB.length).map((d) => d + freeA.length), ...range(freeA.length)];
    if (dims.batch[0].length === 0 && axes.join() === swapped.join())
      return apply(below.source.op, [b, a], { batch: dims.batch, contract: [dims.contract[1], dims.contract[0]] });
  }
  return below === source.inputs[0] ? undefined : permute(loweredOf(below), axes);
}

/** Products and own kernels read words: halves are widened before and the result narrowed again. */
const isF16Operand = ({ lowering }: Op, inputs: readonly Tensor[]): boolean =>
  (lowering.kind === 'contract' || lowering.kind === 'kernel') && inputs.some((input) => input.dtype === 'f16');

function inSinglePrecision(op: Op, inputs: readonly Tensor[], attrs: unknown): Tensor {
  const widened = inputs.map((input) => (input.dtype === 'f16' ? cast(input, 'f32') : input));
  const result = apply(op, widened, attrs);
  return result.dtype === 'f32' ? cast(result, 'f16') : result;
}

/** Tensors that one kernel joins: it binds few buffers. */
const maxPieces = 4;

function concatInParts(inputs: readonly Tensor[], axis: number): Tensor {
  const share = Math.ceil(inputs.length / Math.min(maxPieces, Math.ceil(inputs.length / maxPieces)));
  const parts = range(Math.ceil(inputs.length / share)).map((i) =>
    concat(inputs.slice(i * share, (i + 1) * share), axis),
  );
  return concat(parts, axis);
}

/** Only axes of length 1 move: the elements stay where they are. */
function keepsOrder(x: Tensor, axes: readonly number[]): boolean {
  const real = axes.filter((d) => x.shape[d] !== 1);
  return real.every((d, i) => i === 0 || d > real[i - 1]);
}

/** Elements that one workgroup may fold while there are few of them. */
const longFold = 4096;

/** A long fold of few results, in two: the inner axes first. */
function shorten(op: Op, x: Tensor, axes: readonly number[], isSoftware: boolean): Tensor | undefined {
  const length = axes.reduce((n, d) => n * x.shape[d], 1);
  if (length <= longFold || x.size / length >= fewGroups(isSoftware)) return undefined;
  const real = axes.filter((d) => x.shape[d] > 1);
  const fold = (t: Tensor, list: readonly number[]) =>
    apply(op as Op<{ axes: readonly number[] }>, [t], { axes: list });
  const [first] = real;
  if (real.length > 1 && x.shape[first] >= 8) {
    const rest = axes.filter((d) => d !== first);
    const kept = first - rest.filter((d) => d < first).length;
    return fold(fold(x, rest), [kept]);
  }
  const longest = real.reduce((best, d) => (x.shape[d] > x.shape[best] ? d : best));
  const chunk = chunkOf(x.shape[longest]);
  if (chunk === undefined) return undefined;
  const cut = reshape(
    x,
    x.shape.flatMap((n, d) => (d === longest ? [n / chunk, chunk] : [n])),
  );
  const inner = axes.map((d) => (d > longest ? d + 1 : d === longest ? d + 1 : d));
  const partial = fold(cut, inner);
  return fold(partial, [longest - inner.filter((d) => d < longest).length]);
}

/** The divisor of n nearest to its square root; undefined where n has none worth the while. */
function chunkOf(n: number): number | undefined {
  for (let chunk = Math.floor(Math.sqrt(n)); chunk >= 16; chunk--) if (n % chunk === 0) return n / chunk;
  return undefined;
}

// ---- products ------------------------------------------------------------------------------------------------------

/** Steps of the sum that each part of a product keeps at least. */
const leastSteps = 4096;

type SplitDims = ContractDims & { readonly splits: number };

/** A product whose parts of the sum are the slices of a leading axis. */
const splitContract: Op<SplitDims> = {
  name: 'contractParts',
  infer: ([a, b], dims) => {
    const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
    const shape = [
      dims.splits,
      ...dims.batch[0].map((d) => a.shape[d]),
      ...freeA.map((d) => a.shape[d]),
      ...freeB.map((d) => b.shape[d]),
    ];
    return { shape, dtype: a.dtype };
  },
  reference: () => {
    throw new Error('contractParts exists on compiling devices only');
  },
  lowering: { kind: 'contract', dims: (dims) => dims },
};

function splitProduct(a: Tensor, b: Tensor, dims: ContractDims, isSoftware: boolean): Tensor | undefined {
  if (!isFloat(a.dtype)) return undefined;
  const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
  const count = (t: Tensor, axes: readonly number[]) => axes.reduce((n, d) => n * t.shape[d], 1);
  const [m, n] = [count(a, freeA), count(b, freeB)];
  if (m === 1 || n === 1) return asSum(a, b, dims, freeA, freeB);
  const steps = count(a, dims.contract[0]);
  const tiles = count(a, dims.batch[0]) * Math.ceil(m / 8) * Math.ceil(n / 8);
  const splits = Math.min(Math.ceil(fewGroups(isSoftware) / Math.max(tiles, 1)), Math.floor(steps / leastSteps));
  return splits < 2 ? undefined : sum(apply(splitContract, [a, b], { ...dims, splits }), 0);
}

/** A product with a single row or column, as a sum of products: a tile would be mostly empty. */
function asSum(
  a: Tensor,
  b: Tensor,
  { batch, contract }: ContractDims,
  freeA: readonly number[],
  freeB: readonly number[],
): Tensor {
  const left = permute(a, [...batch[0], ...freeA, ...contract[0]]);
  const right = permute(b, [...batch[1], ...freeB, ...contract[1]]);
  const sizes = (t: Tensor, axes: readonly number[]) => axes.map((d) => t.shape[d]);
  const [z, m, n, k] = [sizes(a, batch[0]), sizes(a, freeA), sizes(b, freeB), sizes(a, contract[0])];
  const full = [...z, ...m, ...n, ...k];
  const wideA = reshape(left, [...z, ...m, ...n.map(() => 1), ...k]);
  const wideB = reshape(right, [...z, ...m.map(() => 1), ...n, ...k]);
  const products = mul(broadcastTo(wideA, full), broadcastTo(wideB, full));
  return sum(
    products,
    range(k.length).map((d) => z.length + m.length + n.length + d),
  );
}
