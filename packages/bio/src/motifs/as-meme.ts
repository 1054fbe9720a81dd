import type { Motif } from './motif';
import { sum } from './pwm';
import type { Background } from './pwm';

/** What is assumed of a motif that does not say how many sites it has. */
const DEFAULT_SITES = 20;

/** How many sites a motif was made from, as MEME's tools count them: whole ones, 20 where none are given. */
export function sitesOf({ sites = DEFAULT_SITES }: Motif): number {
  return Math.floor(sites) > 0 ? Math.floor(sites) : DEFAULT_SITES;
}

/** Probabilities as MEME's tools make them when they read a motif: p′ = (n·p + c·q) / (n + c) for n sites, pseudocount c. */
export function withPseudocount(motif: Motif, pseudocount: number, background: Background): number[][] {
  const n = sitesOf(motif);
  return motif.probabilities.map((row) =>
    row.map((p, letter) => (n * p + pseudocount * background[letter]) / (n + pseudocount)),
  );
}

/**
 * Throws unless a motif and a background can be compared with others: of the same letters, the background above 0.
 * @param where the function whose argument they are
 */
export function checkMotif(where: string, { id, probabilities }: Motif, background: Background): void {
  if (probabilities.length === 0) throw new RangeError(`${where}: the motif ${id} has no positions`);
  for (const row of probabilities) {
    if (row.length !== background.length)
      throw new RangeError(`${where}: the motif ${id} has ${row.length} letters, the background ${background.length}`);
    if (!row.every((p) => p >= 0) || Math.abs(sum(row) - 1) > 0.05)
      throw new RangeError(`${where}: expected probabilities that sum to 1 in the motif ${id}, got ${row.join(' ')}`);
  }
}

/**
 * A background that sums to 1, though its frequencies be rounded. Throws unless all are above 0.
 * @param where the function whose argument it is
 */
export function normalisedBackground(where: string, background: Background): number[] {
  const total = sum(background);
  if (!background.every((q) => q > 0) || Math.abs(total - 1) > 0.05)
    throw new RangeError(`${where}: expected a background above 0 that sums to 1, got ${background.join(' ')}`);
  return background.map((q) => q / total);
}
