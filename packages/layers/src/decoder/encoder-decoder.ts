import {
  type Context,
  cumsum,
  cast,
  equal,
  HairpinError,
  logSoftmax,
  reshape,
  shapeError,
  sub,
  sum,
  takeAlong,
  type Tensor,
  where,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import type { Decoder, Memory } from './decoder';
import { force, type ForceOptions } from './force';
import type { Hypothesis } from './hypotheses';
import { search } from './search';

/** How far a search goes, and what concerns the source. */
export interface DecodeOptions extends Context {
  /** Tokens after which a hypothesis goes no further, the end token among them. */
  readonly maxLength: number;
}

/** How wide a beam is, and how it ranks. */
export interface BeamOptions extends DecodeOptions {
  /** Hypotheses that are kept for each source. */
  readonly width: number;
  /** Strength of the length normalisation (Wu et al. 2016, eq. 14): 0, none, unless said. */
  readonly alpha?: number;
}

/**
 * A net that reads a sequence and another that writes one while it attends to what the first has read (Bahdanau et al. 2015).
 * x: [batch, length, channels], context.given.target: [batch, steps] i32 → logits [batch, steps, vocabulary]
 * `forward` is teacher forcing, with `context.given.sampling` [batch] scheduled sampling. `context.lengths` are those of the source;
 * the weights of the decoder's attention can be tapped, [batch, steps, length].
 */
export class EncoderDecoder extends Layer {
  readonly encoder: Layer;
  readonly decoder: Decoder;

  /** `encoder` gives what the decoder calls its memory: [batch, length, memory]. */
  constructor({ encoder, decoder }: { readonly encoder: Layer; readonly decoder: Decoder }) {
    super();
    [this.encoder, this.decoder] = [encoder, decoder];
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const { target, sampling } = context.given ?? {};
    if (!target)
      throw new HairpinError(
        'EncoderDecoder: forward needs context.given.target, [batch, steps] i32; greedy and beam write one',
      );
    return this.force(x, target, { ...context, sampling });
  }

  /** The source in the form that the decoder attends to. */
  encode(x: Tensor, context: Context = {}): Memory {
    const { lengths } = context;
    const left = lengths && this.encoder.lengthsAfter(lengths);
    if (lengths && !left) throw new HairpinError('EncoderDecoder: the encoder must leave positions to attend to');
    return this.decoder.remember(this.encoder.forward(x, context), left);
  }

  /** Scores of each step for its token, the tokens before it being given.   target: [batch, steps] i32 → [batch, steps, vocabulary] */
  force(x: Tensor, target: Tensor, options: ForceOptions = {}): Tensor {
    const { sampling: _, ...context } = options;
    if (target.dtype !== 'i32' || target.shape.length !== 2 || target.shape[0] !== x.shape[0])
      throw shapeError('EncoderDecoder', `a target [${x.shape[0]}, steps] as i32`, `${target}`);
    return force(this.decoder, this.encode(x, context), target, options);
  }

  /** log P(target | x), [batch]: what comes after a row's first end token does not count. */
  score(x: Tensor, target: Tensor, context: Context = {}): Tensor {
    const logP = logSoftmax(this.force(x, target, context));
    const own = reshape(takeAlong(logP, reshape(target, [...target.shape, 1]), 2), [...target.shape]);
    const ends = cast(equal(target, this.decoder.end), 'f32');
    const isBefore = equal(sub(cumsum(ends, 1), ends), 0);
    return sum(where(isBefore, own, 0), 1);
  }

  /** The likeliest token at each step, for each source. */
  async greedy(x: Tensor, options: DecodeOptions): Promise<Hypothesis[]> {
    const found = await this.beam(x, { ...options, width: 1 });
    return found.map(([best]) => best);
  }

  /** The best hypotheses of each source, the best first. */
  beam(x: Tensor, { width, alpha = 0, maxLength, ...context }: BeamOptions): Promise<Hypothesis[][]> {
    for (const [name, n] of Object.entries({ width, maxLength }))
      if (!Number.isInteger(n) || n < 1)
        throw new RangeError(`EncoderDecoder: expected ${name} to be a whole number ≥ 1, got ${n}`);
    return search(this.decoder, this.encode(x, context), { width, alpha, maxLength });
  }

  override lengthsAfter(): undefined {
    return undefined;
  }
}
