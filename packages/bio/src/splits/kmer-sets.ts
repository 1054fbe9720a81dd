import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { eachKmer } from '../encoders/each-kmer';

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
  readonly #sets: readonly (readonly number[])[]; // numbers of words
  readonly #starts: Uint32Array; // by word: its owners stand from here to the next word's
  readonly #owners: Uint32Array; // numbers of sequences, ascending for each word
  readonly #shared: Uint32Array; // by sequence: words shared with the one that is looked at, else 0
  readonly #isContainment: boolean;

  constructor(sequences: readonly string[], options: SimilarityOptions) {
    this.#isContainment = options.measure === 'containment';
    const numbers = new Map<number, number>();
    this.#sets = sequences.map((sequence) => wordsOf(sequence, options).map((word) => numberOf(word, numbers)));
    this.#starts = startsOf(this.#sets, numbers.size);
    this.#owners = ownersOf(this.#sets, this.#starts);
    this.#shared = new Uint32Array(sequences.length);
  }

  /** Visits the sequences with numbers below `limit` that share a word with sequence `number`; similarity is 0 to 1. */
  eachNeighbor(number: number, limit: number, visit: (other: number, similarity: number) => void): void {
    const [starts, owners, shared] = [this.#starts, this.#owners, this.#shared];
    const found: number[] = [];
    for (const word of this.#sets[number]) {
      for (let at = starts[word]; at < starts[word + 1] && owners[at] < limit; at++) {
        if (shared[owners[at]]++ === 0) found.push(owners[at]);
      }
    }
    for (const other of found) {
      if (other !== number) visit(other, this.#similarity(number, other, shared[other]));
      shared[other] = 0;
    }
  }

  #similarity(a: number, b: number, shared: number): number {
    const [one, two] = [this.#sets[a].length, this.#sets[b].length];
    return this.#isContainment ? shared / Math.min(one, two) : shared / (one + two - shared);
  }
}

function numberOf(word: number, numbers: Map<number, number>): number {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  numbers.set(word, numbers.size);
  return numbers.size - 1;
}

function startsOf(sets: readonly (readonly number[])[], words: number): Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const set of sets) for (const word of set) starts[word + 1]++;
  for (let word = 0; word < words; word++) starts[word + 1] += starts[word];
  return starts;
}

function ownersOf(sets: readonly (readonly number[])[], starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const owners = new Uint32Array(starts[starts.length - 1]);
  sets.forEach((set, number) => {
    for (const word of set) owners[next[word]++] = number;
  });
  return owners;
}

/** A word and its reverse complement are one. */
function wordsOf(
  sequence: string,
  { alphabet = dna, k = alphabet.letters.length > 8 ? 3 : 8 }: SimilarityOptions,
): number[] {
  const words = new Set<number>();
  const isCanonical = alphabet.complements.some(Boolean);
  eachKmer(sequence, { k, alphabet, isCanonical }, (word) => words.add(word));
  return [...words];
}
