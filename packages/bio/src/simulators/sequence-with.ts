import { choiceFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { plant } from './site';

/** Letters that are to stand in a place, counted from 0. */
export interface SequenceElement {
  readonly position: number;
  readonly letters: string;
}

/** What a sequence must hold, and what it must not. */
export interface SequenceWithOptions {
  readonly rng: RandomSource;
  readonly elements: readonly SequenceElement[];
  /** Words that may stand nowhere but within an element; on one strand, so give their reverse complements too. */
  readonly avoid?: readonly string[];
}

/**
 * A background with the elements in their places and, elsewhere, none of the words to be avoided: where one came about by
 * chance, one of its letters is exchanged until there is none. What is planted is then all that there is.
 * @throws RangeError where an element does not fit, the elements make such a word between them, or no letters are left to avoid all
 */
export function sequenceWith(background: string, { rng, elements, avoid = [] }: SequenceWithOptions): string {
  const isFixed = new Uint8Array(background.length);
  for (const { position, letters } of elements) {
    if (!(position >= 0 && position + letters.length <= background.length)) {
      throw new RangeError(`sequenceWith: ${letters} at ${position} is outside of ${background.length} letters`);
    }
    isFixed.fill(1, position, position + letters.length);
  }
  const sequence = Array.from(elements.reduce(plant, background));
  const isWithin = (at: number, end: number) =>
    elements.some(({ position, letters }) => position <= at && end <= position + letters.length);
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const text = sequence.join('');
    const found = avoid.flatMap((word) => placesOf(word, text).map((at) => ({ at, end: at + word.length })));
    const accidents = found.filter(({ at, end }) => !isWithin(at, end));
    if (accidents.length === 0) return text;
    for (const { at, end } of accidents) exchangeOne(sequence, isFixed, at, end, rng);
  }
  throw new RangeError(`sequenceWith: ${avoid.join(', ')} cannot be avoided in ${background.length} letters`);
}

const MOST_ROUNDS = 1000; // a handful do where it can be done

/** Where a word begins, overlapping places included. */
export function placesOf(word: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

function exchangeOne(sequence: string[], isFixed: Uint8Array, at: number, end: number, rng: RandomSource): void {
  const free = Array.from({ length: end - at }, (_, i) => at + i).filter((i) => !isFixed[i]);
  if (free.length === 0) {
    throw new RangeError(`sequenceWith: the elements make ${sequence.slice(at, end).join('')} at ${at}`);
  }
  const place = choiceFrom(rng, free);
  sequence[place] = choiceFrom(rng, 'ACGT'.replace(sequence[place], ''));
}
