import { NONE, type ScoredLetters } from './tracks';

/** How the contributions under a window make one number: their sum, or the sum of their sizes. */
export type WindowSum = 'signed' | 'absolute';

/**
 * What each window of one sequence holds: the sum of its contributions, or of their sizes with the sign of that sum.
 * Windows that cover a position without a letter are NaN.
 * @returns [length − window + 1]
 */
export function windowSums(scored: ScoredLetters, sequence: number, window: number, kind: WindowSum): Float64Array {
  const { length, letter, score } = scored;
  const first = sequence * length;
  const sums = new Float64Array(Math.max(0, length - window + 1));
  const [signed, sizes, gaps] = [
    new Float64Array(length + 1),
    new Float64Array(length + 1),
    new Uint32Array(length + 1),
  ];
  for (let i = 0; i < length; i++) {
    signed[i + 1] = signed[i] + score[first + i];
    sizes[i + 1] = sizes[i] + Math.abs(score[first + i]);
    gaps[i + 1] = gaps[i] + Number(letter[first + i] === NONE);
  }
  for (let start = 0; start < sums.length; start++) {
    const end = start + window;
    const sum = signed[end] - signed[start];
    const whole = gaps[end] === gaps[start];
    sums[start] = whole ? (kind === 'signed' ? sum : Math.sign(sum) * (sizes[end] - sizes[start])) : NaN;
  }
  return sums;
}
