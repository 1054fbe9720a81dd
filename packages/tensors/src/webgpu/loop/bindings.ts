import { concat } from '../../ops/join';
import { slice } from '../../ops/movement';
import { reshape } from '../../ops/reshape';
import type { Tensor } from '../../tensor';
import { NotOneKernel } from './build';

/** What a loop reads, and the buffer that some of it was joined into. */
export interface Bound {
  readonly inputs: readonly Tensor[];
  readonly joint: Tensor | undefined;
}

/** Joins the smallest inputs of a loop into one buffer where it would otherwise bind more than `most`. */
export function fitBuffers(inputs: readonly Tensor[], most: number): Bound {
  const bases = [...new Set(inputs.map(baseOf))].filter((base) => base.source.kind !== 'scalar');
  if (bases.length <= most) return { inputs, joint: undefined };
  const surplus = bases.length - most + 1;
  const isMovable = (base: Tensor) => base.dtype === 'f32';
  const joined = bases
    .filter(isMovable)
    .sort((a, b) => a.size - b.size || a.id - b.id)
    .slice(0, surplus);
  if (joined.length < surplus) throw new NotOneKernel(`${bases.length} buffers to read: a kernel binds ${most}`);
  const parts = [...new Set(inputs.filter((input) => joined.includes(baseOf(input))))];
  const joint = concat(parts.map((part) => reshape(part, [part.size])));
  const places = new Map<Tensor, Tensor>();
  let start = 0;
  for (const part of parts) places.set(part, reshape(slice(joint, [start], [(start += part.size)]), part.shape));
  return { inputs: inputs.map((input) => places.get(input) ?? input), joint };
}

/** The tensor that a view looks at. */
function baseOf(view: Tensor): Tensor {
  let node = view;
  while (node.source.kind === 'op' && node.source.op.lowering.kind === 'movement' && node.source.inputs.length === 1)
    [node] = node.source.inputs;
  return node;
}
