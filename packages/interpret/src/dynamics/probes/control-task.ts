import type { Rng } from '@hairpin/tensors';
import type { NdArray } from '../nd-array';
import type { Group } from './split-groups';

/**
 * A control task (Hewitt & Liang 2019): every type, such as a k-mer, gets the target of a row drawn at random, the same wherever
 * it occurs. The targets keep their distribution; what a probe makes of them it has learned by heart.
 */
export function controlTargets(targets: NdArray, types: ArrayLike<Group>, rng: Rng): NdArray<Float64Array> {
  const [rows, width] = targets.shape;
  const source = new Map<Group, number>();
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    if (!source.has(types[row])) source.set(types[row], rng.integer(rows));
    const from = source.get(types[row])! * width;
    for (let k = 0; k < width; k++) values[row * width + k] = targets.values[from + k];
  }
  return { values, shape: targets.shape };
}
