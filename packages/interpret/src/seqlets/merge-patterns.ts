import { type Matrix, reverseComplement } from '../motifs/matrix';
import type { Pace } from '../long-run';
import { cropped, meanContributions, type Stack, turned } from './placement';
import type { ScoredLetters } from './tracks';

/** How two stacks resemble each other most. */
interface Match {
  readonly similarity: number;
  /** Column of the first under the first column of the second. */
  readonly offset: number;
  readonly reversed: boolean;
}

/** What is alike enough to be joined. */
export interface MergeOptions {
  /** The cosine of mean contributions from which on two stacks are one. */
  readonly similarity: number;
  readonly bothStrands: boolean;
  readonly pace: Pace;
}

/**
 * Joins stacks that show the same: from the largest to the smallest each is laid upon that of the larger ones which its
 * mean contributions resemble most, by cosine at the best offset and strand, if it reaches `similarity`; and so on with
 * what came of it until nothing is joined any more. The largest first.
 */
export async function mergeStacks(
  scored: ScoredLetters,
  stacks: readonly Stack[],
  options: MergeOptions,
): Promise<Stack[]> {
  const merged: Entry[] = [];
  for (const stack of stacks.toSorted((a, b) => b.sites.length - a.sites.length)) {
    const entry = { stack, mean: meanContributions(scored, stack) };
    const { place, match } = mostAlike(merged, entry, options.bothStrands);
    if (match.similarity < options.similarity) merged.push(entry);
    else merged[place] = joined(scored, merged[place].stack, stack, match);
    await options.pace.step(0);
  }
  const result = merged.map(({ stack }) => stack);
  return result.length < stacks.length ? mergeStacks(scored, result, options) : result;
}

interface Entry {
  readonly stack: Stack;
  readonly mean: Matrix;
}

function mostAlike(entries: readonly Entry[], { mean }: Entry, bothStrands: boolean): { place: number; match: Match } {
  let best = { place: -1, match: { similarity: -Infinity, offset: 0, reversed: false } as Match };
  for (const [place, entry] of entries.entries()) {
    const match = bestMatch(entry.mean, mean, bothStrands);
    if (match.similarity > best.match.similarity) best = { place, match };
  }
  return best;
}

/** The sites of `b` in the columns of `a`. */
function joined(scored: ScoredLetters, a: Stack, b: Stack, { offset, reversed }: Match): Entry {
  const moved = cropped(reversed ? turned(b) : b, -offset, a.width - offset);
  const stack = { width: a.width, sites: [...a.sites, ...moved.sites] };
  return { stack, mean: meanContributions(scored, stack) };
}

/** The offset and strand of the largest cosine; what hangs over counts as unlike. */
export function bestMatch(a: Matrix, b: Matrix, bothStrands: boolean): Match {
  const norm = Math.sqrt(energy(a) * energy(b));
  let best: Match = { similarity: 0, offset: 0, reversed: false };
  for (const reversed of bothStrands ? [false, true] : [false]) {
    const second = reversed ? reverseComplement(b) : b;
    for (let offset = 1 - b.length; offset < a.length; offset++) {
      const similarity = norm > 0 ? product(a, second, offset) / norm : 0;
      if (similarity > best.similarity) best = { similarity, offset, reversed };
    }
  }
  return best;
}

function product(a: Matrix, b: Matrix, offset: number): number {
  let sum = 0;
  for (let column = Math.max(0, offset); column < Math.min(a.length, offset + b.length); column++) {
    for (let letter = 0; letter < a[column].length; letter++) sum += a[column][letter] * b[column - offset][letter];
  }
  return sum;
}

const energy = (matrix: Matrix): number => matrix.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0);
