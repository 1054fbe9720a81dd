import { decodeOneHot, dinucleotideShuffle } from '@hairpin/bio';
import {
  type Attribution,
  type AttributionOptions,
  deepLift,
  deepShap,
  expectedGradients,
  inputTimesGradient,
  integratedGradients,
  type References,
} from '@hairpin/interpret';
import type { Model, Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { alphabets } from './alphabets';
import type { NamedSequence, SequenceModel } from './sequence-model';

/** Methods of attribution that compare a sequence with others. */
export const explanations = [
  'deepshap',
  'deeplift',
  'integrated-gradients',
  'expected-gradients',
  'input-x-gradient',
] as const;
/** One of them. */
export type ExplanationMethod = (typeof explanations)[number];

/** What is to be explained, and how. */
export interface ExplainSettings {
  readonly method: ExplanationMethod;
  /** Dinucleotide shuffles of each sequence that it is compared with. */
  readonly references: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** What the letters of a sequence contribute. */
export interface ExplainedSequence extends NamedSequence {
  /** Of each place: they add up to output − reference. [length] */
  readonly contributions: Float64Array;
  /** Of every letter at every place, were it there. [length, letters] */
  readonly hypothetical: Float64Array;
  /** The logit or value of the sequence. */
  readonly output: number;
  /** The mean of that of its references. */
  readonly reference: number;
}

/** Which letters made the model say what it says. One sequence at a time: each is compared with shuffles of itself. */
export async function explainSequences(
  model: SequenceModel,
  sequences: readonly NamedSequence[],
  { onProgress, signal, ...settings }: ExplainSettings,
): Promise<ExplainedSequence[]> {
  model.check(sequences);
  const explained: ExplainedSequence[] = [];
  for (const sequence of sequences) {
    signal?.throwIfAborted();
    explained.push(await explainOne(model, sequence, settings));
    onProgress?.({ done: explained.length, total: sequences.length });
  }
  return explained;
}

async function explainOne(
  model: SequenceModel,
  { id, sequence }: NamedSequence,
  { method, references, seed }: Pick<ExplainSettings, 'method' | 'references' | 'seed'>,
): Promise<ExplainedSequence> {
  const x = model.encode([sequence]);
  const shuffles = shufflesOf(model, references);
  const attribution = await run[method]((y, context) => model.forward(y, context), x, { seed, references: shuffles });
  const [contributions, hypothetical] = await Promise.all([
    attribution.contributions.data(),
    attribution.hypothetical.data(),
  ]);
  const { output, reference } = attribution;
  return {
    ...{
      id,
      sequence,
      contributions: byPlace(contributions, sequence.length),
      hypothetical: Float64Array.from(hypothetical),
    },
    ...{ output: output[0], reference: reference[0] },
  };
}

/** What a place contributes: that its letter is there, and that others are not. */
function byPlace(contributions: ArrayLike<number>, length: number): Float64Array {
  const sums = new Float64Array(length);
  const letters = contributions.length / length;
  for (let i = 0; i < contributions.length; i++) sums[Math.floor(i / letters)] += contributions[i];
  return sums;
}

type Explainer = (model: Model, x: Tensor, options: AttributionOptions & { references: References }) => Promise<Attribution>; // prettier-ignore

/** DeepLIFT and integrated gradients start from zeros, a sequence of no letters; the others from shuffles. */
const run: Record<ExplanationMethod, Explainer> = {
  deepshap: deepShap,
  deeplift: (model, x, { seed }) => deepLift(model, x, { seed }),
  'integrated-gradients': (model, x, { seed }) => integratedGradients(model, x, { seed }),
  'expected-gradients': expectedGradients,
  'input-x-gradient': (model, x, { seed }) => inputTimesGradient(model, x, { seed }),
};

/** So many shuffles of a sequence that keep its pairs of neighbours. */
const shufflesOf =
  (model: SequenceModel, count: number): References =>
  async (x, rng: Rng) => {
    const values = Float32Array.from(await x.data());
    const [length, channels] = x.shape;
    const encoded = { values, shape: [1, length, channels] as const, lengths: Uint32Array.of(length) };
    const [letters] = decodeOneHot(encoded, alphabets[model.spec.alphabet]);
    return model.encode(Array.from({ length: count }, () => dinucleotideShuffle(letters, rng)));
  };
