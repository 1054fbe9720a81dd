import { checkLetters } from '../../alphabet';
import type { Alphabet } from '../../alphabet';

/** The number of a code for several letters. */
export const SEVERAL = 255;

/**
 * Each letter as its number in the alphabet, whatever its case; codes for several letters as `SEVERAL`.
 * @throws LetterError
 */
export function numbersOf(sequence: string, alphabet: Alphabet, label: string): Uint8Array {
  checkLetters(sequence, alphabet, label);
  const table = tableOf(alphabet);
  const numbers = new Uint8Array(sequence.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = table[sequence.charCodeAt(i)];
  return numbers;
}

function tableOf({ codes, letters }: Alphabet): Uint8Array {
  const table = new Uint8Array(128).fill(SEVERAL);
  for (const [code, members] of Object.entries(codes)) {
    const number = members.length === 1 ? letters.indexOf(members) : SEVERAL;
    table[code.charCodeAt(0)] = table[code.toLowerCase().charCodeAt(0)] = number;
  }
  return table;
}
