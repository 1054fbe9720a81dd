import { add, arange, less, maximum, mul, permute, reshape, sub, take, tensor, where } from '@hairpin/tensors';
import type { Tensor } from '@hairpin/tensors';
import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import type { EncodedTensors } from '../encoders/one-hot-tensor';
import { strandChannels } from './reverse-complement';
import type { StrandSwap } from './reverse-complement';

/** Which channels an encoding has. */
export interface StrandTensorOptions extends StrandSwap {
  /** DNA unless said; its letters are the first channels. */
  readonly alphabet?: Alphabet;
  /** The names of the further channels, as `Encoded` has them. */
  readonly extra?: readonly string[];
}

/**
 * The other strand of sequences on their device, as `reverseComplementEncoded` makes it: positions of each sequence's own length and
 * paired letters change places, further channels stay with their positions, padding stays 0. Gradients pass.
 */
export function reverseComplementTensors(
  { x, lengths }: EncodedTensors,
  { alphabet = dna, extra = [], swap = [] }: StrandTensorOptions = {},
): EncodedTensors {
  const [sequences, length, channels] = x.shape;
  const partners = strandChannels(alphabet, extra, swap);
  if (partners.length !== channels) {
    const expected = `${partners.length} channels, ${alphabet.letters.length} of ${alphabet.name} and ${extra.length} more`;
    throw new RangeError(`reverseComplementTensors: expected ${expected}, got ${channels}`);
  }
  const step = (n: number, width: number) => reshape(arange(n, 'i32'), [-1, width]);
  const own = reshape(lengths, [sequences, 1]);
  const from = maximum(sub(sub(own, 1), step(length, length)), 0); // [sequences, length]
  const rows = add(mul(step(sequences, 1), length), from);
  const turned = take(reshape(x, [sequences * length, channels]), rows);
  const isInside = reshape(less(step(length, length), own), [sequences, length, 1]);
  return { x: where(isInside, exchanged(turned, partners), 0), lengths };
}

/** Each channel in the place of its partner, which has that one for a partner in turn. */
function exchanged(x: Tensor, partners: readonly number[]): Tensor {
  const index = tensor(Int32Array.from(partners), { device: x.device });
  return permute(take(permute(x, [2, 0, 1]), index), [1, 2, 0]);
}
