import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { reverseComplement } from '../edits/reverse-complement';
import type { Strand } from '../strand';
import type { RandomSource } from '../random-source';
import { leastRotation } from './least-rotation';
import { flipSpan, modulo, rotateSpan } from './span';
import type { Span } from './span';

/** A window of a circle. */
export interface CircularWindow {
  /** Counted from 0. */
  readonly start: number;
  readonly letters: string;
}

/** Which of the forms of a circle is the canonical one, and how to get from the circle to it. */
export interface CanonicalForm {
  readonly sequence: CircularSequence;
  /** Where on the strand the form begins, counted from 0. */
  readonly start: number;
  /** '-' if the other strand was taken, and `start` is a position of that. */
  readonly strand: Strand;
}

/** Whether a circle and its reverse complement are taken for the same. */
export interface StrandOptions {
  readonly bothStrands?: boolean;
}

/**
 * A sequence without ends. Positions count from 0 at an origin that is as good as any other; every integer is one, before the
 * origin as well as laps beyond it. Letters are kept as they are, case included.
 */
export class CircularSequence {
  readonly letters: string;
  readonly alphabet: Alphabet;

  /** @throws RangeError for a sequence without letters */
  constructor(letters: string, alphabet: Alphabet = dna) {
    if (letters === '') throw new RangeError('CircularSequence: expected at least one letter, got none');
    this.letters = letters;
    this.alphabet = alphabet;
  }

  /** In letters. */
  get length(): number {
    return this.letters.length;
  }

  /** The letter at a position. */
  at(position: number): string {
    return this.letters[modulo(position, this.length)];
  }

  /**
   * The letters from `start` to before `end`, across the origin if need be, more than a lap if `end` lies so far. An `end`
   * before `start` is the same place a lap later: of 10 letters `slice(8, 3)` is `slice(8, 13)`.
   */
  slice(start: number, end: number): string {
    const count = end >= start ? end - start : modulo(end - start, this.length);
    const from = modulo(start, this.length);
    if (from + count <= this.length) return this.letters.slice(from, from + count);
    return this.letters.repeat(Math.ceil((from + count) / this.length)).slice(from, from + count);
  }

  /** The letters of a span, as they read on its strand. */
  extract({ start, end, strand }: Span): string {
    const letters = this.slice(start, Math.max(start, end));
    return strand === '+' ? letters : reverseComplement(letters, this.alphabet);
  }

  /** Every window of a width, one for each start that is a multiple of `step`; those at the end go on across the origin. */
  *windows(widthBp: number, step = 1): Generator<CircularWindow> {
    for (const [name, value] of Object.entries({ widthBp, step })) {
      if (!(Number.isInteger(value) && value >= 1))
        throw new RangeError(`windows: expected ${name} of at least 1, got ${value}`);
    }
    const lap = this.slice(0, this.length + widthBp - 1);
    for (let start = 0; start < this.length; start += step) yield { start, letters: lap.slice(start, start + widthBp) };
  }

  /** Where a text begins, also across the origin, overlapping places included. */
  find(text: string): number[] {
    if (text === '') throw new RangeError('find: expected at least one letter, got none');
    const lap = this.slice(0, this.length + text.length - 1);
    const starts: number[] = [];
    for (let at = lap.indexOf(text); at >= 0; at = lap.indexOf(text, at + 1)) starts.push(at);
    return starts;
  }

  /** The same circle with another origin: what was at `by` is now at 0. */
  rotate(by: number): CircularSequence {
    return new CircularSequence(this.slice(by, by + this.length), this.alphabet);
  }

  /** The same circle with a random origin, every one as likely. */
  randomRotation(rng: RandomSource): CircularSequence {
    return this.rotate(rng.integer(this.length));
  }

  /** The other strand, read 5′ to 3′ from the origin on. */
  reverseComplement(): CircularSequence {
    return new CircularSequence(reverseComplement(this.letters, this.alphabet), this.alphabet);
  }

  /**
   * The rotation that comes first in the order of letters, of this strand or, unless `bothStrands` is false, of either: the
   * same for every form in which the circle may be written.
   */
  canonical({ bothStrands = true }: StrandOptions = {}): CanonicalForm {
    const forward = leastOf(this, '+');
    if (!bothStrands) return forward;
    const backward = leastOf(this.reverseComplement(), '-');
    return backward.sequence.letters < forward.sequence.letters ? backward : forward;
  }

  /** Whether another is the same circle, wherever it is cut and, unless `bothStrands` is false, on whichever strand. */
  equals(other: CircularSequence, options: StrandOptions = {}): boolean {
    if (this.length !== other.length) return false;
    return this.canonical(options).sequence.letters === other.canonical(options).sequence.letters;
  }
}

function leastOf(sequence: CircularSequence, strand: Strand): CanonicalForm {
  const start = leastRotation(sequence.letters);
  return { sequence: sequence.rotate(start), start, strand };
}

/** A feature of a circle as it stands on the circle's canonical form. */
export function toCanonical<T extends Span>(span: T, { sequence, start, strand }: CanonicalForm): T {
  return rotateSpan(strand === '+' ? span : flipSpan(span, sequence.length), start, sequence.length);
}
