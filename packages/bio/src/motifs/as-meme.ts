import type { Motif } from './motif';
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
