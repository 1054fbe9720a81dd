import { reverseComplement } from '../edits/reverse-complement';
import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { kmerIndices } from '../encoders/kmers';

/** When two sequences are alike. */
export interface SimilarityOptions {
  /** DNA unless said. */
  readonly alphabet?: Alphabet;
  /** Letters in a word: 8 unless said, 3 for alphabets of more than eight letters. */
  readonly k?: number;
  /**
   * Shared words over the words of both (`jaccard`, unless said), or over those of the shorter (`containment`), which
   * also sees a piece of a longer sequence.
   */
  readonly measure?: 'jaccard' | 'containment';
}

/** The distinct words of each sequence, of both strands where letters pair; and for each word who has it. */
export class KmerSets {
  readonly #sets: readonly Int32Array[];
  readonly #owners = new Map<number, number[]>();
  readonly #isContainment: boolean;

  constructor(sequences: readonly string[], options: SimilarityOptions) {
    this.#isContainment = options.measure === 'containment';
    this.#sets = sequences.map((sequence) => wordsOf(sequence, options));
    this.#sets.forEach((words, number) => {
      for (const word of words) {
        const owners = this.#owners.get(word);
        if (owners) owners.push(number);
        else this.#owners.set(word, [number]);
      }
    });
  }

  /** The sequences that share a word with sequence `number`, itself left out, and how alike they are: 0 to 1. */
  *neighbors(number: number): Generator<{ other: number; similarity: number }> {
    const shared = new Map<number, number>();
    for (const word of this.#sets[number]) {
      for (const other of this.#owners.get(word)!) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    shared.delete(number);
    for (const [other, count] of shared) yield { other, similarity: this.#similarity(number, other, count) };
  }

  #similarity(a: number, b: number, shared: number): number {
    const [one, two] = [this.#sets[a].length, this.#sets[b].length];
    return this.#isContainment ? shared / Math.min(one, two) : shared / (one + two - shared);
  }
}

/** A word and its reverse complement are one. */
function wordsOf(
  sequence: string,
  { alphabet = dna, k = alphabet.letters.length > 8 ? 3 : 8 }: SimilarityOptions,
): Int32Array {
  const forward = kmerIndices(sequence, { k, alphabet });
  const words = new Set<number>();
  if (!alphabet.complements.some(Boolean)) for (const word of forward) words.add(word);
  else {
    const reverse = kmerIndices(reverseComplement(sequence, alphabet), { k, alphabet });
    forward.forEach((word, i) => words.add(Math.min(word, reverse[reverse.length - 1 - i])));
  }
  words.delete(-1); // with unknown letters
  return Int32Array.from(words);
}
