import { CODONS, geneticCode } from '../genes/genetic-code';
import type { GeneticCode } from '../genes/genetic-code';
import { drawIndex } from '../random-source';
import type { RandomSource } from '../random-source';

/** How a coding sequence is drawn. */
export interface SimulateCodingOptions {
  readonly rng: RandomSource;
  /** Start and stop included, at least 2. */
  readonly codons: number;
  /** Shares of codons, `{ CTG: 0.05, … }`, of which stops are passed over; unless said, by `gc`. */
  readonly usage?: Readonly<Record<string, number>>;
  /** The share of G and C in third positions where no usage is given, 0.6 unless said: this makes the period of three. */
  readonly gc?: number;
  /** NCBI's number of a code, 11 (bacteria) unless said. */
  readonly code?: number;
  /** `ATG` unless said. */
  readonly start?: string;
}

/** A gene from its start codon to its stop, with no stop in frame before. */
export function simulateCoding({ rng, codons, usage, gc = 0.6, ...options }: SimulateCodingOptions): string {
  const { code = 11, start = 'ATG' } = options;
  if (!(codons >= 2)) throw new RangeError(`simulateCoding: expected at least 2 codons, start and stop, got ${codons}`);
  const genetic = geneticCode(code);
  const shares = shareOfCodons(usage ?? usageOf(gc), genetic);
  const inside = Array.from({ length: codons - 2 }, () => CODONS[drawIndex(rng, shares)]);
  return [start, ...inside, genetic.stops[rng.integer(genetic.stops.length)]].join('');
}

/** Codons whose third letter is G or C with a given share, the first a purine in two of three, as in most genes. */
function usageOf(gc: number): Record<string, number> {
  const first = { A: 1 / 3, G: 1 / 3, C: 1 / 6, T: 1 / 6 };
  const third = { C: gc / 2, G: gc / 2, A: (1 - gc) / 2, T: (1 - gc) / 2 };
  const shareOf = ([x, , z]: string) => first[x as keyof typeof first] * third[z as keyof typeof third];
  return Object.fromEntries(CODONS.map((codon) => [codon, shareOf(codon)]));
}

function shareOfCodons(usage: Readonly<Record<string, number>>, { stops }: GeneticCode): number[] {
  const shares = CODONS.map((codon) => (stops.includes(codon) ? 0 : (usage[codon] ?? 0)));
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0)) throw new RangeError('simulateCoding: the usage has no codon that is not a stop');
  return shares.map((share) => share / total);
}
