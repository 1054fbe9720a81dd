import type { Matrix } from '../motifs/matrix';
import { NONE, type ScoredLetters } from './tracks';

/** Where a site lies under the columns of a pattern. */
export interface Placement {
  readonly sequence: number;
  /** The first position under the pattern, counted on the given strand; below 0 where the pattern reaches out. */
  readonly start: number;
  /** Whether the columns run along the other strand. */
  readonly reversed: boolean;
  /** What the window of the seqlet holds. */
  readonly score: number;
}

/** Sites upon each other. */
export interface Stack {
  /** Columns. */
  readonly width: number;
  readonly sites: readonly Placement[];
}

/** Calls `visit(column, letter, position)` for each letter of a site; letters are those of the strand of the columns. */
export function forEachLetter(
  scored: ScoredLetters,
  { sequence, start, reversed }: Placement,
  width: number,
  visit: (column: number, letter: number, position: number) => void,
): void {
  const first = sequence * scored.length;
  const [from, to] = [Math.max(0, start), Math.min(scored.length, start + width)];
  for (let at = from; at < to; at++) {
    const letter = scored.letter[first + at];
    if (letter === NONE) continue;
    if (reversed) visit(start + width - 1 - at, scored.letters - 1 - letter, first + at);
    else visit(at - start, letter, first + at);
  }
}

/** The same sites under columns `from` … `to` − 1, which may reach past the present ones. */
export function cropped({ width, sites }: Stack, from: number, to: number): Stack {
  const moved = sites.map((site) => ({ ...site, start: site.start + (site.reversed ? width - to : from) }));
  return { width: to - from, sites: moved };
}

/** The same sites with columns that run along the other strand. */
export function turned({ width, sites }: Stack): Stack {
  return { width, sites: sites.map((site) => ({ ...site, reversed: !site.reversed })) };
}

/** Contributions by column and letter, averaged over the sites: a contribution-weighted matrix. */
export function meanContributions(scored: ScoredLetters, { width, sites }: Stack): number[][] {
  const sums = zeros(width, scored.letters);
  for (const site of sites) {
    forEachLetter(scored, site, width, (column, letter, at) => (sums[column][letter] += scored.score[at]));
  }
  return divided(sums, sites.length);
}

/** The same of hypothetical contributions, where there are some. */
export function meanHypothetical(scored: ScoredLetters, { width, sites }: Stack): number[][] | undefined {
  const { hypothetical, letters } = scored;
  if (!hypothetical) return undefined;
  const sums = zeros(width, letters);
  for (const site of sites) {
    forEachLetter(scored, site, width, (column, _letter, at) => {
      for (let a = 0; a < letters; a++)
        sums[column][site.reversed ? letters - 1 - a : a] += hypothetical[at * letters + a];
    });
  }
  return divided(sums, sites.length);
}

/** How often each letter stands in each column. */
export function letterCounts(scored: ScoredLetters, { width, sites }: Stack): number[][] {
  const counts = zeros(width, scored.letters);
  for (const site of sites) forEachLetter(scored, site, width, (column, letter) => counts[column][letter]++);
  return counts;
}

const zeros = (width: number, letters: number): number[][] =>
  Array.from({ length: width }, () => new Array<number>(letters).fill(0));

const divided = (sums: Matrix, by: number): number[][] => sums.map((row) => row.map((sum) => sum / by));
