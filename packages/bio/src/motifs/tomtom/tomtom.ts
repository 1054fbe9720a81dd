import { checkMotif, normalisedBackground } from '../as-meme';
import type { Motif } from '../motif';
import { uniform } from '../pwm';
import type { Background } from '../pwm';
import { piZero, qValues } from '../q-values';
import type { Strand } from '../../strand';
import { bestAlignments, offsets } from './best-alignment';
import type { Alignments, Rank } from './best-alignment';
import { ScoreTable } from './binned-scores';
import type { BinnedScores } from './binned-scores';
import { columnScores, prepare } from './column-scores';
import type { Prepared, TomtomDistance } from './column-scores';
import { columnsOf, withOtherStrands } from './columns';
import { maximumSurvival, spanSurvival } from './null-distribution';
import type { SpanSurvival } from './null-distribution';

/** The options of the program, with its defaults. */
export interface TomtomOptions {
  /** How columns are compared: `'ed'` unless said. */
  readonly distance?: TomtomDistance;
  /** The least number of columns side by side, 1 unless said; never more than the narrower motif has. */
  readonly minOverlap?: number;
  /** Only alignments in which the narrower motif lies within the wider. */
  readonly internal?: boolean;
  /** Matches are reported up to this q-value, or E-value: 0.5 unless said. `Infinity` reports all. */
  readonly threshold?: number;
  /** Whether the threshold is on E-values. */
  readonly evalue?: boolean;
  /** Whether the other strand of the targets is tried: where there are four letters, unless said; MEME does not for RNA. */
  readonly bothStrands?: boolean;
  /** Whether columns that lie beside nothing are left out of the score (Gupta et al. 2007) instead of scoring 0. */
  readonly incompleteScores?: boolean;
  /** Added to each column, in all, shared out by the background: 0.1 unless said. */
  readonly pseudocount?: number;
  /** That of the query's file, for MEME; uniform unless said. */
  readonly background?: Background;
}

/** A target that a query resembles. */
export interface TomtomMatch {
  readonly target: Motif;
  /** Its number among the targets. */
  readonly index: number;
  /** The strand of the target. */
  readonly strand: Strand;
  /** The column of the target, on that strand, at which the query begins; negative where the query hangs over in front. */
  readonly offset: number;
  /** How many columns lie side by side. */
  readonly overlap: number;
  /** The chance that a random target of this width, with both its strands, matches as well. */
  readonly pValue: number;
  /** How many targets of the library are expected to match as well by chance. */
  readonly eValue: number;
  /** The false discovery rate if this match and all better ones are taken. */
  readonly qValue: number;
}

/**
 * What each query resembles among the targets, best first, as MEME's Tomtom finds it (Gupta et al. 2007, complete scores:
 * Tanaka et al. 2011). A column score is drawn from the targets themselves, so the library should have 50 motifs or more.
 * @throws RangeError for motifs without positions or of different alphabets
 */
export function tomtom(
  queries: readonly Motif[],
  targets: readonly Motif[],
  options: TomtomOptions = {},
): TomtomMatch[][] {
  return queries.map(tomtomSearch(targets, options));
}

/** `tomtom` with the targets made ready once, for queries that come one at a time. */
export function tomtomSearch(targets: readonly Motif[], options: TomtomOptions = {}): (query: Motif) => TomtomMatch[] {
  const search = new Search(targets, options);
  return (query) => search.matchesOf(query);
}

class Search {
  readonly #targets: readonly Motif[];
  /** Of each strand of each target, in the order of the columns: a target, its other strand, the next. */
  readonly #widths: Int32Array;
  readonly #longest: number;
  readonly #columns: Prepared;
  readonly #strands: 1 | 2;
  readonly #options: Required<TomtomOptions>;
  readonly #table = new ScoreTable();

  constructor(targets: readonly Motif[], given: TomtomOptions) {
    if (targets.length === 0) throw new RangeError('tomtom: there are no targets');
    const options = { ...defaults(targets[0].probabilities[0]?.length ?? 4), ...given };
    const { distance, pseudocount, bothStrands } = options;
    const background = normalisedBackground('tomtom', options.background);
    this.#options = { ...options, background };
    for (const target of targets) checkMotif('tomtom', target, background);
    const widths = targets.map(({ probabilities }) => probabilities.length);
    const columns = columnsOf(targets, pseudocount, background);
    this.#targets = targets;
    this.#strands = bothStrands ? 2 : 1;
    this.#widths = Int32Array.from(bothStrands ? widths.flatMap((width) => [width, width]) : widths);
    this.#longest = this.#widths.reduce((a, b) => Math.max(a, b));
    const strands = bothStrands ? withOtherStrands(columns, widths) : columns;
    this.#columns = prepare(columnScores[distance], strands, background);
  }

  matchesOf(query: Motif): TomtomMatch[] {
    const { distance, pseudocount, background, incompleteScores } = this.#options;
    checkMotif('tomtom', query, background);
    const score = columnScores[distance];
    const columns = prepare(score, columnsOf([query], pseudocount, background), background);
    const scores = this.#table.bin(score, columns, this.#columns, !incompleteScores);
    const spans = spanSurvival(scores, this.#longest);
    return this.#report(incompleteScores ? this.#incomplete(scores, spans) : this.#complete(scores, spans));
  }

  /** Alignments ranked by score; p-values of the best of all alignments. */
  #complete(scores: BinnedScores, spans: SpanSurvival): Candidates {
    const { width, unaligned } = scores;
    const score: Rank = (aligned, first, last) => aligned + (width - (last - first + 1)) * unaligned;
    const best = bestAlignments(scores, this.#widths, score, this.#options);
    const survivals = new Map<number, (score: number) => number>();
    const pValues = best.value.map((value, target) => {
      const targetWidth = this.#widths[target];
      const known = survivals.get(targetWidth);
      const survival = known ?? maximumSurvival(scores, spans, { targetWidth, strands: this.#strands });
      if (!known) survivals.set(targetWidth, survival);
      return survival(value);
    });
    return { best, pValues };
  }

  /** Alignments ranked by the p-value of their own span; that of the best of n is 1 − (1 − p)ⁿ. */
  #incomplete(scores: BinnedScores, spans: SpanSurvival): Candidates {
    const smallness: Rank = (score, first, last) => -spans.at(first, last, score);
    const best = bestAlignments(scores, this.#widths, smallness, this.#options);
    const pValues = best.value.map((minusP, target) => {
      const [from, to] = offsets(scores.width, this.#widths[target], this.#options);
      return -Math.expm1(this.#strands * (to - from + 1) * Math.log1p(minusP));
    });
    return { best, pValues };
  }

  /** The better strand of each target, where it passes the threshold. */
  #report({ best, pValues }: Candidates): TomtomMatch[] {
    const { threshold, evalue } = this.#options;
    const q = qValues(pValues, { piZero: piZero(pValues) });
    const matches: TomtomMatch[] = [];
    this.#targets.forEach((target, index) => {
      const [given, other] = [index * this.#strands, (index + 1) * this.#strands - 1];
      const at = isBetter(other, given, { best, pValues }) ? other : given;
      const [pValue, qValue] = [pValues[at], q[at]];
      const eValue = pValue * this.#targets.length;
      if ((evalue ? eValue : qValue) > threshold) return;
      const place = { strand: at === given ? '+' : '-', offset: best.offset[at], overlap: best.overlap[at] } as const;
      matches.push({ target, index, ...place, pValue, eValue, qValue });
    });
    return matches.sort((a, b) => a.pValue - b.pValue || b.overlap - a.overlap || a.index - b.index);
  }
}

/** The best alignment with each strand of each target, and how likely one as good is by chance. */
interface Candidates {
  readonly best: Alignments;
  readonly pValues: Float64Array;
}

const isBetter = (a: number, b: number, { best, pValues }: Candidates): boolean =>
  pValues[a] === pValues[b] ? best.overlap[a] > best.overlap[b] : pValues[a] < pValues[b];

const defaults = (letters: number): Required<TomtomOptions> => ({
  ...{ distance: 'ed', minOverlap: 1, internal: false, threshold: 0.5, evalue: false },
  ...{ bothStrands: letters === 4, incompleteScores: false, pseudocount: 0.1, background: uniform(letters) },
});
