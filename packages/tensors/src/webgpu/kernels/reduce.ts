import { ravel, unravel } from '../../affine';
import type { Lowering } from '../../op';
import type { Tensor } from '../../tensor';
import { bindVectors, hasLanes, laneBlocks } from '../lanes';
import { mergeLoops } from '../merge';
import { formsOf, type Loop, loopVariable, rewriteForms, type Value, ValueBuilder } from '../value';
import { Block, wgslType, Writer } from '../writer';
import { storeFours } from './elementwise';
import { entryPoint, finish, foldGrid, type KernelCode } from './kernel';

type Reduce = Extract<Lowering, { kind: 'reduce' }>;

const workgroup = 64;
const identity = { sum: 0, max: -Infinity, min: Infinity };
const folds = {
  sum: (a: string, b: string) => `${a} + ${b}`,
  max: (a: string, b: string) => `max(${a}, ${b})`,
  min: (a: string, b: string) => `min(${a}, ${b})`,
};

interface Parts {
  readonly reduction: Tensor;
  readonly root: Tensor;
  readonly combine: Reduce['combine'];
  readonly outer: readonly Loop[];
  readonly inner: readonly Loop[];
  readonly element: Value;
  readonly result: Value;
}

/**
 * Folds the reduced axes of `reduction`, and computes `root` from it where more was fused behind. Long folds of few
 * results give each result a workgroup, whose lanes meet in a tree; others give each result one invocation.
 */
export function reduceKernel(
  reduction: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
): KernelCode {
  const parts = takeApart(reduction, root, isStored);
  const length = parts.inner.reduce((n, loop) => n * loop.size, 1);
  return length >= 2 * workgroup && root.size < Math.max(256, length / 4)
    ? treeKernel(parts, length, name)
    : serialKernel(parts, length, name);
}

function takeApart(reduction: Tensor, root: Tensor, isStored: (node: Tensor) => boolean): Parts {
  if (reduction.source.kind !== 'op') throw new Error('reduceKernel: expected a reduction');
  const { op, inputs, attrs } = reduction.source;
  const lowering = op.lowering as Reduce;
  const axes = lowering.axes(attrs);
  const [x] = inputs;
  const loops = x.shape.map((size, d) => ({ name: `${axes.includes(d) ? 'r' : 'o'}${d}`, size }));
  const outer = loops.filter((_, d) => !axes.includes(d));
  const inner = loops.filter((_, d) => axes.includes(d));
  const element = new ValueBuilder(isStored).at(x, loops.map(loopVariable));
  const place = ravel(outer.map(loopVariable), reduction.shape);
  const given = new Map<Tensor, Value>([[reduction, { kind: 'given', name: 'total', dtype: reduction.dtype }]]);
  const result = new ValueBuilder(isStored, given).at(root, unravel(place, root.shape), true);
  const outerMerged = mergeLoops(outer, [...formsOf([element, result]), place]);
  const innerMerged = mergeLoops(inner, formsOf([element]));
  const [e, r] = rewriteForms([element, result], (form) => innerMerged.rewrite(outerMerged.rewrite(form)));
  return {
    reduction,
    root,
    combine: lowering.combine,
    outer: outerMerged.loops,
    inner: innerMerged.loops,
    element: e,
    result: r,
  };
}

function serialKernel(parts: Parts, length: number, name: string): KernelCode {
  const { root, outer, inner } = parts;
  const writer = new Writer();
  const isInFours = hasLanes(outer) && root.size >= 256; // fewer would leave cores idle
  const units = isInFours ? root.size / 4 : root.size;
  const count = writer.number(units);
  const opened = inner.map(
    (loop) => `for (var ${loop.name} = 0u; ${loop.name} < ${writer.number(loop.size)}; ${loop.name} += 1u) {`,
  );
  const { head, body, tail } = (isInFours ? fourFolds : oneFold)(writer, parts);
  const text = [head, ...opened, body, ...inner.map(() => '}'), tail].join('\n');
  return finish(
    name,
    writer,
    entryPoint(workgroup, count, text),
    foldGrid(Math.ceil(units / workgroup)),
    (units * length * body.length) / 16,
  );
}

function oneFold(writer: Writer, { root, reduction, combine, outer, element, result }: Parts) {
  const head = new Block(writer, 'h');
  head.unravel('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const body = new Block(writer, 'v');
  const next = folds[combine]('total', body.value(element));
  const tail = new Block(writer, 'w');
  tail.store(root, 'i', tail.value(result));
  return {
    head: `${head}\nvar total: ${wgslType(reduction.dtype)} = ${start};`,
    body: `${body}\ntotal = ${next};`,
    tail: `${tail}`,
  };
}

/** Four neighbouring results side by side: their elements are neighbours too, more often than not. */
function fourFolds(writer: Writer, { root, reduction, combine, outer, element, result }: Parts) {
  const loop = outer.at(-1)!.name;
  bindVectors(writer, [element, result], loop);
  const head = new Block(writer, 'h');
  head.unravelFours('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const totals = [0, 1, 2, 3].map((lane) => `var total${lane}: ${wgslType(reduction.dtype)} = ${start};`);
  const shared = new Block(writer, 'v');
  const lanes = laneBlocks(shared, loop, 'l');
  const folded = lanes.map((lane, i) => `total${i} = ${folds[combine](`total${i}`, lane.value(element))};`);
  const after = new Block(writer, 'w');
  const ends = laneBlocks(after, loop, 'e');
  const names = ends.map((end, i) => end.value(renamed(result, `total${i}`)));
  return {
    head: [head, ...totals].join('\n'),
    body: [shared, ...lanes, ...folded].join('\n'),
    tail: [after, ...ends, storeFours(writer, root, 'i', names)].join('\n'),
  };
}

/** The result in terms of one lane's total. */
function renamed(value: Value, total: string): Value {
  if (value.kind === 'given') return { ...value, name: total };
  if (value.kind === 'call') return { ...value, operands: value.operands.map((operand) => renamed(operand, total)) };
  return value.kind === 'choose'
    ? { ...value, then: renamed(value.then, total), otherwise: renamed(value.otherwise, total) }
    : value;
}

function treeKernel(parts: Parts, length: number, name: string): KernelCode {
  const { root, reduction, combine, outer, inner, element, result } = parts;
  const type = wgslType(reduction.dtype);
  const writer = new Writer();
  const count = writer.number(root.size);
  const head = new Block(writer, 'h');
  head.unravel('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const total = writer.number(length);
  const body = new Block(writer, 'v');
  body.unravel('step', inner);
  const next = folds[combine]('total', body.value(element));
  const tail = new Block(writer, 'w');
  tail.store(root, 'i', tail.value(result));
  // A workgroup past the end still reaches every barrier: it folds the last result again and stores nothing.
  const text = `var<workgroup> partial: array<${type}, ${workgroup}>;
@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let place = group.y * groups.x + group.x;
  let i = min(place, ${count} - 1u);
${head}
  var total: ${type} = ${start};
  for (var step = lane; step < ${total}; step += ${workgroup}u) {
${body}
    total = ${next};
  }
  partial[lane] = total;
  workgroupBarrier();
  for (var half = ${workgroup / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { partial[lane] = ${folds[combine]('partial[lane]', 'partial[lane + half]')}; }
    workgroupBarrier();
  }
  if (lane > 0u || place >= ${count}) { return; }
  total = partial[0];
${tail}
}`;
  return finish(name, writer, text, foldGrid(root.size), root.size * length * (body.lines.length + 1));
}
