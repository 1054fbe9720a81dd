import type { RandomSource } from '../random-source';

/** Symbols to be said again at the end. */
export interface CopyingProblem {
  /** Symbols 1 to `symbols`, 0 for a blank, `symbols + 1` for the mark at which to begin.   [count, length] */
  readonly inputs: Int32Array;
  /** 0 up to the mark, then the symbols in their order.   [count, length] */
  readonly targets: Int32Array;
  readonly shape: readonly [count: number, length: number];
}

/** How long, and what. */
export interface SimulateCopyingOptions {
  readonly rng: RandomSource;
  readonly count: number;
  /** Blanks between the last symbol and the mark. */
  readonly gap: number;
  /** Symbols to be copied, 10 unless said. */
  readonly width?: number;
  /** Different symbols, 8 unless said. */
  readonly symbols?: number;
}

/**
 * The copying problem (Hochreiter & Schmidhuber 1997, as in Arjovsky, Shah & Bengio 2016): symbols come first, then blanks; from a
 * mark on they are to be said again. Who says nothing but random symbols then has a loss of width·ln(symbols) in all.
 */
export function simulateCopying({ rng, count, gap, width = 10, symbols = 8 }: SimulateCopyingOptions): CopyingProblem {
  if (!(gap >= 0 && width >= 1)) {
    throw new RangeError(`simulateCopying: expected gap ≥ 0 and width ≥ 1, got ${gap} and ${width}`);
  }
  const length = width + gap + width;
  const [inputs, targets] = [new Int32Array(count * length), new Int32Array(count * length)];
  for (let row = 0; row < count; row++) {
    const at = row * length;
    const word = Int32Array.from({ length: width }, () => 1 + rng.integer(symbols));
    inputs.set(word, at);
    inputs[at + width + gap] = symbols + 1;
    targets.set(word, at + width + gap);
  }
  return { inputs, targets, shape: [count, length] };
}
