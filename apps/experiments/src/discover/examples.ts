import { dinucleotideShuffle } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';

/** Sequences of both classes: the positives first. */
export interface Examples {
  readonly labels: Uint8Array; // 1 or 0
  readonly lengths: Uint32Array; // bp
  /** The letters of one of them; negatives that are shuffles may be drawn anew from `rng`. */
  sequence(index: number, rng: Rng): string;
}

/** Positives and negatives as they stand. */
export function fixedExamples(positives: readonly string[], negatives: readonly string[]): Examples {
  const all = [...positives, ...negatives];
  return {
    labels: Uint8Array.from(all, (_, i) => (i < positives.length ? 1 : 0)),
    lengths: Uint32Array.from(all, (sequence) => sequence.length),
    sequence: (index) => all[index],
  };
}

/** Each positive, and beside it a shuffle that is another one each time it is asked for: so the net cannot learn them by heart. */
export function shuffledExamples(positives: readonly string[]): Examples {
  const own = fixedExamples(positives, positives);
  const sequence = (index: number, rng: Rng) =>
    index < positives.length ? positives[index] : dinucleotideShuffle(positives[index - positives.length], rng);
  return { ...own, sequence };
}

/** One dinucleotide shuffle of each sequence. */
export const shufflesOf = (sequences: readonly string[], rng: Rng): string[] =>
  sequences.map((sequence) => dinucleotideShuffle(sequence, rng));

/** How many of each class. */
export function classSizes({ labels }: Examples): { positives: number; negatives: number } {
  const positives = labels.reduce((total, label) => total + label, 0);
  return { positives, negatives: labels.length - positives };
}
