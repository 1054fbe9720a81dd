import { unravel } from '../../affine';
import type { Tensor } from '../../tensor';
import { type Loop, type Value, ValueBuilder } from '../value';
import { Block, Writer } from '../writer';
import { type Layout, layoutOf, Tile } from './contract-tile';
import type { Target } from '../loop/layout';
import { type JoinedLoops, joinedLoops, operandsOf, type View } from './contract-views';
import { type Cost, costOf } from './cost';
import { finish, foldGrid, type KernelCode } from './kernel';
import { largeWork, partsOf, sharedHead, workgroup } from './parts';

const count = (loops: readonly Loop[]): number => loops.reduce((n, loop) => n * loop.size, 1);

/**
 * A tiled product. One invocation owns a square tile of one batch's result in registers and walks along the summed axis,
 * loading vec4 along whichever axis of an operand lies contiguous. Where tiles are few, several invocations of a workgroup share
 * the walk of one. With `splits` the walk is cut: split s leaves its part of the sum in the s-th slice of a
 * larger result. What was fused behind the product is applied as each element is stored.
 */
export function contractKernel(
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
  target: Lanes,
): KernelCode {
  const { a, b, dims, splits } = operandsOf(product);
  const loops = joinedLoops(a, b, dims, isStored);
  const { batch } = loops;
  const k = loops.k.at(-1);
  const outer = loops.k.length > 1 ? loops.k[0] : undefined;
  const work = 2 * count(batch) * loops.m.size * loops.n.size * count(loops.k);
  const { tile, sides } = layTiles(loops, k, work, target);
  const [rows, columns] = sides;
  const tiles = [
    { name: 'cut', size: splits },
    { name: 'z', size: count(batch) },
    { name: 'tm', size: Math.ceil(rows.loop.size / tile.rowCount) },
    { name: 'tn', size: Math.ceil(columns.loop.size / (tile.columnCount * tile.owners)) },
  ];
  const writer = new Writer();
  const units = writer.number(count(tiles));
  const parts =
    splits > 1 ? 1 : partsOf(count(tiles), count(loops.k) / tile.stepCount, target.isSoftware, workgroup / tile.owners);
  const head = new Block(writer, 'h');
  head.unravel('i', tiles);
  head.unravel('z', batch);
  const walk = walkText(writer, outer, k, Math.max(splits, parts), tile.stepCount);
  const walked = { k, outer, batch };
  const loadA =
    tile.subgroup > 0
      ? tile.sharedLoader(writer, rows.view, rows.layout, rows.loop, walked)
      : tile.loader(writer, rows.view, rows.layout, 'a', rows.loop, walked);
  const loadB = tile.loader(writer, columns.view, columns.layout, 'b', columns.loop, walked);
  const store = storeText(writer, tile, product, root, isStored, loops, sides, splits);
  const within = tile.subgroup > 0 ? ', @builtin(subgroup_invocation_id) within: u32' : '';
  const entry = `@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>${within}) {`;
  const owner = tile.subgroup > 0 ? `(lane / ${tile.subgroup}u)` : 'lane';
  const sums = `${head}
  let s = ${parts > 1 ? 'part' : 'cut'};
  let firstM = tm * ${tile.rowCount}u;
  let firstN = ${tile.subgroup > 0 ? `(tn * ${tile.subgroup}u + within)` : 'tn'} * ${tile.columnCount}u;
${loadA.prepare}
${loadB.prepare}
${tile.accumulators()}
${walk.open}
${loadA.load}
${loadB.load}
${tile.multiply(rows.layout)}
${walk.close}`;
  const alone = () => `${entry}
  let i = (group.y * groups.x + group.x) * ${workgroup / tile.owners}u + ${owner};
  if (i >= ${units}) { return; }
${sums}
${store.alone()}
}`;
  const together = () => {
    const [each, shares] = [workgroup / parts / tile.owners, parts].map((n) => writer.number(n));
    const { functions, text } = store.together(each, shares);
    return `${functions}
${entry}
${sharedHead(owner, each, units)}
${sums}
${text}
}`;
  };
  const text = parts > 1 ? together() : alone();
  const cost = costOfProduct(loops, store.value, root, work);
  const grid = foldGrid(Math.ceil((count(tiles) * parts * tile.owners) / workgroup));
  const code = finish(name, writer, text, grid, work, cost);
  return tile.subgroup > 0 ? { ...code, wgsl: `${subgroups}\n${code.wgsl}` } : code;
}

/** 2·m·n·k operations, and what was fused behind them. */
function costOfProduct({ batch, m, n, k, views }: JoinedLoops, fused: Value, root: Tensor, work: number): Cost {
  const [a, b] = views.map(({ buffer, index }): Value => ({ kind: 'load', buffer, index, dtype: buffer.dtype }));
  const walked = count(batch) * count(k);
  const values = [
    { value: a, times: walked * m.size },
    { value: b, times: walked * n.size },
    { value: fused, times: root.size },
  ];
  const { flop, bytes } = costOf(values, [root]);
  return { flop: flop + work, bytes };
}

/** A tile belongs to a subgroup, so its walk is uniform within it; the compiler sees that of whole workgroups only. */
const subgroups = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';

/** What a product may count on: invocations in a subgroup, 0 where that is not known, and whether they are of a software device. */
export type Lanes = Pick<Target, 'subgroup' | 'isSoftware'>;

/** One operand's part in a tile. */
interface Side {
  readonly view: View;
  readonly loop: Loop;
  readonly layout: Layout;
}

/**
 * How the result is cut into tiles, and which operand gives the rows. On a software device a load costs as much as sixteen
 * products, so a subgroup shares its loads where both operands can be read in fours: the longer side goes along the subgroup.
 */
function layTiles(loops: JoinedLoops, k: Loop | undefined, work: number, { subgroup, isSoftware }: Lanes) {
  const layouts = layoutsOf(loops, k);
  const [a, b] = [loops.m, loops.n].map((loop, i) => ({ view: loops.views[i], loop, layout: layouts[i] }));
  const isShared =
    isSoftware &&
    subgroup > 1 &&
    work >= largeWork &&
    (k?.size ?? 1) % 4 === 0 &&
    !layouts.includes('scattered') &&
    Math.max(a.loop.size, b.loop.size) >= 2 * subgroup;
  const sides: readonly [Side, Side] =
    isShared && a.loop.size > b.loop.size && b.loop.size < 4 * subgroup ? [b, a] : [a, b];
  if (isShared) return { tile: new Tile(rowsFor(sides[0].loop.size), 4, 4, subgroup), sides };
  const size = work >= largeWork ? 8 : 4;
  return { tile: new Tile(size, size, layouts.includes('alongK') ? 4 : 1, 0), sides };
}

const rowsFor = (size: number): 4 | 8 | 16 => (size <= 4 ? 4 : size <= 8 ? 8 : 16);

/** A buffer is bound once: an operand that is both must be read in one way. */
function layoutsOf({ views, m, n }: JoinedLoops, k: Loop | undefined): readonly [Layout, Layout] {
  const [a, b] = [layoutOf(views[0], k, m), layoutOf(views[1], k, n)];
  const isMixed = views[0].buffer === views[1].buffer && (a === 'scattered') !== (b === 'scattered');
  return isMixed ? ['scattered', 'scattered'] : [a, b];
}

/** The walk along the sum: two loops where it has two levels. A split takes a share of the outer one if it is long enough. */
function walkText(writer: Writer, outer: Loop | undefined, k: Loop | undefined, splits: number, steps: number) {
  const end = writer.number(k?.size ?? 1);
  if (!outer) {
    const share = writer.number(Math.ceil((k?.size ?? 1) / steps / splits) * steps);
    return {
      open: `  for (var k = s * ${share}; k < min((s + 1u) * ${share}, ${end}); k += ${steps}u) {`,
      close: '  }',
    };
  }
  const last = writer.number(outer.size);
  const { name } = outer;
  if (splits > 1 && outer.size < 2 * splits) {
    const share = writer.number(Math.ceil((k?.size ?? 1) / steps / splits) * steps);
    const open = `  for (var ${name} = 0u; ${name} < ${last}; ${name} += 1u) {`;
    const inner = `  for (var k = s * ${share}; k < min((s + 1u) * ${share}, ${end}); k += ${steps}u) {`;
    return { open: `${open}\n${inner}`, close: '  }\n  }' };
  }
  const share = writer.number(Math.ceil(outer.size / splits));
  const open = `  for (var ${name} = s * ${share}; ${name} < min((s + 1u) * ${share}, ${last}); ${name} += 1u) {`;
  return { open: `${open}\n  for (var k = 0u; k < ${end}; k += ${steps}u) {`, close: '  }\n  }' };
}

/**
 * What becomes of the sums: what was fused behind the product is applied to each of them, and the result is stored. `functions` stand
 * before the entry point, `text` behind the sums.
 */
function storeText(
  writer: Writer,
  tile: Tile,
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  loops: JoinedLoops,
  sides: readonly [Side, Side],
  splits: number,
) {
  const [rowSide, columnSide] = sides.map(({ loop }) => loop);
  const total: Value = { kind: 'given', name: 'total', dtype: product.dtype };
  const fused = new ValueBuilder(isStored, new Map([[product, total]]));
  const value = splits > 1 ? total : fused.at(root, unravel(loops.place, root.shape), true);
  const store = (block: Block) => {
    const place = block.index(loops.place);
    block.store(root, splits > 1 ? `${place} + s * ${writer.number(root.size / splits)}` : place, block.value(value));
    return block;
  };
  const rows = `min(${tile.rowCount}u, ${writer.number(rowSide.size)} - firstM)`;
  const end = writer.number(columnSide.size);
  const columns = `min(${tile.columnCount}u, ${end} - min(firstN, ${end}))`; // the last subgroup may reach past the end
  const sums = `  var sums = ${tile.asArray()};`; // registers are copied once, so that storing is two loops and not a line for each

  /** By the invocation that owns them, column by column: what a column has of its own, such as a bias, is read once. */
  const alone = () => {
    const ofColumn = new Block(writer, 'f');
    const ofElement = store(new Block(writer, 'e', { head: ofColumn, loop: rowSide.name }));
    return `${sums}
  for (var c = 0u; c < ${columns}; c += 1u) {
    let ${columnSide.name} = firstN + c;
${ofColumn}
    for (var r = 0u; r < ${rows}; r += 1u) {
      let ${rowSide.name} = firstM + r;
      let total = sums[r * ${tile.columnCount / 4}u + (c >> 2u)][c & 3u];
${ofElement}
    }
  }`;
  };

  /** By all that share them: each adds up the parts of some rows. */
  const together = (each: string, shares: string) => {
    const outer = loops.batch.map((loop) => loop.name);
    const parameters = [...outer, rowSide.name, columnSide.name].map((name) => `${name}: u32`);
    const slot = (owner: string) => (tile.subgroup > 0 ? `${owner} * ${tile.subgroup}u + within` : owner);
    const functions = `fn finish_element(${parameters.join(', ')}, total: f32) {\n${store(new Block(writer, 'e'))}\n}
var<workgroup> partial: array<vec4<f32>, ${workgroup * tile.vectors}>;`;
    const text = `${sums}
  for (var j = 0u; j < ${tile.vectors}u; j += 1u) { partial[j * ${workgroup}u + lane] = sums[j]; }
  workgroupBarrier();
  if (!isReal) { return; }
  let rows = ${rows};
  let columns = ${columns};
  for (var j = part; j < ${tile.vectors}u; j += ${shares}) {
    var total = partial[j * ${workgroup}u + ${slot('own')}];
    for (var p = 1u; p < ${shares}; p += 1u) { total += partial[j * ${workgroup}u + ${slot(`(p * ${each} + own)`)}]; }
    let r = j / ${tile.columnCount / 4}u;
    let first = (j % ${tile.columnCount / 4}u) * 4u;
    if (r >= rows) { continue; }
    for (var c = 0u; c < 4u && first + c < columns; c += 1u) {
      finish_element(${[...outer, 'firstM + r', 'firstN + first + c'].join(', ')}, total[c]);
    }
  }`;
    return { functions, text };
  };
  return { alone, together, value };
}
