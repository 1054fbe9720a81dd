import { dna } from '../../alphabet';
import type { Alphabet } from '../../alphabet';
import { reverseComplement } from '../../edits/reverse-complement';
import { checkMotif, normalisedBackground, withPseudocount } from '../as-meme';
import type { Motif } from '../motif';
import { sum, uniform } from '../pwm';
import type { Background } from '../pwm';
import { piZero, qValues } from '../q-values';
import type { Strand } from '../../strand';
import { exactSurvival, integerWeights, toBits } from './integer-weights';
import type { IntegerWeights } from './integer-weights';
import { numbersOf } from './letter-numbers';
import { scanWindows } from './scan-windows';

/** A sequence to be searched. */
export interface NamedSequence {
  readonly id: string;
  readonly sequence: string;
}

/** The options of the program, with its defaults but for the background. */
export interface FimoOptions {
  /** Hits are reported up to this p-value, or q-value: 1e-4 unless said. */
  readonly threshold?: number;
  /** Whether the threshold is on q-values. */
  readonly qvalue?: boolean;
  /** Whether the other strand is searched: that of DNA, unless said. */
  readonly bothStrands?: boolean;
  /** Added to each position, in all, shared out by the background: 0.1 unless said. */
  readonly pseudocount?: number;
  /** Uniform unless said. Where both strands are searched, windows are scored with the mean of paired letters. */
  readonly background?: Background;
  /** DNA unless said. */
  readonly alphabet?: Alphabet;
  /**
   * Whether q-values are multiplied by the share of windows that are no sites, as `piZero` estimates it from all windows:
   * the program does so. Not unless said: the q-values are then those of Benjamini and Hochberg.
   */
  readonly estimatePiZero?: boolean;
}

/** A place where a motif sits. */
export interface FimoHit {
  readonly motif: Motif;
  /** The sequence's name. */
  readonly sequence: string;
  /** The leftmost letter on the given strand, counted from 0. */
  readonly position: number;
  readonly strand: Strand;
  /** In bits, rounded as its distribution is. */
  readonly score: number;
  /** The chance that a window of background letters scores as much. */
  readonly pValue: number;
  /** The false discovery rate among all windows of this motif, if this hit and all better ones are taken. */
  readonly qValue: number;
  /** The letters, on the strand of the hit. */
  readonly matched: string;
}

/** FIMO 4's own background of DNA, from a non-redundant nucleotide database. */
export const NRDB_BACKGROUND: Background = [0.281774, 0.22202, 0.228876, 0.26733];

/**
 * Where motifs sit in sequences, the surest first, as MEME's FIMO finds them (Grant et al. 2011): log-odds, p-values from
 * their exact distribution, and q-values by Benjamini and Hochberg over all windows of a motif.
 *
 * Letters in lower case are read as those in upper case, U as T. A window with a code for several letters (N, R, …) has no
 * score and is passed over; it counts as no test. The last window is the one that ends with the sequence.
 * @throws LetterError for a character that is no letter of the alphabet
 */
export function fimo(
  motifs: readonly Motif[],
  sequences: readonly NamedSequence[],
  options: FimoOptions = {},
): FimoHit[] {
  const { alphabet = dna } = options;
  const texts = sequences.map(({ id, sequence }) => {
    return { id, sequence, letters: numbersOf(sequence, alphabet, `fimo: sequence ${id}`) };
  });
  const hits = motifs.flatMap((motif) => hitsOf(motif, texts, options));
  return hits.sort((a, b) => a.pValue - b.pValue); // stable: then by motif, sequence, strand and position
}

interface NumberedSequence extends NamedSequence {
  readonly letters: Uint8Array;
}

function hitsOf(motif: Motif, sequences: readonly NumberedSequence[], options: FimoOptions): FimoHit[] {
  const { alphabet = dna, threshold = 1e-4, qvalue = false, estimatePiZero = false } = options;
  const model = modelOf(motif, options);
  const { survival } = model;
  // A q-value is below its p-value only by π₀, so where that is estimated every window may pass.
  const enough = qvalue && estimatePiZero ? 0 : survival.findIndex((p) => p <= threshold);
  const { windows, counts } = search(sequences, model, enough < 0 ? Infinity : enough);
  const pValues = Float64Array.from(windows, ({ steps }) => survival[steps]);
  const tests = counts.reduce((a, b) => a + b, 0);
  const q = qValues(pValues, { tests, piZero: estimatePiZero ? piZero(survival, counts) : 1 });
  const hits = windows.map(({ row, position, strand, steps }, i): FimoHit => {
    const { id, sequence } = sequences[row];
    const site = sequence.slice(position, position + model.weights.width);
    const matched = strand === '+' ? site : reverseComplement(site, alphabet);
    const score = toBits(steps, model.weights);
    return { motif, sequence: id, position, strand, score, pValue: pValues[i], qValue: q[i], matched };
  });
  return qvalue ? hits.filter(({ qValue }) => qValue <= threshold) : hits;
}

/** A window that scores enough. */
interface Window {
  /** The number of its sequence. */
  readonly row: number;
  readonly position: number;
  readonly strand: Strand;
  readonly steps: number;
}

/** The windows of at least `enough` steps, and how many there are of each number of steps. */
function search(sequences: readonly NumberedSequence[], { weights, survival, strands }: Model, enough: number) {
  const windows: Window[] = [];
  const counts = new Uint32Array(survival.length);
  sequences.forEach(({ letters }, row) => {
    for (const strand of strands) {
      scanWindows(letters, weights, strand, (position, steps) => {
        counts[steps]++;
        if (steps >= enough) windows.push({ row, position, strand, steps });
      });
    }
  });
  return { windows, counts };
}

/** What the windows of a motif are scored with. */
interface Model {
  readonly weights: IntegerWeights;
  readonly survival: Float64Array;
  readonly strands: readonly Strand[];
}

function modelOf(motif: Motif, options: FimoOptions): Model {
  const { alphabet = dna, pseudocount = 0.1 } = options;
  const { bothStrands = alphabet.letters === dna.letters } = options;
  const background = normalisedBackground('fimo', options.background ?? uniform(alphabet.letters.length));
  if (background.length !== alphabet.letters.length)
    throw new RangeError(`fimo: expected a background of ${alphabet.letters.length} letters, got ${background.length}`);
  checkMotif('fimo', motif, background);
  const probabilities = withPseudocount(motif, pseudocount, background);
  if (probabilities.some((row) => row.some((p) => p === 0)))
    throw new RangeError(`fimo: a probability of the motif ${motif.id} is 0; give a pseudocount above 0`);
  const q = bothStrands ? averaged(background, alphabet) : background;
  const weights = integerWeights(probabilities, q);
  return { weights, survival: exactSurvival(weights, q), strands: bothStrands ? ['+', '-'] : ['+'] };
}

/** Paired letters with the mean of their frequencies, summing to 1. */
function averaged(background: Background, alphabet: Alphabet): number[] {
  const partners = [...reverseComplement(alphabet.letters, alphabet)].reverse();
  const mean = partners.map((partner, i) => (background[i] + background[alphabet.letters.indexOf(partner)]) / 2);
  return mean.map((q) => q / sum(mean));
}
