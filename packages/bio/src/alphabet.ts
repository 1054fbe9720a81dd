/** The letters of DNA, RNA or proteins: the channels of an encoding, the IUPAC codes and, for nucleic acids, the pairs. */
export interface Alphabet {
  /** As errors say it: `'DNA'`. */
  readonly name: string;
  /** The letters proper, in the order of the channels: `'ACGT'`. */
  readonly letters: string;
  /** Every upper-case letter that may occur, with the letters it stands for: `{ A: 'A', R: 'AG', N: 'ACGT', … }`. */
  readonly codes: Readonly<Record<string, string>>;
  /** Matches the first character that is no letter of the alphabet, in either case. */
  readonly outside: RegExp;
  /** Fractional one-hot rows by character code, upper and lower case: N is ¼ in each channel. [128, letters] */
  readonly fractions: Float32Array;
  /** The character code of the complement by character code, case kept; 0 where there is none. [128] */
  readonly complements: Uint8Array;
}

/** What `defineAlphabet` needs to know. */
export interface AlphabetDefinition {
  readonly name: string;
  readonly letters: string;
  readonly codes: Readonly<Record<string, string>>;
  /** The partner of each of `letters`, in their order (`'TGCA'` for `'ACGT'`); left out where letters do not pair. */
  readonly partners?: string;
}

/** An alphabet from its letters and codes. Of two codes for the same letters (T and U), the first is the one written. */
export function defineAlphabet({ name, letters, codes, partners = '' }: AlphabetDefinition): Alphabet {
  const fractions = new Float32Array(128 * letters.length);
  const complements = new Uint8Array(128);
  for (const [code, members] of Object.entries(codes)) {
    const complement = codeOf({ codes }, [...members].map((letter) => partners[letters.indexOf(letter)]).join(''));
    for (const cased of [code, code.toLowerCase()]) {
      const at = cased.charCodeAt(0);
      for (const member of members) fractions[at * letters.length + letters.indexOf(member)] = 1 / members.length;
      if (complement) complements[at] = complement.charCodeAt(0) + (at - code.charCodeAt(0));
    }
  }
  const all = Object.keys(codes).join('');
  const outside = new RegExp(`[^${all}${all.toLowerCase()}]`);
  return Object.freeze({ name, letters, codes: Object.freeze({ ...codes }), outside, fractions, complements });
}

/** The code that stands for exactly these letters, in any order: `'GA'` → `'R'`. */
export function codeOf({ codes }: Pick<Alphabet, 'codes'>, members: string): string | undefined {
  return Object.keys(codes).find((code) => sorted(codes[code]) === sorted(members));
}

const sorted = (letters: string) => [...letters].sort().join('');

/** The codes for two, three and four bases (Cornish-Bowden 1985, NC-IUB), with T for the fourth base. */
const ambiguous = {
  R: 'AG',
  Y: 'CT',
  S: 'CG',
  W: 'AT',
  K: 'GT',
  M: 'AC',
  B: 'CGT',
  D: 'AGT',
  H: 'ACT',
  V: 'ACG',
  N: 'ACGT',
};

/** DNA, channels A C G T. U is read as T. */
export const dna = defineAlphabet({
  name: 'DNA',
  letters: 'ACGT',
  codes: { A: 'A', C: 'C', G: 'G', T: 'T', U: 'T', ...ambiguous },
  partners: 'TGCA',
});

/** RNA, channels A C G U. T is read as U. */
export const rna = defineAlphabet({
  name: 'RNA',
  letters: 'ACGU',
  codes: {
    ...{ A: 'A', C: 'C', G: 'G', U: 'U', T: 'U' },
    ...Object.fromEntries(Object.entries(ambiguous).map(([code, bases]) => [code, bases.replace('T', 'U')])),
  },
  partners: 'UGCA',
});

const aminoAcids = 'ACDEFGHIKLMNPQRSTVWY';

/** Proteins, channels in alphabetical order. Selenocysteine (U) and pyrrolysine (O) have no channel: they read as X. */
export const protein = defineAlphabet({
  name: 'protein',
  letters: aminoAcids,
  codes: {
    ...Object.fromEntries([...aminoAcids].map((letter) => [letter, letter])),
    ...{ X: aminoAcids, B: 'DN', Z: 'EQ', J: 'IL', U: aminoAcids, O: aminoAcids },
  },
});

/** Throws a `LetterError` if `sequence` has a character that is no letter of `alphabet`; `label` says which sequence. */
export function checkLetters(sequence: string, alphabet: Alphabet, label: string): void {
  const at = sequence.search(alphabet.outside);
  if (at >= 0) throw new LetterError(sequence[at], at + 1, alphabet, label);
}

/** A character that is no letter of the alphabet. `position` counts letters from 1. */
export class LetterError extends RangeError {
  override readonly name = 'LetterError';

  constructor(
    readonly letter: string,
    readonly position: number,
    alphabet: Alphabet,
    label: string,
    complaint = `is not an IUPAC ${alphabet.name} letter`,
  ) {
    super(`${label}: ${JSON.stringify(letter)} at position ${position} ${complaint}`);
  }
}
