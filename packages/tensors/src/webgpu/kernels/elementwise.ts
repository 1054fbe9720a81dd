import { ravel } from '../../affine';
import type { Tensor } from '../../tensor';
import { mergeLoops } from '../merge';
import { formsOf, loopVariable, rewriteForms, ValueBuilder } from '../value';
import { Block, Writer } from '../writer';
import { entryPoint, finish, foldGrid, type KernelCode } from './kernel';

const workgroup = 64;

/**
 * One invocation computes one element of the result: everything that was fused into it, read at its own index. In place, the
 * result goes to the buffer of `target`, which the kernel may read too.
 */
export function elementwiseKernel(root: Tensor, isStored: (node: Tensor) => boolean, name: string, target = root): KernelCode {
  const loops = root.shape.map((size, d) => ({ name: `o${d}`, size }));
  const coords = loops.map(loopVariable);
  const value = new ValueBuilder(isStored).at(root, coords, true);
  const merged = mergeLoops(loops, [...formsOf([value]), ravel(coords, root.shape)]);
  const [element] = rewriteForms([value], merged.rewrite);
  const writer = new Writer();
  const count = writer.number(root.size);
  const block = new Block(writer, 'v');
  block.unravel('i', merged.loops);
  block.store(target, 'i', block.value(element!));
  return finish(name, writer, entryPoint(workgroup, count, block.toString()), foldGrid(Math.ceil(root.size / workgroup)), root.size * block.lines.length);
}
