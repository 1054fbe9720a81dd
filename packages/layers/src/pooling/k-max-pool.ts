import { cast, type Context, pad, sort, takeAlong, type Tensor, topK } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond, fillBeyond } from '../lengths';
import { checkSequence, LOWEST } from './rows';

/**
 * The k largest activations of each channel, in the order in which they stood (Kalchbrenner et al. 2014, section 3.2).
 * x: [batch, length, channels] → [batch, k, channels]. A row with fewer than k positions has zeros after them.
 */
export class KMaxPool extends Layer {
  readonly k: number;

  constructor({ k }: { readonly k: number }) {
    super();
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`KMaxPool: expected k to be a whole number ≥ 1, got ${k}`);
    this.k = k;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkSequence('KMaxPool', x);
    const missing = Math.max(this.k - x.shape[1], 0);
    const own = Math.min(this.k, x.shape[1]);
    const { indices } = topK(fillBeyond(x, lengths, LOWEST), own, 1);
    const places = cast(sort(cast(indices, 'f32'), 1), 'i32');
    const largest = takeAlong(clearBeyond(x, lengths), places, 1);
    return missing === 0 ? largest : pad(largest, [[0, 0], [0, missing], [0, 0]]); // prettier-ignore
  }

  /** Every row has k positions then. */
  override lengthsAfter(): undefined {
    return undefined;
  }
}
