import type { Alphabet } from '../alphabet';

/** Each letter as its place in the alphabet, in either case; −1 where it is none or a code for several. [letters] */
export function digitsOf(sequence: string, { letters, codes }: Alphabet): Int8Array {
  const digits = new Int8Array(128).fill(-1);
  for (const [code, members] of Object.entries(codes)) {
    if (members.length > 1) continue;
    for (const cased of [code, code.toLowerCase()]) digits[cased.charCodeAt(0)] = letters.indexOf(members);
  }
  const numbers = new Int8Array(sequence.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = digits[sequence.charCodeAt(i)] ?? -1;
  return numbers;
}
