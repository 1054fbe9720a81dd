import { reverseComplement } from '@hairpin/bio';
import { GRU, Layer, Linear } from '@hairpin/layers';
import { arange, cast, equal, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { Genome } from './genomes';

/** Reads letters one by one and says after each which comes next. */
export class Reader extends Layer {
  readonly net: GRU;
  readonly head: Linear;

  constructor({ hidden, rng }: { readonly hidden: number; readonly rng: Rng }) {
    super();
    this.net = new GRU({ in: 4, hidden, rng: rng.fork('net') });
    this.head = new Linear({ in: hidden, out: 4, rng: rng.fork('head') });
  }

  /** The state after each letter; one that is not known is nothing.   [batch, length] → [batch, length, hidden] */
  states(letters: Tensor): Tensor {
    const isLetter = equal(letters.reshape([...letters.shape, 1]), arange(4, 'i32'));
    return this.net.forward(cast(isLetter, 'f32'));
  }

  /** Logits of the next letter.   [batch, length] → [batch, length, 4] */
  forward(letters: Tensor): Tensor {
    return this.head.forward(this.states(letters));
  }
}

/** A strand of a circle as numbers: A 0, C 1, G 2, T 3, N −1. */
export type Strand = Int8Array;

/** Both strands of a genome. */
export const strandsOf = ({ sequence }: Genome): [Strand, Strand] => [
  numbersOf(sequence),
  numbersOf(reverseComplement(sequence)),
];

const numbersOf = (sequence: string): Strand => Int8Array.from(sequence, (letter) => 'ACGT'.indexOf(letter));

/** Writes letters of a circle, from `at` on, into `out` from `to` on. */
export function copyCircle(strand: Strand, at: number, length: number, out: Int32Array, to: number): void {
  for (let i = 0; i < length; i++) out[to + i] = strand[(at + i) % strand.length];
}
