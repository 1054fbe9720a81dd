import type { Tensor } from '@hairpin/tensors';

/** What a model said about some sequences, letter by letter; all numbers row-major. */
export interface Tracks {
  /** [sequences, length, letters] */
  readonly shape: readonly number[];
  /** 1 at the letter that stands there; a position without one (N, padding) has none above ½. */
  readonly oneHot: ArrayLike<number>;
  /** Contributions of the letters; those of a position are summed, so zeros at absent letters are as good as x − r times m. */
  readonly contributions: ArrayLike<number>;
  /** What each letter would contribute if it stood there (Shrikumar et al. 2018), for the pictures of the patterns. */
  readonly hypothetical?: ArrayLike<number>;
}

/** `Tracks` of tensors [sequences, length, letters], each read back once. */
export async function readTracks(
  tensors: Record<'oneHot' | 'contributions', Tensor> & { readonly hypothetical?: Tensor },
): Promise<Tracks> {
  const { oneHot, contributions, hypothetical } = tensors;
  const read = await Promise.all([oneHot.data(), contributions.data(), hypothetical?.data()]);
  return { shape: oneHot.shape, oneHot: read[0], contributions: read[1], ...(read[2] && { hypothetical: read[2] }) };
}

/** No letter: N, or padding. */
export const NONE = 255;

/** Sequences as seqlets see them: one letter and its contribution at each position. */
export interface ScoredLetters {
  readonly sequences: number;
  readonly length: number;
  /** Size of the alphabet; the complement of letter a is letters − 1 − a, as for A C G T. */
  readonly letters: number;
  /** [sequences, length], the number of the letter or `NONE`. */
  readonly letter: Uint8Array;
  /** [sequences, length], the contribution of the position; 0 where there is no letter. */
  readonly score: Float32Array;
  /** [sequences, length, letters] */
  readonly hypothetical?: ArrayLike<number>;
}

/** Checks tracks at the door, and keeps one letter and one number per position. */
export function scoredLetters(where: string, tracks: Tracks): ScoredLetters {
  checkTracks(where, tracks);
  const [sequences, length, letters] = tracks.shape;
  const letter = new Uint8Array(sequences * length).fill(NONE);
  const score = new Float32Array(sequences * length);
  for (let position = 0; position < score.length; position++) {
    let sum = 0;
    for (let a = 0, at = position * letters; a < letters; a++, at++) {
      if (tracks.oneHot[at] > 0.5) letter[position] = a;
      sum += tracks.contributions[at];
    }
    if (!Number.isFinite(sum)) throw new RangeError(`${where}: ${placeOf(position, length)} contributes ${sum}`);
    if (letter[position] !== NONE) score[position] = sum;
  }
  return { sequences, length, letters, letter, score, hypothetical: tracks.hypothetical };
}

const placeOf = (position: number, length: number): string =>
  `position ${position % length} of sequence ${Math.floor(position / length)}`;

function checkTracks(where: string, { shape, oneHot, contributions, hypothetical }: Tracks): void {
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (shape.length !== 3 || !(shape[2] >= 2 && shape[2] < NONE)) {
    throw new RangeError(`${where}: expected tracks [sequences, length, letters], got [${shape.join(', ')}]`);
  }
  for (const [name, values] of Object.entries({ oneHot, contributions, hypothetical })) {
    if (values && values.length !== size) {
      throw new RangeError(`${where}: [${shape.join(', ')}] needs ${size} numbers of ${name}, got ${values.length}`);
    }
  }
}
