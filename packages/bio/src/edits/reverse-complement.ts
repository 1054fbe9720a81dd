import { checkLetters, dna, LetterError } from '../alphabet';
import type { Alphabet } from '../alphabet';
import type { Encoded } from '../encoders/encoded';

/**
 * The other strand, read 5′ to 3′: `GATTACA` → `TGTAATC`, `aRN` → `NYt`. IUPAC codes are complemented, case is kept.
 * @throws LetterError with the position of a character outside the alphabet
 */
export const reverseComplement = (sequence: string, alphabet: Alphabet = dna): string =>
  paired('reverseComplement', sequence, alphabet, (i) => sequence.length - 1 - i);

/**
 * The partner of each letter in its place, 3′ to 5′: `GATTACA` → `CTAATGT`. IUPAC codes are complemented, case is kept.
 * @throws LetterError with the position of a character outside the alphabet
 */
export const complement = (sequence: string, alphabet: Alphabet = dna): string =>
  paired('complement', sequence, alphabet, (i) => i);

/** The letters backwards, not complemented: a strand read 3′ to 5′, which no cell does. */
export const reverse = (sequence: string): string => [...sequence].reverse().join('');

/** The partner of the letter at each position in the place that `to` gives. */
function paired(where: string, sequence: string, alphabet: Alphabet, to: (position: number) => number): string {
  const { complements } = pairing(where, alphabet);
  const other = new Uint8Array(sequence.length); // letters joined one by one would take ten times as long for a chromosome
  for (let i = 0; i < sequence.length; i++) {
    const partner = complements[sequence.charCodeAt(i)] ?? 0;
    if (partner === 0) throw noComplement(where, sequence, i, alphabet);
    other[to(i)] = partner;
  }
  return ascii.decode(other);
}

const ascii = new TextDecoder();

/** What becomes of channels beside the letters. */
export interface StrandSwap {
  /** Pairs of further channels that belong to the strands: coverage of the one and of the other. */
  readonly swap?: readonly (readonly [string, string])[];
}

/**
 * The other strand of encoded sequences: positions of each sequence's own length and paired letters change places; further
 * channels stay with their positions.
 */
export function reverseComplementEncoded(
  { values, shape, lengths, extra = [] }: Encoded,
  alphabet: Alphabet = dna,
  { swap = [] }: StrandSwap = {},
): Encoded {
  const [, length, channels] = shape;
  const partner = strandChannels(alphabet, extra, swap);
  const other = new Float32Array(values.length);
  lengths.forEach((own, row) => {
    for (let i = 0; i < own; i++) {
      const from = (row * length + i) * channels;
      const to = (row * length + own - 1 - i) * channels;
      for (let channel = 0; channel < channels; channel++) other[to + partner[channel]] = values[from + channel];
    }
  });
  return { values: other, shape, lengths, ...(extra.length > 0 && { extra }) };
}

/** The channel that each channel becomes on the other strand. */
export function strandChannels(
  alphabet: Alphabet,
  extra: readonly string[],
  swap: readonly (readonly [string, string])[],
): number[] {
  return [...partnersOf(alphabet), ...swapped(extra, swap).map((at) => alphabet.letters.length + at)];
}

const partnersOf = (alphabet: Alphabet) =>
  Array.from(alphabet.letters, (letter) => alphabet.letters.indexOf(reverseComplement(letter, alphabet)));

/** Which channel each of the further channels becomes. */
function swapped(extra: readonly string[], swap: readonly (readonly [string, string])[]): number[] {
  const unknown = swap.flat().find((name) => !extra.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`reverseComplementEncoded: no channel '${unknown}'; there are ${extra.join(', ') || 'none'}`);
  }
  return extra.map((name) => {
    const pair = swap.find((names) => names.includes(name));
    return extra.indexOf(pair ? (pair[0] === name ? pair[1] : pair[0]) : name);
  });
}

function noComplement(where: string, sequence: string, at: number, alphabet: Alphabet): LetterError {
  checkLetters(sequence, alphabet, where);
  return new LetterError(sequence[at], at + 1, alphabet, where, 'has no complement');
}

function pairing(where: string, alphabet: Alphabet): Alphabet {
  if (alphabet.complements.some(Boolean)) return alphabet;
  throw new RangeError(`${where}: the letters of ${alphabet.name} do not pair`);
}
