import type { Seqlet } from './extract-seqlets';
import { NONE, type ScoredLetters } from './tracks';

/** Seqlets side by side, all of one width: at each position a letter and a weight, whose sizes sum to 1 over a seqlet. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  /** Size of the alphabet. */
  readonly letters: number;
  /** [count, width]; `NONE` past the ends of a sequence. */
  readonly letter: Uint8Array;
  /** [count, width] */
  readonly weight: Float32Array;
}

/** Reads seqlets off their sequences. */
export function rowsOf(scored: ScoredLetters, seqlets: readonly Seqlet[], width: number): Rows {
  const letter = new Uint8Array(seqlets.length * width).fill(NONE);
  const weight = new Float32Array(seqlets.length * width);
  for (const [row, { sequence, start }] of seqlets.entries()) {
    const [from, to] = [Math.max(0, start), Math.min(scored.length, start + width)];
    const source = sequence * scored.length;
    letter.set(scored.letter.subarray(source + from, source + to), row * width + from - start);
    weight.set(scored.score.subarray(source + from, source + to), row * width + from - start);
    normalise(weight.subarray(row * width, (row + 1) * width));
  }
  return { count: seqlets.length, width, letters: scored.letters, letter, weight };
}

/** The same seqlets read on the other strand. */
export function otherStrand(rows: Rows): Rows {
  const { count, width, letters } = rows;
  const letter = rows.letter.map((a) => (a === NONE ? NONE : letters - 1 - a));
  const weight = rows.weight.slice();
  for (let row = 0; row < count; row++) {
    letter.subarray(row * width, (row + 1) * width).reverse();
    weight.subarray(row * width, (row + 1) * width).reverse();
  }
  return { ...rows, letter, weight };
}

function normalise(weights: Float32Array): void {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  if (total > 0) weights.forEach((weight, i) => (weights[i] = weight / total));
}
