import { Dropout, GlobalMaxPool, Layer, Linear, Sequential, StrandConv1d, StrandMax } from '@hairpin/layers';
import {
  add,
  concat,
  type Context,
  flip,
  mul,
  neg,
  type Parameter,
  parameter,
  relu,
  type Rng,
  tensor,
  type Tensor,
  zeros,
} from '@hairpin/tensors';
import { InputError } from '../input-error';
import type { ModelOptions } from './options';

/**
 * Filters over both strands, the best place of each anywhere in the sequence, and a weighing of what they found.
 * x: one-hot [batch, length, 4] → logits [batch]
 */
export class MotifNet extends Layer {
  readonly filters: StrandConv1d;
  /** What a filter loses at the ends of a sequence, where sites are expected in its middle: [filters] */
  readonly offCentre?: Parameter;
  readonly head: Sequential;

  constructor({ filters, width, hidden, dropout, isCentred, rng }: ModelOptions & { rng: Rng }) {
    super();
    this.filters = new StrandConv1d({ out: filters, width, rng });
    if (isCentred) this.offCentre = parameter(zeros([filters]));
    const between = hidden > 0 ? [new Linear({ in: filters, out: hidden, rng }), relu] : [];
    const answer = new Linear({ in: hidden || filters, out: 1, rng });
    const best = [new GlobalMaxPool(), new StrandMax(), relu]; // ReLU last: it commutes with max, and here there is less of it
    this.head = new Sequential(...best, new Dropout(dropout), ...between, answer);
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const found = new Sequential(this.filters, (scores: Tensor) => this.placed(scores, context), this.head);
    return found.forward(x, context).reshape([-1]);
  }

  /** Scores less the square of how far they are from the centre, from 0 there to 1 at the ends.   [batch, positions, 2 · filters] */
  private placed(scores: Tensor, { lengths }: Context): Tensor {
    if (!this.offCentre) return scores;
    if (lengths)
      throw new InputError('isCentred: sequences must have one length, or none of them has its sites in the middle');
    const positions = scores.shape[1];
    const far = Float32Array.from({ length: positions }, (_, i) => ((2 * i + 1) / positions - 1) ** 2);
    const lost = concat([this.offCentre.read(), flip(this.offCentre.read(), 0)], 0);
    return add(scores, neg(mul(tensor(far, { shape: [positions, 1], device: scores.device }), lost)));
  }
}
