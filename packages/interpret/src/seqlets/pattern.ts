import { columnInformation } from '../motifs/information';
import { type Matrix, probabilities } from '../motifs/matrix';
import { letterCounts, meanContributions, meanHypothetical, type Stack, turned } from './placement';
import type { ScoredLetters } from './tracks';

/** A site of a pattern. */
export interface PatternSite {
  /** Number of its sequence. */
  readonly sequence: number;
  /** The first position under the pattern on the given strand, from 0; below 0 where the pattern reaches out. */
  readonly start: number;
  /** The strand along which the columns run. */
  readonly strand: '+' | '-';
  /** What the window of its seqlet holds. */
  readonly score: number;
}

/** What many seqlets have in common: matrices of one row per position and one column per letter. */
export interface Pattern {
  /** Whether it speaks for the prediction. */
  readonly positive: boolean;
  /** How often each letter stands there. */
  readonly counts: Matrix;
  /** The mean contribution of each letter (a contribution-weighted matrix, CWM), over all sites. */
  readonly contributions: Matrix;
  /** The mean of what each letter would contribute, where that was given. */
  readonly hypothetical?: Matrix;
  /** Information of each column against the letters of all sequences, in bits. */
  readonly information: readonly number[];
  /** The strongest first. */
  readonly sites: readonly PatternSite[];
}

/** The pattern of a stack, read along the strand on which most of its sites lie. */
export function patternOf(scored: ScoredLetters, stack: Stack, background: readonly number[]): Pattern {
  const reversed = stack.sites.filter((site) => site.reversed).length;
  const { width, sites } = 2 * reversed > stack.sites.length ? turned(stack) : stack;
  const hypothetical = meanHypothetical(scored, { width, sites });
  const counts = letterCounts(scored, { width, sites });
  return {
    positive: sites[0].score > 0,
    counts,
    contributions: meanContributions(scored, { width, sites }),
    ...(hypothetical && { hypothetical }),
    information: informationOf(counts, background),
    sites: sites
      .map(({ reversed, ...site }) => ({ ...site, strand: reversed ? ('-' as const) : ('+' as const) }))
      .sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || a.sequence - b.sequence || a.start - b.start),
  };
}

const PSEUDOCOUNT = 1e-3; // on probabilities: TF-MoDISco's

/** Σ p·log2(p / q) of each column, p with a pseudocount of 1e-3 per letter. */
function informationOf(counts: Matrix, background: readonly number[]): number[] {
  const smoothed = (row: readonly number[]) => row.map((p) => (p + PSEUDOCOUNT) / (1 + row.length * PSEUDOCOUNT));
  return probabilities(counts).map((row) => columnInformation(smoothed(row), background));
}

/**
 * What the other sites tell about one, in bits: log2(p / q) of its letters, summed over the columns and averaged over the
 * sites, where p is counted without it and with one letter of background. 0 or less where sites have nothing in common,
 * however few they are.
 */
export function sharedBits({ counts, sites }: Pattern, background: readonly number[]): number {
  const n = sites.length;
  const gain = (count: number, q: number) => (count > 0 ? (count / n) * Math.log2((count - 1 + q) / (n * q)) : 0);
  return counts.reduce(
    (bits, row) => row.reduce((sum, count, letter) => sum + gain(count, background[letter]), bits),
    0,
  );
}
