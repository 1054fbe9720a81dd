import { ravel } from '../../affine';
import type { Tensor } from '../../tensor';
import { bindVectors, hasLanes, laneBlocks } from '../lanes';
import { mergeLoops } from '../merge';
import { formsOf, type Loop, loopVariable, rewriteForms, type Value, ValueBuilder } from '../value';
import { asStored, Block, storedType, Writer } from '../writer';
import { costOf } from './cost';
import { entryPoint, finish, foldGrid, type KernelCode } from './kernel';

const workgroup = 64;

/**
 * One invocation computes one element of the result, or four neighbours where the innermost loop allows: everything that was
 * fused into it, read at its own index. In place, the result goes to the buffer of `target`, which the kernel may read too.
 */
export function elementwiseKernel(
  root: Tensor,
  isStored: (node: Tensor) => boolean,
  name: string,
  target = root,
): KernelCode {
  const loops = root.shape.map((size, d) => ({ name: `o${d}`, size }));
  const coords = loops.map(loopVariable);
  const value = new ValueBuilder(isStored).at(root, coords, true);
  const merged = mergeLoops(loops, [...formsOf([value]), ravel(coords, root.shape)]);
  const [element] = rewriteForms([value], merged.rewrite);
  const writer = new Writer();
  const inFours = hasLanes(merged.loops);
  const units = inFours ? root.size / 4 : root.size;
  const count = writer.number(units);
  const block = (inFours ? fourElements : oneElement)(writer, target, element, merged.loops);
  return finish(
    name,
    writer,
    entryPoint(workgroup, count, block),
    foldGrid(Math.ceil(units / workgroup)),
    (units * block.length) / 16,
    costOf([{ value: element, times: root.size }], [root]),
  );
}

function oneElement(writer: Writer, target: Tensor, element: Value, loops: readonly Loop[]): string {
  const block = new Block(writer, 'v');
  block.unravel('i', loops);
  block.store(target, 'i', block.value(element));
  return block.toString();
}

function fourElements(writer: Writer, target: Tensor, element: Value, loops: readonly Loop[]): string {
  const inner = loops.at(-1)!;
  bindVectors(writer, [element], inner.name);
  const head = new Block(writer, 'v');
  head.unravelFours('i', loops);
  const lanes = laneBlocks(head, inner.name, 'l');
  const names = lanes.map((lane) => lane.value(element));
  const store = storeFours(writer, target, 'i', names);
  return [head, ...lanes, `  ${store}`].join('\n');
}

/** Stores four neighbours at once. */
export function storeFours(writer: Writer, target: Tensor, place: string, names: readonly string[]): string {
  const type = storedType(target.dtype);
  const parts = names.map((name) => asStored(name, target.dtype));
  return `${writer.buffer(target, true)}[${place}] = vec4<${type}>(${parts.join(', ')});`;
}
