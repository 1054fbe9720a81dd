import { normalFromBits } from './inverse-normal';
import { drawBits, threefry2x32, uniformFromBits } from './threefry';
import type { Word2 } from './threefry';

/** All that a generator is: plain JSON, to be stored in a checkpoint and given back to `Rng.from`. */
export interface RngState {
  readonly key: Word2;
  /** Draws of arrays so far, u32. */
  readonly draws: number;
  /** Words taken so far for single numbers on the host. */
  readonly hostWords: number;
}

const WORDS_PER_BLOCK = 256; // host words computed at a time: a shuffle asks for many, a seed for one

/**
 * A counter-based generator (Threefry-2x32): the same numbers on every device, in every process.
 *
 * Arrays and single numbers come from two streams that cannot meet. An array is one *draw*: it takes the number
 * `draws`, and element i is the first word of `threefry2x32(key, [i, draws])`. Single numbers (`next`, `integer`,
 * `shuffle` …) are the words of a child key of their own, one after the other.
 */
export class Rng {
  /** Number of the next draw, u32; whoever draws an array advances it by one. */
  draws = 0;
  #key: Word2;
  #hostKey: Word2 | undefined;
  #hostWords = 0;
  #hostBlock: Uint32Array | undefined;

  /** @param seed an integer from 0 to 2⁵³ − 1 */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`Rng: expected a seed that is an integer from 0 to 2^53 - 1, got ${seed}`);
    }
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  }

  get key(): Word2 {
    return this.#key;
  }

  /** The generator that had this `state`, which goes on with the very next number. */
  static from(state: RngState): Rng {
    const rng = new Rng(0);
    rng.state = state;
    return rng;
  }

  /** Goes on from a `state` that this generator, or one of the same seed and labels, had before. */
  set state(state: RngState) {
    checkState(state);
    this.#key = [...state.key];
    this.draws = state.draws;
    this.#hostKey = undefined;
    this.#hostBlock = undefined;
    this.#hostWords = state.hostWords;
  }

  get state(): RngState {
    return { key: [...this.#key], draws: this.draws, hostWords: this.#hostWords };
  }

  /** An independent generator named by `label`; the same label gives the same child, and the parent does not advance. */
  fork(label: string | number): Rng {
    const kind = typeof label === 'number' ? Kind.number : Kind.string;
    return Rng.from({ key: childKey(this.#key, kind, String(label)), draws: 0, hostWords: 0 });
  }

  /** One draw of `length` random u32. */
  bits(length: number): Uint32Array {
    const bits = drawBits(this.#key, this.draws, length);
    this.draws = (this.draws + 1) >>> 0;
    return bits;
  }

  /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
  next(): number {
    return uniformFromBits(this.#word());
  }

  /** Standard normal, by inversion. */
  normal(): number {
    return normalFromBits(this.#word());
  }

  /** Uniform in {0, …, n − 1}, without bias. @param n an integer from 1 to 2³² */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`Rng.integer: expected n to be an integer from 1 to 2^32, got ${n}`);
    }
    const fair = 2 ** 32 - (2 ** 32 % n); // words from here on would make the small remainders likelier
    let word = this.#word();
    while (word >= fair) word = this.#word();
    return word % n;
  }

  /** One of `values`, each as likely. */
  choice<T>(values: ArrayLike<T>): T {
    if (values.length === 0) throw new RangeError('Rng.choice: expected at least one value, got none');
    return values[this.integer(values.length)];
  }

  /** The same values in a new array, in random order, every order as likely (Fisher–Yates). */
  shuffle<T>(values: ArrayLike<T>): T[] {
    const shuffled = Array.from(values);
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }

  #word(): number {
    const offset = this.#hostWords % WORDS_PER_BLOCK;
    if (offset === 0) this.#hostBlock = undefined;
    this.#hostBlock ??= this.#wordsFrom(this.#hostWords - offset);
    this.#hostWords++;
    return this.#hostBlock[offset];
  }

  #wordsFrom(first: number): Uint32Array {
    this.#hostKey ??= childKey(this.#key, Kind.host, '');
    return drawBits(this.#hostKey, Math.floor(first / 2 ** 32), WORDS_PER_BLOCK, first);
  }
}

/** What a child is for, in the counter's second word: draws with so high a number are never reached. */
const Kind = { number: 0xffffffff, string: 0xfffffffe, host: 0xfffffffd } as const;

/** Chains Threefry over the kind, the length and the bytes of a label, so that 1, '1' and '1\0' are three children. */
function childKey(key: Word2, kind: number, label: string): Word2 {
  const bytes = new TextEncoder().encode(label);
  const words = new Uint32Array(Math.ceil(bytes.length / 8) * 2);
  bytes.forEach((byte, i) => (words[i >> 2] |= byte << (8 * (i & 3))));
  let hash = threefry2x32(key, [bytes.length, kind]);
  for (let i = 0; i < words.length; i += 2) hash = threefry2x32(hash, [words[i], words[i + 1]]);
  return hash;
}

function checkState({ key, draws, hostWords }: RngState): void {
  const isU32 = (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
  if (key.length === 2 && key.every(isU32) && isU32(draws) && Number.isSafeInteger(hostWords) && hostWords >= 0) return;
  const got = JSON.stringify({ key, draws, hostWords });
  throw new RangeError(
    `Rng.from: expected a state of two u32 (key), a u32 (draws) and a count (hostWords), got ${got}`,
  );
}
