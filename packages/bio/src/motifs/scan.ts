import { dna, checkLetters } from '../alphabet';
import { reverseComplementMatrix } from './pwm';
import type { Matrix } from './pwm';
import type { Strand } from '../strand';

/** A place where a motif may sit: `position` counts from 0 and is the leftmost letter, on either strand. */
export interface Site {
  readonly position: number;
  readonly strand: Strand;
  /** Sum of the weights, in bits if the weights are `logOdds`. */
  readonly score: number;
}

/**
 * The scores of a motif at every offset of a DNA sequence. Codes for several letters score the mean of those letters.
 * @param weights scores by position and letter, see `logOdds`
 * @returns [offsets]; the reverse strand's are those of the mirrored matrix, at the same leftmost letter
 */
export function scanSequence(sequence: string, weights: Matrix, strand: Strand = '+'): Float64Array {
  if (sequence.length < weights.length) {
    throw new RangeError(
      `scanSequence: the motif has ${weights.length} positions, the sequence ${sequence.length} letters`,
    );
  }
  const codes = codesOf(sequence);
  const table = weightsByCode(strand === '+' ? weights : reverseComplementMatrix(weights));
  const scores = new Float64Array(sequence.length - weights.length + 1);
  for (let offset = 0; offset < scores.length; offset++) {
    let score = 0;
    for (let i = 0, at = 0; i < weights.length; i++, at += CODES.length) score += table[at + codes[offset + i]];
    scores[offset] = score;
  }
  return scores;
}

/** The best site of a motif in a DNA sequence, on both strands unless said; of equals the leftmost, + before −. */
export function bestSite(sequence: string, weights: Matrix, strands: readonly Strand[] = ['+', '-']): Site {
  const sites = strands.map((strand): Site => {
    const scores = scanSequence(sequence, weights, strand);
    const position = scores.reduce((best, score, offset) => (score > scores[best] ? offset : best), 0);
    return { position, strand, score: scores[position] };
  });
  return sites.reduce((best, site) => (site.score > best.score ? site : best));
}

const CODES = Object.keys(dna.codes);
const NUMBERS = Uint8Array.from({ length: 128 }, (_, char) => CODES.indexOf(String.fromCharCode(char).toUpperCase()));

/** The sequence as numbers of its IUPAC codes. */
function codesOf(sequence: string): Uint8Array {
  checkLetters(sequence, dna, 'scanSequence');
  const codes = new Uint8Array(sequence.length);
  for (let i = 0; i < codes.length; i++) codes[i] = NUMBERS[sequence.charCodeAt(i)];
  return codes;
}

/** What each code adds at each position: the mean over the letters that it stands for. [positions, codes] */
function weightsByCode(weights: Matrix): Float64Array {
  const table = new Float64Array(weights.length * CODES.length);
  weights.forEach((row, position) => {
    CODES.forEach((_, number) => (table[position * CODES.length + number] = mean(row, MEMBERS[number])));
  });
  return table;
}

const MEMBERS = CODES.map((code) => Array.from(dna.codes[code], (letter) => dna.letters.indexOf(letter)));

function mean(row: readonly number[], members: readonly number[]): number {
  return members.reduce((sum, member) => sum + row[member], 0) / members.length;
}
