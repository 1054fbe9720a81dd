/** A Moore machine: it reads letters, is in one of its states at a time, and each state has an output. */
export interface Automaton {
  /** The alphabet, a character for each letter. */
  readonly letters: string;
  /** State before the first letter. */
  readonly start: number;
  /** [states][letters], the state after a letter. */
  readonly next: readonly (readonly number[])[];
  /** [states], of an acceptor 1 where it accepts, else 0. */
  readonly outputs: readonly number[];
}

/** The states that an automaton passes through: the first one, and that after each letter of the word. */
export function automatonStates(automaton: Automaton, word: string): Int32Array {
  checkAutomaton('automatonStates', automaton);
  const column = letterColumns(automaton);
  const states = new Int32Array(word.length + 1);
  states[0] = automaton.start;
  for (let t = 0; t < word.length; t++) {
    const letter = column.get(word[t]);
    if (letter === undefined)
      throw new RangeError(`automatonStates: expected letters of ${automaton.letters}, got ${word[t]} at ${t}`);
    states[t + 1] = automaton.next[states[t]][letter];
  }
  return states;
}

/** The output of the state in which a word ends. */
export function automatonOutput(automaton: Automaton, word: string): number {
  return automaton.outputs[automatonStates(automaton, word)[word.length]];
}

/** Which column of `next` each letter has. */
export const letterColumns = ({ letters }: Automaton): Map<string, number> =>
  new Map([...letters].map((letter, i) => [letter, i]));

/** Raises unless every state has an output and leads somewhere on each letter. */
export function checkAutomaton(where: string, { letters, start, next, outputs }: Automaton): void {
  const isState = (state: number) => Number.isInteger(state) && state >= 0 && state < next.length;
  if (new Set(letters).size !== letters.length)
    throw new RangeError(`${where}: expected letters that are all different, got ${letters}`);
  if (outputs.length !== next.length)
    throw new RangeError(`${where}: expected outputs of ${next.length} states, got ${outputs.length}`);
  if (!isState(start)) throw new RangeError(`${where}: no state ${start} to start from, there are ${next.length}`);
  next.forEach((row, state) => {
    if (row.length !== letters.length || !row.every(isState))
      throw new RangeError(
        `${where}: expected a state (0 to ${next.length - 1}) for each letter of ${letters} after state ${state}, ` +
          `got [${row.join(', ')}]`,
      );
  });
}
