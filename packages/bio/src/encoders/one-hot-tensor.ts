import { tensor } from '@hairpin/tensors';
import type { Device, Tensor } from '@hairpin/tensors';
import { oneHot } from './one-hot';
import type { OneHotOptions } from './one-hot';

/** Encoded sequences as a model takes them: `model(x, { lengths })`. */
export interface EncodedTensors {
  readonly x: Tensor; // f32 [sequences, longest, letters]
  readonly lengths: Tensor; // i32 [sequences]
}

/** `oneHot` as tensors. This is the only file of the package that needs the engine. */
export function oneHotTensor(
  sequences: readonly string[],
  options: OneHotOptions & { device?: Device },
): EncodedTensors {
  const { values, shape, lengths } = oneHot(sequences, options);
  const { device } = options;
  return { x: tensor(values, { shape, device }), lengths: tensor(Int32Array.from(lengths), { device }) };
}
