import { unravel } from '../../affine';
import type { Tensor } from '../../tensor';
import { type Loop, type Value, ValueBuilder } from '../value';
import { Block, Writer } from '../writer';
import { type Layout, layoutOf, Tile } from './contract-tile';
import { type JoinedLoops, joinedLoops, operandsOf } from './contract-views';
import { finish, foldGrid, type KernelCode } from './kernel';
import { partsOf, sharedHead, workgroup } from './parts';

/** Floating-point operations from which a larger tile pays: it loads less, and small products have too few of them. */
const largeWork = 4e6;

const count = (loops: readonly Loop[]): number => loops.reduce((n, loop) => n * loop.size, 1);

/**
 * A tiled product. One invocation owns a square tile of one batch's result in registers and walks along the summed axis,
 * loading vec4 along whichever axis of an operand lies contiguous. Where tiles are few, several invocations of a workgroup share
 * the walk of one. With `splits` the walk is cut: split s leaves its part of the sum in the s-th slice of a larger result. What was fused behind the product is applied as each element is stored.
 */
export function contractKernel(
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
  isSoftware: boolean,
): KernelCode {
  const { a, b, dims, splits } = operandsOf(product);
  const loops = joinedLoops(a, b, dims, isStored);
  const { m, n, batch } = loops;
  const k = loops.k.at(-1);
  const outer = loops.k.length > 1 ? loops.k[0] : undefined;
  const [layoutA, layoutB] = layoutsOf(loops, k);
  const steps = layoutA === 'alongK' || layoutB === 'alongK' ? 4 : 1;
  const work = 2 * count(batch) * m.size * n.size * count(loops.k);
  const tile = new Tile(work >= largeWork ? 8 : 4, steps);
  const tiles = [
    { name: 'cut', size: splits },
    { name: 'z', size: count(batch) },
    { name: 'tm', size: Math.ceil(m.size / tile.size) },
    { name: 'tn', size: Math.ceil(n.size / tile.size) },
  ];
  const writer = new Writer();
  const units = writer.number(count(tiles));
  const parts = splits > 1 ? 1 : partsOf(count(tiles), count(loops.k) / steps, isSoftware);
  const head = new Block(writer, 'h');
  head.unravel('i', tiles);
  head.unravel('z', batch);
  const walk = walkText(writer, outer, k, Math.max(splits, parts), steps);
  const loadA = tile.loader(writer, loops.views[0], layoutA, 'a', m, { k, outer, batch });
  const loadB = tile.loader(writer, loops.views[1], layoutB, 'b', n, { k, outer, batch });
  const store = storeText(writer, tile, product, root, isStored, loops, splits);
  const entry = `@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {`;
  const sums = `${head}
  let s = ${parts > 1 ? 'part' : 'cut'};
  let firstM = tm * ${tile.size}u;
  let firstN = tn * ${tile.size}u;
${loadA.prepare}
${loadB.prepare}
${tile.accumulators()}
${walk.open}
${loadA.load}
${loadB.load}
${tile.multiply(layoutA)}
${walk.close}`;
  const alone = () => `${store.finishElement}
${entry}
  let i = (group.y * groups.x + group.x) * ${workgroup}u + lane;
  if (i >= ${units}) { return; }
${sums}
${store.tile}
}`;
  const together = () => {
    const [lanes, shares] = [workgroup / parts, parts].map((n) => writer.number(n));
    return `${store.finishElement}
var<workgroup> partial: array<vec4<f32>, ${workgroup * tile.vectors}>;
${entry}
${sharedHead(lanes, units)}
${sums}
${store.partials(lanes, shares)}
}`;
  };
  const text = parts > 1 ? together() : alone();
  return finish(name, writer, text, foldGrid(Math.ceil((count(tiles) * parts) / workgroup)), work);
}

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

/** Stores the tile, element by element, through a function that applies what was fused behind the product. */
function storeText(
  writer: Writer,
  tile: Tile,
  product: Tensor,
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  loops: JoinedLoops,
  splits: number,
) {
  const total: Value = { kind: 'given', name: 'total', dtype: product.dtype };
  const fused = new ValueBuilder(isStored, new Map([[product, total]]));
  const value = splits > 1 ? total : fused.at(root, unravel(loops.place, root.shape), true);
  const block = new Block(writer, 'e');
  const place = block.index(loops.place);
  block.store(root, splits > 1 ? `${place} + s * ${writer.number(root.size / splits)}` : place, block.value(value));
  const outer = [...loops.batch.map((loop) => loop.name), 's'];
  const parameters = [...outer, loops.m.name, loops.n.name].map((name) => `${name}: u32`);
  const rows = `min(${tile.size}u, ${writer.number(loops.m.size)} - firstM)`;
  const columns = `min(${tile.size}u, ${writer.number(loops.n.size)} - firstN)`;
  return {
    finishElement: `fn finish_element(${parameters.join(', ')}, total: f32) {\n${block}\n}`,
    // Registers are copied to an array once, so that storing is two loops and not one line for each element.
    tile: `  var sums = ${tile.asArray()};
  for (var r = 0u; r < ${rows}; r += 1u) {
    for (var c = 0u; c < ${columns}; c += 1u) {
      finish_element(${[...outer, 'firstM + r', 'firstN + c'].join(', ')}, sums[r * ${tile.size / 4}u + (c >> 2u)][c & 3u]);
    }
  }`,
    partials: (lanes: string, shares: string) => `  var sums = ${tile.asArray()};
  for (var j = 0u; j < ${tile.vectors}u; j += 1u) { partial[j * ${workgroup}u + lane] = sums[j]; }
  workgroupBarrier();
  if (!isReal) { return; }
  let rows = ${rows};
  let columns = ${columns};
  for (var j = part; j < ${tile.vectors}u; j += ${shares}) {
    var total = partial[j * ${workgroup}u + own];
    for (var p = 1u; p < ${shares}; p += 1u) { total += partial[j * ${workgroup}u + p * ${lanes} + own]; }
    let r = j / ${tile.size / 4}u;
    let first = (j % ${tile.size / 4}u) * 4u;
    if (r >= rows) { continue; }
    for (var c = 0u; c < 4u && first + c < columns; c += 1u) {
      finish_element(${[...outer, 'firstM + r', 'firstN + first + c'].join(', ')}, total[c]);
    }
  }`,
  };
}
