import { tensor } from '@hairpin/tensors';
import type { Device, Tensor } from '@hairpin/tensors';
import type { Encoded } from './encoded';
import { oneHot } from './one-hot';
import type { OneHotOptions } from './one-hot';

/** Encoded sequences as a model takes them: `model(x, { lengths })`. */
export interface EncodedTensors {
  readonly x: Tensor; // f32 [sequences, longest, channels]
  readonly lengths: Tensor; // i32 [sequences]
}

/** An encoding, with all its channels, as tensors. */
export function encodedTensors(
  { values, shape, lengths }: Encoded,
  { device }: { readonly device?: Device } = {},
): EncodedTensors {
  return { x: tensor(values, { shape, device }), lengths: tensor(Int32Array.from(lengths), { device }) };
}

/** `oneHot` as tensors. */
export function oneHotTensor(
  sequences: readonly string[],
  options: OneHotOptions & { device?: Device },
): EncodedTensors {
  return encodedTensors(oneHot(sequences, options), options);
}
