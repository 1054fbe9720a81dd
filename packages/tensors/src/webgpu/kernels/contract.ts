import { coefficientOf, unravel } from '../../affine';
import type { Tensor } from '../../tensor';
import { type Loop, type Value, ValueBuilder } from '../value';
import { Block, Writer } from '../writer';
import { type JoinedLoops, joinedLoops, operandsOf, type View } from './contract-views';
import { finish, foldGrid, type KernelCode } from './kernel';

/** Rows and columns of the result that one invocation owns; 8 × 8 was the best of 4 × 4 … 8 × 8 on a software adapter. */
const tile = 8;
const workgroup = 64;

/** How four neighbours along k (of a row of a, or a column of b) or along the tile are loaded. */
type Layout = 'alongK' | 'alongTile' | 'scattered';

function layoutOf(view: View, k: Loop | undefined, along: Loop, batched: readonly Loop[]): Layout {
  const stride = (loop: Loop | undefined) => (loop ? coefficientOf(view.index, loop.name) : 0);
  const others = (skip: Loop) =>
    view.index.terms.every((t) => t.coefficient % 4 === 0 || (t.atom.kind === 'variable' && t.atom.name === skip.name));
  const isAligned =
    view.index.constant % 4 === 0 && batched.every((loop) => stride(loop) % 4 === 0) && view.buffer.dtype === 'f32';
  if (k && isAligned && stride(k) === 1 && k.size % 4 === 0 && others(k)) return 'alongK';
  if (isAligned && stride(along) === 1 && along.size % 4 === 0 && others(along)) return 'alongTile';
  return 'scattered';
}

/**
 * A tiled product. One invocation owns an 8 × 8 tile of one batch's result in registers and walks k in steps of four,
 * loading vec4 along whichever axis of an operand lies contiguous. With `splits` the walk is cut: split s leaves its part of the sum
 * in the s-th slice of a larger result. What was fused behind the product is applied as each element is stored.
 */
export function contractKernel(
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
): KernelCode {
  const { a, b, dims, splits } = operandsOf(product);
  const loops = joinedLoops(a, b, dims, isStored);
  const [inner] = loops.k.slice(-1);
  const outer = loops.k.length > 1 ? loops.k[0] : undefined;
  const shared = loops.views[0].buffer === loops.views[1].buffer;
  const layouts = loops.views.map((view, side) => layoutOf(view, inner, side === 0 ? loops.m : loops.n, loops.batch));
  const [layoutA, layoutB] =
    shared && layouts.includes('scattered') ? (['scattered', 'scattered'] as const) : (layouts as [Layout, Layout]);
  const writer = new Writer();
  const tilesM = Math.ceil(loops.m.size / tile);
  const tilesN = Math.ceil(loops.n.size / tile);
  const batches = loops.batch.reduce((count, loop) => count * loop.size, 1);
  const units = batches * splits * tilesM * tilesN;

  const head = new Block(writer, 'h');
  head.unravel('i', [
    { name: 's', size: splits },
    { name: 'zz', size: batches },
    { name: 'tm', size: tilesM },
    { name: 'tn', size: tilesN },
  ]);
  head.unravel('zz', loops.batch);
  const walk = kLoops(writer, outer, inner, splits);
  const names = { k: inner, outer, batch: loops.batch };
  const loadA = loader(writer, loops.views[0], layoutA, { ...names, along: loops.m, role: 'a' });
  const loadB = loader(writer, loops.views[1], layoutB, { ...names, along: loops.n, role: 'b' });
  const epilogue = storeTile(writer, product, root, isStored, loops, splits);
  const count = writer.number(units);
  const text = `${epilogue.text}
@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = (group.y * groups.x + group.x) * ${workgroup}u + lane;
  if (i >= ${count}) { return; }
${head}
  let firstM = tm * ${tile}u;
  let firstN = tn * ${tile}u;
${loadA.prepare}
${loadB.prepare}
${accumulators()}
${walk.open}
  for (var k = ${walk.from}; k < ${walk.until}; k += 4u) {
${loadA.quad}
${loadB.quad}
${multiply(layoutA)}
  }
${walk.tail(`${loadA.single}\n${loadB.single}\n${multiplySingle()}`)}
${walk.close}
${epilogue.calls}
}`;
  const flops = 2 * batches * loops.m.size * loops.n.size * loops.k.reduce((n, loop) => n * loop.size, 1);
  return finish(name, writer, text, foldGrid(Math.ceil(units / workgroup)), flops);
}

const rows = Array.from({ length: tile }, (_, r) => r);
const quads = Array.from({ length: tile / 4 }, (_, q) => q);
const lanes = [0, 1, 2, 3];
const xyzw = ['x', 'y', 'z', 'w'];

const accumulators = (): string =>
  rows.map((r) => quads.map((q) => `  var c${r}_${q} = vec4<f32>();`).join(' ')).join('\n');

/** c[r][q] += a[r][j] · b[j][q] for the four steps j. */
function multiply(layoutA: Layout): string {
  const a = (r: number, j: number) => (layoutA === 'alongTile' ? `a${j}_${r >> 2}.${xyzw[r & 3]}` : `a${r}.${xyzw[j]}`);
  return lanes
    .map((j) => rows.map((r) => quads.map((q) => `    c${r}_${q} += ${a(r, j)} * b${j}_${q};`).join(' ')).join('\n'))
    .join('\n');
}

const multiplySingle = (): string =>
  rows.map((r) => quads.map((q) => `    c${r}_${q} += a${r} * b_${q};`).join(' ')).join('\n');

/** The walk over k: an outer loop where k has two levels, and the inner one in fours with a tail. A split takes a share of the outermost. */
function kLoops(writer: Writer, outer: Loop | undefined, inner: Loop | undefined, splits: number) {
  const size = inner?.size ?? 1;
  const whole = writer.number(Math.floor(size / 4) * 4);
  const end = writer.number(size);
  const tailLoop = (body: string) =>
    size % 4 === 0 ? '' : `  for (var k = ${whole}; k < ${end}; k += 1u) {\n${body}\n  }`;
  if (outer) {
    const share = writer.number(Math.ceil(outer.size / splits));
    const last = writer.number(outer.size);
    const open = `  for (var ${outer.name} = s * ${share}; ${outer.name} < min((s + 1u) * ${share}, ${last}); ${outer.name} += 1u) {`;
    return { open, close: '  }', from: '0u', until: whole, tail: tailLoop };
  }
  const share = writer.number(Math.ceil(size / 4 / splits) * 4);
  const open = `  let first_k = min(s * ${share}, ${whole});\n  let last_k = min((s + 1u) * ${share}, ${whole});`;
  const tail = (body: string) =>
    size % 4 === 0 ? '' : `  if (s == ${writer.number(splits - 1)}) {\n${tailLoop(body)}\n  }`;
  return { open, close: '', from: 'first_k', until: 'last_k', tail };
}

interface LoadNames {
  readonly k: Loop | undefined;
  readonly outer: Loop | undefined;
  readonly batch: readonly Loop[];
  readonly along: Loop;
  readonly role: 'a' | 'b';
}

/** Text that loads one operand's part of a tile. Rows and columns past the end read the last valid ones and are never stored. */
function loader(writer: Writer, view: View, layout: Layout, { k, outer, batch, along, role }: LoadNames) {
  const buffer = writer.buffer(view.buffer, layout !== 'scattered');
  const stride = (loop: Loop | undefined) =>
    loop && coefficientOf(view.index, loop.name) !== 0 ? writer.number(coefficientOf(view.index, loop.name)) : '0u';
  const walked = [...batch, ...(outer ? [outer] : [])].filter((loop) => coefficientOf(view.index, loop.name) !== 0);
  const start = [...walked.map((loop) => `${loop.name} * ${stride(loop)}`), writer.number(view.index.constant)].join(
    ' + ',
  );
  const last = writer.number(along.size - (layout === 'alongTile' ? 4 : 1));
  const [strideK, strideAlong] = [stride(k), stride(along)];
  const place = (r: number) => `min(${role === 'a' ? 'firstM' : 'firstN'} + ${r}u, ${last})`;
  const prepare =
    layout === 'alongTile'
      ? quads.map((q) => `  let ${role}p${q} = ${place(4 * q)};`)
      : rows.map((r) => `  let ${role}p${r} = ${place(r)} * ${strideAlong};`);
  const at = (p: number, step: string) => `${role}Base + ${role}p${p} + (${step}) * ${strideK}`;
  const quad = (p: number, step: string) => `${buffer}[(${at(p, step)}) >> 2u]`;
  const element = (r: number, step: string) =>
    layout === 'alongTile' ? `${quad(r >> 2, step)}.${xyzw[r & 3]}` : `${buffer}[${at(r, step)}]`;
  const base = `    let ${role}Base = ${start};`;
  return {
    prepare: prepare.join('\n'),
    quad: [base, ...loadQuads(role, layout, quad, element)].join('\n'),
    single: [base, ...loadSingles(role, element)].join('\n'),
  };
}

type At = (r: number, step: string) => string;

/** Four steps of k: of a, `a[r]` over k or `a[j]_[q]` over rows; of b always `b[j]_[q]` over columns. */
function loadQuads(role: 'a' | 'b', layout: Layout, quad: At, element: At): string[] {
  if (layout === 'alongTile')
    return lanes.flatMap((j) => quads.map((q) => `    let ${role}${j}_${q} = ${quad(q, `k + ${j}u`)};`));
  const along = (r: number) =>
    layout === 'alongK' ? quad(r, 'k') : `vec4<f32>(${lanes.map((j) => element(r, `k + ${j}u`)).join(', ')})`;
  if (role === 'a') return rows.map((r) => `    let a${r} = ${along(r)};`);
  const columns = rows.map((r) => `    let t${r} = ${along(r)};`);
  const turned = lanes.flatMap((j) =>
    quads.map((q) => `    let b${j}_${q} = vec4<f32>(${lanes.map((c) => `t${4 * q + c}.${xyzw[j]}`).join(', ')});`),
  );
  return [...columns, ...turned];
}

/** One step of k: `a[r]`, a number for each row, or `b_[q]`, four columns at a time. */
function loadSingles(role: 'a' | 'b', element: At): string[] {
  if (role === 'a') return rows.map((r) => `    let a${r} = ${element(r, 'k')};`);
  return quads.map((q) => `    let b_${q} = vec4<f32>(${lanes.map((c) => element(4 * q + c, 'k')).join(', ')});`);
}

/** Stores the tile through a function that applies what was fused behind the product. */
function storeTile(
  writer: Writer,
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  loops: JoinedLoops,
  splits: number,
) {
  const total: Value = { kind: 'given', name: 'total', dtype: product.dtype };
  const value =
    splits > 1
      ? total
      : new ValueBuilder(isStored, new Map([[product, total]])).at(root, unravel(loops.place, root.shape), true);
  const block = new Block(writer, 'e');
  const place = block.index(loops.place);
  block.store(root, splits > 1 ? `${place} + s * ${writer.number(root.size / splits)}` : place, block.value(value));
  const outer = [...loops.batch.map((loop) => loop.name), 's'];
  const parameters = [...outer, loops.m.name, loops.n.name].map((name) => `${name}: u32`);
  const text = `fn finish_element(${parameters.join(', ')}, total: f32) {\n${block}\n}`;
  const [sizeM, sizeN] = [writer.number(loops.m.size), writer.number(loops.n.size)];
  const call = (r: number, q: number, c: number) => {
    const column = `firstN + ${4 * q + c}u`;
    return `    if (${column} < ${sizeN}) { finish_element(${[...outer, `firstM + ${r}u`, column].join(', ')}, c${r}_${q}.${xyzw[c]}); }`;
  };
  const calls = rows.map(
    (r) =>
      `  if (firstM + ${r}u < ${sizeM}) {\n${quads.flatMap((q) => lanes.map((c) => call(r, q, c))).join('\n')}\n  }`,
  );
  return { text, calls: calls.join('\n') };
}
