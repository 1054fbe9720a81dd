import {
  type Context,
  cast,
  HairpinError,
  less,
  log,
  neg,
  reshape,
  scan,
  slice,
  concat,
  stopGradient,
  type Tensor,
  uniform,
  where,
} from '@hairpin/tensors';
import type { Decoder, DecoderState, Memory } from './decoder';

/** How a decoder is led through a given target. */
export interface ForceOptions extends Context {
  /**
   * Scheduled sampling (Bengio et al. 2015): the probability with which a step reads a token that the decoder draws from its own
   * scores in place of the given one, as a number or for each row, `[batch]`. 0 unless said. Draws from `rng`.
   */
  readonly sampling?: number | Tensor | undefined;
}

/** Scores of each step for the next token, when the tokens before it are given.   target: [batch, steps] i32 → [batch, steps, vocabulary] */
export function force(decoder: Decoder, memory: Memory, target: Tensor, options: ForceOptions = {}): Tensor {
  const { sampling = 0, ...context } = options;
  const [batch, steps] = target.shape;
  const start = decoder.embedStart(batch);
  const given = decoder.embed(slice(target, [0, 0], [batch, Math.max(steps - 1, 0)]));
  const tokens = concat([reshape(start, [batch, 1, -1]), given], 1);
  const before = slice(tokens, [0, 0], [batch, steps]);
  if (sampling === 0) return decoder.steps(before, memory, context);
  if (!context.rng) throw new HairpinError('Decoder: scheduled sampling needs context.rng to draw from');
  return sample(decoder, memory, before, { ...context, sampling });
}

/** A loop that carries a token drawn at the step before, which is read where a coin says so. */
function sample(
  decoder: Decoder,
  memory: Memory,
  tokens: Tensor,
  { sampling, ...context }: ForceOptions & { sampling: number | Tensor },
): Tensor {
  const rng = context.rng!;
  const [batch] = tokens.shape;
  const share = typeof sampling === 'number' ? sampling : reshape(sampling, [batch, 1]);
  const body = ({ state: own, drawn }: Sampled, token: Tensor) => {
    const read = where(less(uniform(rng, [batch, 1]), share), drawn, token);
    const { state, logits } = decoder.step(own, read, memory, context);
    const noise = neg(log(neg(log(uniform(rng, logits.shape, smallest, 1))))); // Gumbel: the largest sum is a draw from softmax
    const next = decoder.embedBest(stopGradient(logits).add(cast(noise, logits.dtype)));
    return [{ state, drawn: next }, logits] as const;
  };
  const init: Sampled = { state: memory.start, drawn: decoder.embedStart(batch) };
  return scan<Sampled, Tensor, Tensor>(body, init, tokens)[1];
}

/** A decoder's state, and the vector of a token drawn from its last scores. */
type Sampled = { readonly state: DecoderState; readonly drawn: Tensor };

/** Where uniforms begin, for the logarithm of 0. */
const smallest = 2 ** -25;
