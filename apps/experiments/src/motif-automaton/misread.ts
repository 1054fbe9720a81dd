import { type MotifAutomaton, runAutomaton } from '@hairpin/bio';
import type { Reader } from './reader';

/** Whether what a net gave after a letter, [width], is right where the automaton is in a state. */
export type IsRight = (given: ArrayLike<number>, state: number) => boolean;

/** How many of equally long sequences a net reads otherwise than an automaton, after one letter or more. */
export async function misread(
  read: Reader,
  isRight: IsRight,
  { sequences, automaton }: { sequences: readonly string[]; automaton: MotifAutomaton },
): Promise<number> {
  const truth = sequences.map((sequence) => runAutomaton(automaton, sequence));
  const wrong = new Set<number>();
  await read(sequences, ({ values, from, steps }) => {
    const width = values.length / (sequences.length * steps);
    const given = new Float32Array(width);
    for (let row = 0, at = 0; row < sequences.length; row++)
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < width; i++) given[i] = values[at++];
        if (!isRight(given, truth[row][from + step])) wrong.add(row);
      }
  });
  return wrong.size;
}

/** All strings of a length in the order of the alphabet, some at a time. */
export function* allStrings(length: number): Generator<readonly string[]> {
  const total = 4 ** length;
  const atOnce = Math.min(total, 4 ** 7);
  for (let from = 0; from < total; from += atOnce)
    yield Array.from({ length: atOnce }, (_, i) => stringOf(from + i, length));
}

function stringOf(number: number, length: number): string {
  let letters = '';
  for (let i = length - 1; i >= 0; i--) letters += 'ACGT'[(number >>> (2 * i)) & 3];
  return letters;
}

/** The machine of many texts, that begins anew after any letter that does not go on. */
export function withoutFallBack({ motif, states, next }: MotifAutomaton): MotifAutomaton {
  const goesOn = (at: number) => 'ACGT'[at % 4] === motif[Math.floor(at / 4)];
  const last = states - 1;
  return {
    ...{ motif, states },
    next: next.map((state, at) => (goesOn(at) || at >= 4 * last ? state : 0)),
  };
}
