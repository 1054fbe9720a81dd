import { Pace, type LongRun } from '../long-run';
import { type Peak, windowMaxima } from './maxima';
import { decoyThreshold, laplaceThreshold } from './thresholds';
import { type ScoredLetters, scoredLetters, type Tracks } from './tracks';
import { windowSums, type WindowSum } from './window-sums';

/** Options of `extractSeqlets`; the defaults are TF-MoDISco's. */
export interface SeqletOptions {
  /** Positions whose contributions are summed; 21 unless said. */
  readonly window?: number;
  /** Positions added on both sides of a window; 10 unless said. */
  readonly flank?: number;
  /** The share of false seqlets that is aimed at, 0 … 1; 0.2 unless said. */
  readonly fdr?: number;
  /** Whether a window holds the sum of its contributions, or that of their sizes; `'signed'` unless said. */
  readonly sum?: WindowSum;
  /** Contributions of shuffled sequences of the same length: what chance looks like. A Laplace fit unless given. */
  readonly shuffled?: Tracks;
}

/** A stretch of a sequence that a model looks at. */
export interface Seqlet {
  /** Number of its sequence. */
  readonly sequence: number;
  /** Its first position, flank included: below 0 where the flank reaches out of the sequence. */
  readonly start: number;
  /** What its window holds; negative where the contributions speak against. */
  readonly score: number;
}

/** The seqlets of some sequences, and from which score on a window is one. */
export interface Extraction {
  /** Positions of a seqlet: window and both flanks. */
  readonly width: number;
  /** The strongest first. */
  readonly seqlets: Seqlet[];
  /** Positive seqlets score this or more, negative ones this or less; ±∞ where no window stands out. */
  readonly thresholds: { readonly positive: number; readonly negative: number };
}

/**
 * Seqlets: windows that contribute more than chance would, at most one of those that overlap. With `shuffled`, windows of
 * shuffled sequences are chosen in the same way and the threshold of either sign is the least at which their number
 * estimates a false discovery rate of `fdr`. Without, a Laplace distribution is fitted to the windows themselves and
 * stands for chance: a guess, since contributions need not fall off like that.
 * @throws RangeError for tracks whose numbers do not fit their shape, and options out of range
 */
export async function extractSeqlets(tracks: Tracks, options: SeqletOptions & LongRun = {}): Promise<Extraction> {
  const pace = new Pace(options, tracks.shape[0] + (options.shuffled?.shape[0] ?? 0));
  const scored = scoredLetters('extractSeqlets', tracks);
  const extraction = await extract(scored, options, { where: 'extractSeqlets', pace });
  pace.finish();
  return extraction;
}

/** Who asks, and what keeps it from taking all the time. */
interface Caller {
  readonly where: string;
  readonly pace: Pace;
}

/** `extractSeqlets` of tracks that were checked. */
export async function extract(scored: ScoredLetters, options: SeqletOptions, caller: Caller): Promise<Extraction> {
  const { window = 21, flank = 10, sum = 'signed' } = options;
  checkOptions(caller.where, options, scored.length);
  const peaks = await windowMaxima(scored, window, sum, caller.pace);
  const leastOf = await thresholdOf(scored, peaks, options, caller);
  const [positive, negative] = [leastOf(1), -leastOf(-1)];
  const seqlets = peaks
    .filter(({ score }) => score >= positive || score <= negative)
    .map((peak) => ({ ...peak, start: peak.start - flank }))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score) || a.sequence - b.sequence || a.start - b.start);
  return { width: window + 2 * flank, seqlets, thresholds: { positive, negative } };
}

/** What the score times `sign` must reach. */
async function thresholdOf(
  scored: ScoredLetters,
  peaks: readonly Peak[],
  options: SeqletOptions,
  { where, pace }: Caller,
): Promise<(sign: number) => number> {
  const { window = 21, fdr = 0.2, sum = 'signed' } = options;
  if (!options.shuffled) {
    const values = allWindows(scored, window, sum);
    return (sign) => laplaceThreshold(sum === 'signed' ? values.map((v) => sign * v) : ofSign(values, sign), fdr);
  }
  const shuffled = scoredLetters(`${where}: shuffled`, options.shuffled);
  if (shuffled.length !== scored.length || shuffled.sequences === 0) {
    const got = `${shuffled.sequences} of length ${shuffled.length}`;
    throw new RangeError(`${where}: expected shuffled sequences of length ${scored.length}, got ${got}`);
  }
  const scores = Float64Array.from(peaks, ({ score }) => score);
  const decoys = Float64Array.from(await windowMaxima(shuffled, window, sum, pace), ({ score }) => score);
  const scale = scored.sequences / shuffled.sequences;
  return (sign) => decoyThreshold(ofSign(scores, sign), ofSign(decoys, sign), fdr, scale);
}

/** The sizes of the values that have this sign. */
const ofSign = (values: Float64Array, sign: number): Float64Array =>
  values.filter((value) => sign * value > 0).map(Math.abs);

/** What all windows hold, but those over positions without a letter. */
function allWindows(scored: ScoredLetters, window: number, kind: WindowSum): Float64Array {
  const count = scored.length - window + 1;
  const values = new Float64Array(scored.sequences * count);
  for (let sequence = 0; sequence < scored.sequences; sequence++) {
    values.set(windowSums(scored, sequence, window, kind), sequence * count);
  }
  return values.filter((value) => !Number.isNaN(value));
}

function checkOptions(where: string, { window = 21, flank = 10, fdr = 0.2 }: SeqletOptions, length: number): void {
  if (!(Number.isInteger(window) && window >= 1 && window <= length)) {
    throw new RangeError(`${where}: expected a window of 1 to ${length} positions, got ${window}`);
  }
  if (!(Number.isInteger(flank) && flank >= 0))
    throw new RangeError(`${where}: expected a flank of 0 or more, got ${flank}`);
  if (!(fdr > 0 && fdr < 1)) throw new RangeError(`${where}: expected an fdr between 0 and 1, got ${fdr}`);
}
