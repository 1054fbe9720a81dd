import { type Motif, tomtomSearch } from '@hairpin/bio';
import { deepShap, findPatterns, gradient, offSimplexCorrected, readTracks, type Tracks } from '@hairpin/interpret';
import type { Tensor } from '@hairpin/tensors';
import { encoded, jaspar, motifOf, shuffles, talGataNet, type TalGataSequence } from './tal-gata';

const textOf = (sequences: readonly TalGataSequence[]): string[] => sequences.map(({ sequence }) => sequence);

/**
 * What a task's logit says about the letters, by input × gradient: hypothetical contributions are the gradient without its part off the
 * simplex, contributions those of the letters that stand there.
 */
export async function gradientTracks(sequences: readonly TalGataSequence[], task: number): Promise<Tracks> {
  const net = talGataNet();
  const x = encoded(textOf(sequences));
  const { multipliers } = await gradient((own) => net.forward(own), x, { target: task, batchSize: 50 });
  const hypothetical = offSimplexCorrected(multipliers);
  return readTracks({ oneHot: x, hypothetical, contributions: x.mul(hypothetical) });
}

/** The same by DeepSHAP over shuffles. */
export async function shapTracks(x: Tensor, task: number, references: number): Promise<Tracks> {
  const net = talGataNet();
  const options = { target: task, references: shuffles(references), batchSize: 40 };
  const { hypothetical } = await deepShap((own) => net.forward(own), x, options);
  return readTracks({ oneHot: x, hypothetical, contributions: x.mul(hypothetical) });
}

/** Of each planted motif, the smallest q-value at which Tomtom matches a pattern with it, among JASPAR's motifs. */
export async function matchesOf(
  tracks: Tracks,
  planted: readonly Motif[],
  shuffled?: Tracks,
): Promise<Record<string, number>> {
  const { patterns } = await findPatterns(tracks, shuffled && { shuffled });
  const search = tomtomSearch([...planted, ...jaspar()]);
  const found = patterns.filter(({ positive }) => positive).flatMap((pattern, i) => search(motifOf(pattern, i)));
  return Object.fromEntries(
    planted.map(({ id }) => [
      id,
      Math.min(1, ...found.filter(({ target }) => target.id === id).map(({ qValue }) => qValue)),
    ]),
  );
}
