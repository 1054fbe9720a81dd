import type { Matrix } from '../motifs/matrix';
import { cropped, forEachLetter, meanContributions, type Placement, type Stack } from './placement';
import type { ScoredLetters } from './tracks';

/** The columns between the first and the last whose contributions reach `share` of those of the strongest. */
export function trimmed(scored: ScoredLetters, stack: Stack, share: number): Stack {
  const strength = meanContributions(scored, stack).map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0));
  const least = share * Math.max(...strength);
  const from = strength.findIndex((value) => value >= least);
  const to = strength.findLastIndex((value) => value >= least) + 1;
  return cropped(stack, from, to);
}

/**
 * The sites whose contributions have a cosine of `least` or more with the mean of all: every seqlet is in some cluster,
 * also one that chance made.
 */
export function withoutStrangers(scored: ScoredLetters, stack: Stack, least: number): Stack {
  const mean = meanContributions(scored, stack);
  return { ...stack, sites: stack.sites.filter((site) => likeness(scored, site, mean) >= least) };
}

function likeness(scored: ScoredLetters, site: Placement, mean: Matrix): number {
  let [product, energy] = [0, 0];
  forEachLetter(scored, site, mean.length, (column, letter, at) => {
    product += scored.score[at] * mean[column][letter];
    energy += scored.score[at] ** 2;
  });
  const norm = Math.sqrt(energy) * Math.hypot(...mean.flat());
  return norm > 0 ? product / norm : 0;
}

/** One site of those that lie in one place, the strongest: two windows of one sequence may be drawn to the same motif. */
export function withoutTwins({ width, sites }: Stack): Stack {
  const strongest = new Map<string, Placement>();
  for (const site of sites) {
    const place = `${site.sequence} ${site.start}`;
    const known = strongest.get(place);
    if (!known || Math.abs(site.score) > Math.abs(known.score)) strongest.set(place, site);
  }
  return { width, sites: [...strongest.values()] };
}
