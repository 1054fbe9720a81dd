import { type Alphabet, dna } from '../alphabet';
import { digitsOf } from '../encoders/digits';
import { ContextTree } from './context-tree';

/** What a Markov model reads. */
export interface MarkovOptions {
  /** Letters of the longest context. */
  readonly order: number;
  /** DNA unless said. */
  readonly alphabet?: Alphabet;
  /** How many sightings the next shorter context is worth, λ: 8 unless said. */
  readonly strength?: number;
  /** Whether sequences close to circles, so that each letter has a whole context; false unless said. */
  readonly isCircular?: boolean;
}

/** How well letters were foretold, by the length of the context. */
export interface MarkovScore {
  /** Mean of −log₂ of the probability of a letter, in bits, from the model of order 0 to that of `order`. [order + 1] */
  readonly bits: Float64Array;
  /** Letters scored: all but the unknown ones. */
  readonly letters: number;
}

/**
 * An interpolated Markov model: the probability of a letter after a context is what was seen there, drawn towards that after the
 * context less its first letter, the more so the less was seen,
 *
 *   p(a | c) = (n(c, a) + λ·p(a | c′)) / (n(c) + λ),   p(a) drawn towards 1/letters
 *
 * (MacKay & Peto 1995, the hierarchical Dirichlet model with one λ.) A letter that is unknown, or a code for several, is neither
 * counted nor scored, and ends the contexts of those behind it. Memory grows with the contexts seen: some 30 bytes for each.
 */
export class MarkovModel {
  readonly order: number;
  readonly #alphabet: Alphabet;
  readonly #strength: number;
  readonly #isCircular: boolean;
  readonly #tree: ContextTree;

  /** @throws RangeError for an order that is no whole number from 0 on, and a strength that is not above 0 */
  constructor({ order, alphabet = dna, strength = 8, isCircular = false }: MarkovOptions) {
    if (!Number.isInteger(order) || order < 0)
      throw new RangeError(`MarkovModel: expected order to be a whole number from 0 on, got ${order}`);
    if (!(strength > 0 && strength < Infinity))
      throw new RangeError(`MarkovModel: expected strength to be above 0, got ${strength}`);
    this.order = order;
    this.#alphabet = alphabet;
    this.#strength = strength;
    this.#isCircular = isCircular;
    this.#tree = new ContextTree(alphabet.letters.length, order);
  }

  /** Counts the letters of a sequence, each after its contexts. */
  learn(sequence: string): void {
    const digits = digitsOf(sequence, this.#alphabet);
    for (let at = 0; at < digits.length; at++) this.#tree.add(digits, at, this.#isCircular);
  }

  /** How well the letters of sequences are foretold, by each order at once. NaN bits where no letter is known. */
  score(sequences: readonly string[]): MarkovScore {
    const bits = new Float64Array(this.order + 1);
    let letters = 0;
    for (const sequence of sequences) {
      const digits = digitsOf(sequence, this.#alphabet);
      for (let at = 0; at < digits.length; at++) {
        if (digits[at] < 0) continue;
        letters++;
        this.#probabilities(digits, at, digits[at]).forEach((p, order) => (bits[order] -= Math.log2(p)));
      }
    }
    return { bits: bits.map((sum) => sum / letters), letters };
  }

  /** The probability of each letter after a context, in the order of the alphabet. [letters] */
  after(context: string): Float64Array {
    const digits = digitsOf(`${context}?`, this.#alphabet); // the letter asked for stands behind
    const at = digits.length - 1;
    return Float64Array.from(
      this.#alphabet.letters,
      (_, letter) => this.#probabilities(digits, at, letter)[this.order],
    );
  }

  /** p(letter) at a place by each order; contexts never seen say what their shorter ones say. [order + 1] */
  #probabilities(digits: Int8Array, at: number, letter: number): Float64Array {
    const { letters } = this.#tree;
    const by = new Float64Array(this.order + 1);
    let p = 1 / letters;
    let known = 0;
    this.#tree.walk(digits, at, this.#isCircular, (counts, first, length) => {
      let total = 0;
      for (let i = 0; i < letters; i++) total += counts[first + i];
      by[length] = p = (counts[first + letter] + this.#strength * p) / (total + this.#strength);
      known = length;
    });
    return by.fill(p, known);
  }
}
