import { checkLetters, dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** What happened at a place of the original sequence. */
export interface Mutation {
  /** From 0, in the original; an insertion stands before it. */
  readonly position: number;
  /** The letter there; `''` for an insertion. */
  readonly from: string;
  /** The letter it became; `''` for a deletion. */
  readonly to: string;
}

/** How often what happens, as probabilities by letter. */
export interface MutationOptions {
  readonly rng: RandomSource;
  readonly substitution?: number;
  /** Of one letter, before each letter. */
  readonly insertion?: number;
  readonly deletion?: number;
  /** DNA unless said. New letters are drawn from its letters proper. */
  readonly alphabet?: Alphabet;
}

/** A mutated copy and what was done. A substitution is always by another letter; case is that of the letter replaced. */
export function randomMutations(
  sequence: string,
  { rng, substitution = 0, insertion = 0, deletion = 0, alphabet = dna }: MutationOptions,
): { sequence: string; mutations: Mutation[] } {
  checkLetters(sequence, alphabet, 'randomMutations');
  const isPossible = [substitution, insertion, deletion, substitution + deletion].every((p) => p >= 0 && p <= 1);
  if (!isPossible) throw new RangeError('randomMutations: expected probabilities, substitution + deletion at most 1');
  const mutations: Mutation[] = [];
  let mutated = '';
  for (let position = 0; position < sequence.length; position++) {
    const from = sequence[position];
    if (insertion > 0 && uniformFrom(rng) < insertion) {
      mutations.push({ position, from: '', to: alphabet.letters[rng.integer(alphabet.letters.length)] });
      mutated += mutations[mutations.length - 1].to;
    }
    const draw = substitution + deletion > 0 ? uniformFrom(rng) : 1;
    const to = draw < substitution ? otherLetter(from, alphabet, rng) : draw < substitution + deletion ? '' : from;
    if (to !== from) mutations.push({ position, from, to });
    mutated += to;
  }
  return { sequence: mutated, mutations };
}

/** Each of the other letters is as likely; a code for several letters may become any letter. */
function otherLetter(letter: string, { letters, codes }: Alphabet, rng: RandomSource): string {
  const own = codes[letter.toUpperCase()];
  const others = [...letters].filter((other) => other !== own);
  const drawn = others[rng.integer(others.length)];
  return letter === letter.toUpperCase() ? drawn : drawn.toLowerCase();
}
