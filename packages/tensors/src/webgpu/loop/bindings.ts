import { topological } from '../../graph';
import { concat } from '../../ops/join';
import { slice } from '../../ops/movement';
import { reshape } from '../../ops/reshape';
import type { Tensor } from '../../tensor';
import { NotOneKernel } from './build';

/** What a loop reads, and which tensors must lie in memory before it does. */
export interface Bound {
  readonly inputs: readonly Tensor[];
  readonly stored: readonly Tensor[];
}

/**
 * Keeps what a loop reads to `most` buffers: where it would bind more, expressions over several buffers are stored first, and then
 * the smallest inputs joined into one buffer.
 */
export function fitBuffers(inputs: readonly Tensor[], most: number): Bound {
  if (new Set(inputs.flatMap(basesOf)).size <= most) return { inputs, stored: [] };
  const wide = [...new Set(inputs.filter((input) => basesOf(input).length > 1))];
  const ownBases = (input: Tensor) => (wide.includes(input) ? [input] : basesOf(input));
  const bases = [...new Set(inputs.flatMap(ownBases))];
  if (bases.length <= most) return { inputs, stored: wide };
  const surplus = bases.length - most + 1;
  const joined = bases
    .filter((base) => base.dtype === 'f32')
    .sort((a, b) => a.size - b.size || a.id - b.id)
    .slice(0, surplus);
  if (joined.length < surplus) throw new NotOneKernel(`${bases.length} buffers to read: a kernel binds ${most}`);
  const parts = [...new Set(inputs.filter((input) => ownBases(input).some((base) => joined.includes(base))))];
  const joint = concat(parts.map((part) => reshape(part, [part.size])));
  const places = new Map<Tensor, Tensor>();
  let start = 0;
  for (const part of parts) places.set(part, reshape(slice(joint, [start], [(start += part.size)]), part.shape));
  return {
    inputs: inputs.map((input) => places.get(input) ?? input),
    stored: [...wide.filter((input) => !places.has(input)), joint],
  };
}

const foldable = new Set(['movement', 'elementwise']);

/** True for a view, and for what is computed element by element: a kernel can read what they are made of. */
export const isFoldable = ({ source }: Tensor): boolean =>
  source.kind === 'op' && foldable.has(source.op.lowering.kind);

/** What an expression reads from memory: what is neither a view nor computed element by element. */
function basesOf(node: Tensor): Tensor[] {
  const inputsOf = (t: Tensor) => (t.source.kind === 'op' && isFoldable(t) ? t.source.inputs : []);
  return topological([node], inputsOf).filter((t) => t.source.kind !== 'scalar' && !isFoldable(t));
}
