import { checkLetters, dna, LetterError } from '../alphabet';
import type { Alphabet } from '../alphabet';
import type { Encoded } from '../encoders/encoded';

/**
 * The other strand, read 5′ to 3′: `GATTACA` → `TGTAATC`, `aRN` → `NYt`. IUPAC codes are complemented, case is kept.
 * @throws LetterError with the position of a character outside the alphabet
 */
export function reverseComplement(sequence: string, alphabet: Alphabet = dna): string {
  const { complements } = pairing(alphabet);
  const other = new Uint8Array(sequence.length); // letters joined one by one would take ten times as long for a chromosome
  for (let i = 0, to = sequence.length - 1; to >= 0; i++, to--) {
    const partner = complements[sequence.charCodeAt(i)] ?? 0;
    if (partner === 0) throw noComplement(sequence, i, alphabet);
    other[to] = partner;
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
  const partner = [...partnersOf(alphabet), ...swapped(extra, swap).map((at) => alphabet.letters.length + at)];
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

function noComplement(sequence: string, at: number, alphabet: Alphabet): LetterError {
  checkLetters(sequence, alphabet, 'reverseComplement');
  return new LetterError(sequence[at], at + 1, alphabet, 'reverseComplement', 'has no complement');
}

function pairing(alphabet: Alphabet): Alphabet {
  if (alphabet.complements.some(Boolean)) return alphabet;
  throw new RangeError(`reverseComplement: the letters of ${alphabet.name} do not pair`);
}
