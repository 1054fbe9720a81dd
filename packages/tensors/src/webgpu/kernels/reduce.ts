import { coefficientOf, ravel, unravel } from '../../affine';
import type { Lowering } from '../../op';
import type { Tensor } from '../../tensor';
import { bindVectors, hasLanes, laneBlocks } from '../lanes';
import { mergeLoops } from '../merge';
import { formsOf, type Loop, loopVariable, rewriteForms, type Value, ValueBuilder, visit } from '../value';
import { Block, wgslType, Writer } from '../writer';
import { type Cost, costOf } from './cost';
import { storeFours } from './elementwise';
import { entryPoint, finish, foldGrid, type KernelCode } from './kernel';
import { partsOf, sharedHead, workgroup } from './parts';

type Reduce = Extract<Lowering, { kind: 'reduce' }>;

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
 * Folds the reduced axes of `reduction`, and computes `root` from it where more was fused behind. Where results are few,
 * several invocations share each and meet in workgroup memory.
 */
export function reduceKernel(
  reduction: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
  isSoftware: boolean,
): KernelCode {
  const parts = takeApart(reduction, root, isStored);
  const { outer, inner } = parts;
  const length = inner.reduce((n, loop) => n * loop.size, 1);
  const isInFours = hasLanes(outer) && root.size >= 256; // fewer would leave cores idle
  const units = isInFours ? root.size / 4 : root.size;
  if (isAlong(parts) && length >= 2 * workgroup && root.size < Math.max(256, length / 4))
    return sharedKernel(parts, length, workgroup, oneFold, root.size, name);
  const shares = partsOf(units, length, isSoftware);
  const fold = isInFours ? fourFolds : oneFold;
  return shares > 1
    ? sharedKernel(parts, length, shares, fold, units, name)
    : serialKernel(parts, length, fold, units, name);
}

/** True where neighbours in memory belong to one result. */
function isAlong({ inner, element }: Parts): boolean {
  let found = false;
  const last = inner.at(-1)?.name;
  visit([element], (value) => {
    if (value.kind === 'load' && last !== undefined) found ||= coefficientOf(value.index, last) === 1;
  });
  return found;
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

type Fold = typeof oneFold;

function serialKernel(parts: Parts, length: number, fold: Fold, units: number, name: string): KernelCode {
  const { inner } = parts;
  const writer = new Writer();
  const count = writer.number(units);
  const opened = inner.map(
    (loop) => `for (var ${loop.name} = 0u; ${loop.name} < ${writer.number(loop.size)}; ${loop.name} += 1u) {`,
  );
  const { head, totals, before, body, tail } = fold(writer, parts, inner.at(-1)?.name);
  const loops = [...opened.slice(0, -1), before, ...opened.slice(-1), body, ...inner.map(() => '}')];
  const text = [head, ...totals.map((total) => total.open), ...loops, tail].join('\n');
  const work = (units * length * body.length) / 16;
  return finish(
    name,
    writer,
    entryPoint(workgroup, count, text),
    foldGrid(Math.ceil(units / workgroup)),
    work,
    costOfFold(parts, length),
  );
}

/** `shares` invocations for each unit. How many is a number of the table: one text serves all. */
function sharedKernel(
  parts: Parts,
  length: number,
  shares: number,
  fold: Fold,
  units: number,
  name: string,
): KernelCode {
  const { reduction, combine, inner } = parts;
  const type = wgslType(reduction.dtype);
  const writer = new Writer();
  const lanes = writer.number(workgroup / shares);
  const step = writer.number(shares);
  const [count, end] = [writer.number(units), writer.number(length)];
  const walk = new Block(writer, 's');
  walk.unravel('step', inner);
  const { head, totals, before, body, tail } = fold(writer, parts, inner.length === 1 ? inner[0].name : undefined);
  const shared = totals.map(({ name: total }, t) => ({ total, array: `partial${t}` }));
  const meet = shared.map(
    ({ array }) => `${array}[lane] = ${folds[combine](`${array}[lane]`, `${array}[lane + half * ${lanes}]`)};`,
  );
  const text = `${shared.map(({ array }) => `var<workgroup> ${array}: array<${type}, ${workgroup}>;`).join('\n')}
@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
${sharedHead('lane', lanes, count)}
${head}
${totals.map((total) => `  ${total.open}`).join('\n')}
${before}
  for (var step = part; step < ${end}; step += ${step}) {
${walk}
${body}
  }
${shared.map(({ array, total }) => `  ${array}[lane] = ${total};`).join('\n')}
  workgroupBarrier();
  for (var half = ${step} / 2u; half > 0u; half /= 2u) {
    if (part < half) { ${meet.join(' ')} }
    workgroupBarrier();
  }
  if (part > 0u || !isReal) { return; }
${shared.map(({ array, total }) => `  ${total} = ${array}[lane];`).join('\n')}
${tail}
}`;
  return finish(
    name,
    writer,
    text,
    foldGrid(Math.ceil((units * shares) / workgroup)),
    (units * length * body.length) / 16,
    costOfFold(parts, length),
  );
}

/** n elements meet in n − 1 operations. */
function costOfFold({ root, element, result }: Parts, length: number): Cost {
  const values = [
    { value: element, times: root.size * length },
    { value: result, times: root.size },
  ];
  const { flop, bytes } = costOf(values, [root]);
  return { flop: flop + root.size * Math.max(length - 1, 0), bytes };
}

/** The lines of a fold: what does not change with `loop` stands before it. */
function oneFold(writer: Writer, { root, reduction, combine, outer, element, result }: Parts, loop?: string) {
  const head = new Block(writer, 'h');
  head.unravel('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const before = new Block(writer, 'p');
  const body = new Block(writer, 'v', loop === undefined ? undefined : { head: before, loop });
  const next = folds[combine]('total', body.value(element));
  const tail = new Block(writer, 'w');
  tail.store(root, 'i', tail.value(result));
  return {
    head: `${head}`,
    totals: [{ name: 'total', open: `var total: ${wgslType(reduction.dtype)} = ${start};` }],
    before: `${before}`,
    body: `${body}\ntotal = ${next};`,
    tail: `${tail}`,
  };
}

/** Four neighbouring results side by side: their elements are neighbours too, more often than not. */
function fourFolds(writer: Writer, { root, reduction, combine, outer, element, result }: Parts, inner?: string) {
  const loop = outer.at(-1)!.name;
  bindVectors(writer, [element, result], loop);
  const head = new Block(writer, 'h');
  head.unravelFours('i', outer);
  const start = writer.literal(identity[combine], reduction.dtype);
  const totals = [0, 1, 2, 3].map((lane) => ({
    name: `total${lane}`,
    open: `var total${lane}: ${wgslType(reduction.dtype)} = ${start};`,
  }));
  const before = new Block(writer, 'p');
  const shared = new Block(writer, 'v', inner === undefined ? undefined : { head: before, loop: inner });
  const lanes = laneBlocks(shared, loop, 'l');
  const folded = lanes.map((lane, i) => `total${i} = ${folds[combine](`total${i}`, lane.value(element))};`);
  const after = new Block(writer, 'w');
  const ends = laneBlocks(after, loop, 'e');
  const names = ends.map((end, i) => end.value(renamed(result, `total${i}`)));
  return {
    head: `${head}`,
    totals,
    before: `${before}`,
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
