import { type Alphabet, dna, protein, rna } from '@hairpin/bio';

/** What sequences may be made of, by the names that options and cards use. */
export const alphabets = { dna, rna, protein } as const satisfies Record<string, Alphabet>;
/** One of them. */
export type AlphabetName = keyof typeof alphabets;
