import { Rng } from '@hairpin/tensors/random';
import type { Matrix, Tracks } from '../../src/index';

/** A motif that is planted, and how its letters contribute: their log-odds, where above 0, times `gain`. */
export interface Planted {
  readonly probabilities: Matrix;
  readonly gain: number;
}

/** Where a motif was planted: `motif` is its number. */
export interface Site {
  readonly motif: number;
  readonly sequence: number;
  readonly start: number;
  readonly strand: '+' | '-';
}

export interface Simulation {
  readonly sequences?: number;
  readonly length?: number;
  readonly motifs?: readonly Planted[];
  /** Standard deviation of the contribution of a letter outside the motifs. */
  readonly noise?: number;
  /** The chance that a sequence holds a motif. */
  readonly share?: number;
  readonly seed?: number;
}

/** Random sequences, in some of which one motif stands on a random strand, with contributions and noise. */
export function simulated(options: Simulation): Tracks & { readonly sites: Site[]; readonly letters: number[][] } {
  const { sequences = 200, length = 100, motifs = [], noise = 0.1, share = 1, seed = 1 } = options;
  const rng = new Rng(seed);
  const sites: Site[] = [];
  const letters = Array.from({ length: sequences }, () => Array.from({ length }, () => rng.integer(4)));
  const scores = letters.map((row) => row.map(() => noise * rng.normal()));
  for (let sequence = 0; sequence < sequences; sequence++) {
    if (motifs.length === 0 || rng.next() >= share) continue;
    const motif = rng.integer(motifs.length);
    const { probabilities, gain } = motifs[motif];
    const [start, reversed] = [rng.integer(length - probabilities.length + 1), rng.integer(2) === 1];
    probabilities.forEach((row, column) => {
      const letter = drawn(row, rng);
      const at = reversed ? start + probabilities.length - 1 - column : start + column;
      letters[sequence][at] = reversed ? 3 - letter : letter;
      scores[sequence][at] += gain * Math.max(0, Math.log2(row[letter] / 0.25));
    });
    sites.push({ motif, sequence, start, strand: reversed ? '-' : '+' });
  }
  return { ...asTracks(letters, scores), sites, letters };
}

/** Tracks of letters by number and their contributions; a negative letter is none. */
export function asTracks(letters: readonly (readonly number[])[], scores: readonly (readonly number[])[]): Tracks {
  const shape = [letters.length, letters[0]?.length ?? 0, 4];
  const oneHot = new Float32Array(shape[0] * shape[1] * 4);
  const contributions = new Float32Array(oneHot.length);
  letters.flat().forEach((letter, i) => {
    if (letter < 0) return;
    oneHot[i * 4 + letter] = 1;
    contributions[i * 4 + letter] = scores[Math.floor(i / shape[1])][i % shape[1]];
  });
  return { shape, oneHot, contributions };
}

/** A matrix in which the letters of a consensus have probability `p`, N ¼. */
export function sharp(consensus: string, p = 0.94): number[][] {
  return [...consensus].map((letter) =>
    [...'ACGT'].map((other) => (letter === 'N' ? 0.25 : other === letter ? p : (1 - p) / 3)),
  );
}

function drawn(probabilities: readonly number[], rng: Rng): number {
  let left = rng.next();
  return Math.max(
    0,
    probabilities.findIndex((p) => (left -= p) < 0),
  );
}
