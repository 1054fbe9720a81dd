/** A sequence of tokens that a search has written, and what it is worth. */
export interface Hypothesis {
  /** Without start and end. */
  readonly tokens: readonly number[];
  /** Whether it came to the end token, and not merely to the largest length. */
  readonly isComplete: boolean;
  /** log P(tokens | source), the end token among them where it came to it. */
  readonly logProbability: number;
  /** By which hypotheses are ranked: the above, divided for their length. */
  readonly score: number;
}

/** A hypothesis that goes on: which row of the batch holds its state. */
export interface Live {
  readonly tokens: readonly number[];
  readonly logProbability: number;
  readonly row: number;
}

/** The search for one source: what goes on, and what has ended. */
export interface Beam {
  readonly live: readonly Live[];
  readonly ended: readonly Hypothesis[];
}

/** How a search ranks and ends. */
export interface Ranking {
  readonly end: number;
  /** Hypotheses that are kept, those that have ended among them. */
  readonly width: number;
  /** Strength of the normalisation. */
  readonly alpha: number;
}

/** Length normalisation ((5 + n) / 6)^α for n tokens, the end token among them (Wu et al. 2016, eq. 14). */
export const lengthPenalty = (n: number, alpha: number): number => ((5 + n) / 6) ** alpha;

/**
 * One step of a search: the best continuations of all live hypotheses of a source, as many as there are places left beside those
 * that have ended. `logP` gives log P(token | row). Equal ones keep the order of rows and tokens.
 */
export function extend(
  { live, ended }: Beam,
  vocabulary: number,
  logP: (row: number, token: number) => number,
  ranking: Ranking,
): Beam {
  const continuations = live.flatMap(({ tokens, logProbability, row }) =>
    Array.from({ length: vocabulary }, (_, token) => ({
      tokens: [...tokens, token],
      logProbability: logProbability + logP(row, token),
      row,
    })),
  );
  const best = continuations
    .sort((a, b) => b.logProbability - a.logProbability) // stable
    .slice(0, ranking.width - ended.length);
  const isEnd = ({ tokens }: Live) => tokens.at(-1) === ranking.end;
  return {
    live: best.filter((one) => !isEnd(one)),
    ended: [...ended, ...best.filter(isEnd).map((one) => finish(one, ranking))],
  };
}

/** A hypothesis that goes no further. */
export function finish({ tokens, logProbability }: Live, { end, alpha }: Ranking): Hypothesis {
  const isComplete = tokens.at(-1) === end;
  const score = logProbability / lengthPenalty(tokens.length, alpha);
  return { tokens: isComplete ? tokens.slice(0, -1) : tokens, isComplete, logProbability, score };
}

/** All hypotheses of a source, the best first. */
export const ranked = ({ live, ended }: Beam, ranking: Ranking): Hypothesis[] =>
  [...ended, ...live.map((one) => finish(one, ranking))].sort((a, b) => b.score - a.score);
