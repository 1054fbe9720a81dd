import { ravel, unravel } from '../../affine';
import type { Lowering } from '../../op';
import type { Tensor } from '../../tensor';
import { mergeLoops } from '../merge';
import { formsOf, type Loop, loopVariable, rewriteForms, type Value, ValueBuilder } from '../value';
import { Block, wgslType, Writer } from '../writer';
import { entryPoint, finish, foldGrid, type KernelCode } from './kernel';

type Reduce = Extract<Lowering, { kind: 'reduce' }>;

const workgroup = 64;
const identity = { sum: 0, max: -Infinity, min: Infinity };
const folds = { sum: (a: string, b: string) => `${a} + ${b}`, max: (a: string, b: string) => `max(${a}, ${b})`, min: (a: string, b: string) => `min(${a}, ${b})` };

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
export function reduceKernel(reduction: Tensor, root: Tensor, isStored: (node: Tensor) => boolean, name: string): KernelCode {
  const parts = takeApart(reduction, root, isStored);
  const length = parts.inner.reduce((n, loop) => n * loop.size, 1);
  return length >= 2 * workgroup && root.size < 8192 ? treeKernel(parts, length, name) : serialKernel(parts, length, name);
}

function takeApart(reduction: Tensor, root: Tensor, isStored: (node: Tensor) => boolean): Parts {
  if (reduction.source.kind !== 'op') throw new Error('reduceKernel: expected a reduction');
  const { op, inputs, attrs } = reduction.source;
  const lowering = op.lowering as Reduce;
  const axes = lowering.axes(attrs);
  const [x] = inputs;
  const loops = x!.shape.map((size, d) => ({ name: `${axes.includes(d) ? 'r' : 'o'}${d}`, size }));
  const outer = loops.filter((_, d) => !axes.includes(d));
  const inner = loops.filter((_, d) => axes.includes(d));
  const element = new ValueBuilder(isStored).at(x!, loops.map(loopVariable));
  const place = ravel(outer.map(loopVariable), reduction.shape);
  const given = new Map([[reduction, { kind: 'given', name: 'total', dtype: reduction.dtype } as Value]]);
  const result = new ValueBuilder(isStored, given).at(root, unravel(place, root.shape), true);
  const outerMerged = mergeLoops(outer, [...formsOf([element, result]), place]);
  const innerMerged = mergeLoops(inner, formsOf([element]));
  const [e, r] = rewriteForms([element, result], (form) => innerMerged.rewrite(outerMerged.rewrite(form)));
  return { reduction, root, combine: lowering.combine, outer: outerMerged.loops, inner: innerMerged.loops, element: e!, result: r! };
}

function serialKernel(parts: Parts, length: number, name: string): KernelCode {
  const { root, reduction, combine, outer, inner, element, result } = parts;
  const writer = new Writer();
  const count = writer.number(root.size);
  const head = new Block(writer, 'h');
  head.unravel('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const body = new Block(writer, 'v');
  const next = folds[combine]('total', body.value(element));
  const tail = new Block(writer, 'w');
  tail.store(root, 'i', tail.value(result));
  const opened = inner.map((loop) => `for (var ${loop.name} = 0u; ${loop.name} < ${writer.number(loop.size)}; ${loop.name} += 1u) {`);
  const text = [head.toString(), `var total: ${wgslType(reduction.dtype)} = ${start};`, ...opened, body.toString(), `total = ${next};`, ...inner.map(() => '}'), tail.toString()];
  const work = root.size * length * (body.lines.length + 1);
  return finish(name, writer, entryPoint(workgroup, count, text.join('\n')), foldGrid(Math.ceil(root.size / workgroup)), work);
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
