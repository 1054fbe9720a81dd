import { type Automaton, automatonOutput, checkAutomaton, letterColumns } from './automaton';

/**
 * A shortest word at whose end two automata give different outputs, the first in the order of a's letters; undefined if they
 * are equivalent.
 */
export function distinguishingWord(a: Automaton, b: Automaton): string | undefined {
  const columns = commonColumns('distinguishingWord', a, b);
  const key = (one: number, other: number) => one * b.next.length + other;
  const met = new Set([key(a.start, b.start)]);
  const queue: [number, number, string][] = [[a.start, b.start, '']];
  for (const [one, other, word] of queue) {
    if (a.outputs[one] !== b.outputs[other]) return word;
    for (const [letter, [i, j]] of columns) {
      const [next, beside] = [a.next[one][i], b.next[other][j]];
      if (met.has(key(next, beside))) continue;
      met.add(key(next, beside));
      queue.push([next, beside, word + letter]);
    }
  }
  return undefined;
}

/**
 * Which state of b is each state of a, where the two are the same but for the numbers of their states; undefined where they are
 * not. Minimise first what may have more states than it needs.
 */
export function automatonIsomorphism(a: Automaton, b: Automaton): readonly number[] | undefined {
  const columns = commonColumns('automatonIsomorphism', a, b);
  const image = new Map([[a.start, b.start]]);
  for (const [state, other] of image) {
    if (a.outputs[state] !== b.outputs[other]) return undefined;
    for (const [i, j] of columns.values()) {
      const [next, beside] = [a.next[state][i], b.next[other][j]];
      if ((image.get(next) ?? beside) !== beside) return undefined;
      image.set(next, beside);
    }
  }
  const isOneToOne = new Set(image.values()).size === image.size;
  if (!isOneToOne || image.size !== a.next.length || image.size !== b.next.length) return undefined;
  return a.next.map((_, state) => image.get(state)!);
}

/** How often an automaton says what a net says. */
export interface Agreement {
  /** Fraction of the words. */
  readonly fraction: number;
  /** The first word on which they differ. */
  readonly disagreement?: string;
}

/** How often an automaton's outputs at the end of words are those that something else, such as a net, gave for them. */
export function automatonAgreement(
  automaton: Automaton,
  words: readonly string[],
  answers: ArrayLike<number>,
): Agreement {
  if (words.length === 0 || answers.length !== words.length)
    throw new RangeError(
      `automatonAgreement: expected an answer for each of the words, got ${answers.length} for ${words.length}`,
    );
  const wrong = words.filter((word, i) => automatonOutput(automaton, word) !== answers[i]);
  const fraction = 1 - wrong.length / words.length;
  return wrong.length === 0 ? { fraction } : { fraction, disagreement: wrong[0] };
}

/** The columns of each letter in both. */
function commonColumns(where: string, a: Automaton, b: Automaton): Map<string, readonly [number, number]> {
  checkAutomaton(where, a);
  checkAutomaton(where, b);
  const [own, other] = [letterColumns(a), letterColumns(b)];
  if (own.size !== other.size || ![...own.keys()].every((letter) => other.has(letter)))
    throw new RangeError(`${where}: expected automata that read the same letters, got ${a.letters} and ${b.letters}`);
  return new Map([...own].map(([letter, i]) => [letter, [i, other.get(letter)!]]));
}
