import { dna } from '../alphabet';
import { BASES } from '../base-numbers';
import { CODONS, geneticCode } from './genetic-code';
import type { GeneticCode } from './genetic-code';

/** What a codon can be for a gene finder. */
export const Kind = { sense: 0, start: 1, stop: 2 } as const;

/** A genetic code, or NCBI's number of it. */
export const codeFrom = (code: GeneticCode | number) => (typeof code === 'number' ? geneticCode(code) : code);

/** The codons of plain bases that an IUPAC codon stands for; U is T, case does not matter. Empty for other letters. */
export function expansions(codon: string): string[] {
  const members = [...codon.toUpperCase()].map((letter) => dna.codes[letter] ?? '');
  const [first, second, third] = members.map((bases) => [...bases]);
  return first.flatMap((x) => second.flatMap((y) => third.map((z) => x + y + z)));
}

/**
 * The kind of the codon that begins at each position: a start or a stop where every codon that the letters may stand for is
 * one. At the last two positions of a linear sequence there is none.   [length]
 */
export function codonKinds(
  sequence: string,
  code: GeneticCode,
  starts: readonly string[],
  isCircular: boolean,
): Uint8Array {
  const plain = Uint8Array.from({ length: 64 }, (_, number) => {
    const codon = [number >> 4, (number >> 2) & 3, number & 3].map((base) => 'ACGT'[base]).join('');
    return code.stops.includes(codon) ? Kind.stop : starts.includes(codon) ? Kind.start : Kind.sense;
  });
  const n = sequence.length;
  const kinds = new Uint8Array(n);
  if (n < 3) return kinds;
  const base = Uint8Array.from({ length: n + 2 }, (_, i) => BASES[sequence.charCodeAt(i < n ? i : i - n)]);
  const count = isCircular ? n : n - 2;
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [base[i], base[i + 1], base[i + 2]];
    kinds[i] = (x | y | z) < 4 ? plain[16 * x + 4 * y + z] : ambiguousKind(sequence, i, code, starts);
  }
  return kinds;
}

function ambiguousKind(sequence: string, at: number, code: GeneticCode, starts: readonly string[]): number {
  const letters = [0, 1, 2].map((i) => sequence[(at + i) % sequence.length]).join('');
  const codons = expansions(letters);
  if (codons.length === 0) return Kind.sense;
  if (codons.every((codon) => code.stops.includes(codon))) return Kind.stop;
  return codons.every((codon) => starts.includes(codon)) ? Kind.start : Kind.sense;
}

/** Throws a RangeError if one of `codons` is none. */
export function checkCodons(where: string, codons: readonly string[]): void {
  const bad = codons.find((codon) => !CODONS.includes(codon));
  if (bad !== undefined) throw new RangeError(`${where}: expected codons of A, C, G and T, got ${JSON.stringify(bad)}`);
}
