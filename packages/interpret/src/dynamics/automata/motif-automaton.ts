import type { Automaton } from './automaton';

/**
 * The automaton that looks for a motif: in state s it has just read the first s letters. What does not go on falls back to the
 * longest start of the motif that the letters read still end with (Knuth, Morris & Pratt 1977): looking for ACG it stays in
 * state 1 at A after A, and goes back to 1 at A after AC.
 *
 * @param motif the letters to be found, at least one
 */
export function motifAutomaton(
  motif: string,
  {
    letters = 'ACGT',
    absorbing = true,
  }: {
    /** The alphabet. */
    readonly letters?: string;
    /** Whether the last state is never left; otherwise it is reached again at each occurrence. */
    readonly absorbing?: boolean;
  } = {},
): Automaton {
  const strange = [...motif].find((letter) => !letters.includes(letter));
  if (motif === '' || strange !== undefined)
    throw new RangeError(`motifAutomaton: expected a motif of ${letters}, got ${motif === '' ? 'none' : motif}`);
  const last = motif.length;
  const after = (state: number, letter: string): number => {
    if (state === last && absorbing) return last;
    const read = motif.slice(0, state) + letter;
    const lengths = Array.from({ length: Math.min(read.length, last) + 1 }, (_, i) => i);
    return lengths.findLast((length) => motif.startsWith(read.slice(read.length - length)))!;
  };
  const states = Array.from({ length: last + 1 }, (_, state) => state);
  return {
    ...{ letters, start: 0 },
    next: states.map((state) => [...letters].map((letter) => after(state, letter))),
    outputs: states.map((state) => Number(state === last)),
  };
}
