import type { Interval } from '../formats/bed';
import type { FastaRecord } from '../formats/fasta';
import type { RandomSource } from '../random-source';

/** A piece of a genome. */
export interface GenomePiece extends Interval {
  readonly chrom: string;
  readonly sequence: string;
}

/** What negatives are to be like. */
export interface GcMatchedOptions {
  readonly rng: RandomSource;
  /** How many for each positive; 1 unless said. */
  readonly perPositive?: number;
  /** How far the share of G and C may be from the positive's; 0.02 unless said. */
  readonly tolerance?: number;
  /** Where none may be drawn, with what is nearer than `distance` (0 unless said): the positives' own places. */
  readonly exclude?: readonly (Interval & { readonly chrom: string })[];
  readonly distance?: number;
  /** Places tried for each before giving up; 100 000 unless said. */
  readonly tries?: number;
}

/**
 * Pieces of a genome as long as the positives and with their share of G and C, without other letters than A, C, G and T
 * (either case), which overlap neither each other nor what is excluded. Every such piece is as likely as every other.
 * They come in the order of the positives.
 * @throws RangeError naming the positive for which none was found
 */
export function gcMatchedNegatives(
  positives: readonly string[],
  genome: readonly Pick<FastaRecord, 'id' | 'sequence'>[],
  options: GcMatchedOptions,
): GenomePiece[] {
  const { perPositive = 1, exclude = [], distance = 0 } = options;
  const occupied = new Occupied();
  for (const { chrom, start, end } of exclude) occupied.add(chrom, { start: start - distance, end: end + distance });
  return positives.flatMap((positive, i) => {
    const target = gcShare(positive, 0, positive.length);
    if (Number.isNaN(target)) throw new RangeError(`gcMatchedNegatives: positive ${i + 1} has other letters than ACGT`);
    return Array.from({ length: perPositive }, () => {
      const piece = draw(genome, positive.length, target, occupied, options);
      if (piece) return piece;
      const wanted = `${positive.length} letters with ${(100 * target).toFixed(1)} % G and C`;
      throw new RangeError(`gcMatchedNegatives: positive ${i + 1}: found no place for ${wanted}; allow more tolerance`);
    });
  });
}

function draw(
  genome: readonly Pick<FastaRecord, 'id' | 'sequence'>[],
  length: number,
  target: number,
  occupied: Occupied,
  { rng, tolerance = 0.02, tries = 100_000 }: GcMatchedOptions,
): GenomePiece | undefined {
  const places = genome.map(({ sequence }) => Math.max(sequence.length - length + 1, 0));
  const total = places.reduce((sum, count) => sum + count, 0);
  for (let attempt = 0; attempt < tries && total > 0; attempt++) {
    let start = rng.integer(total);
    let number = 0;
    while (start >= places[number]) start -= places[number++];
    const { id: chrom, sequence } = genome[number];
    const end = start + length;
    const isMatched = Math.abs(gcShare(sequence, start, end) - target) <= tolerance; // NaN is not
    if (!isMatched || occupied.overlaps(chrom, { start, end })) continue;
    occupied.add(chrom, { start, end });
    return { chrom, start, end, sequence: sequence.slice(start, end) };
  }
  return undefined;
}

const GC = new Uint8Array(128).fill(2);
for (const [letters, value] of [
  ['ATat', 0],
  ['GCgc', 1],
] as const) {
  for (const letter of letters) GC[letter.charCodeAt(0)] = value;
}

/** NaN where there is another letter than A, C, G or T, and for no letters. */
function gcShare(sequence: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const value = GC[sequence.charCodeAt(i)] ?? 2;
    if (value === 2) return NaN;
    count += value;
  }
  return count / (end - start);
}

const BIN_BP = 1 << 14;

/** Stretches of chromosomes, found again by bins. */
class Occupied {
  readonly #bins = new Map<string, Interval[]>();

  add(chrom: string, stretch: Interval): void {
    for (const bin of binsOf(chrom, stretch)) {
      if (!this.#bins.has(bin)) this.#bins.set(bin, []);
      this.#bins.get(bin)!.push(stretch);
    }
  }

  overlaps(chrom: string, { start, end }: Interval): boolean {
    return binsOf(chrom, { start, end }).some((bin) =>
      this.#bins.get(bin)?.some((other) => other.start < end && other.end > start),
    );
  }
}

function binsOf(chrom: string, { start, end }: Interval): string[] {
  const first = Math.floor(start / BIN_BP);
  return Array.from({ length: Math.floor(end / BIN_BP) - first + 1 }, (_, i) => `${chrom}:${first + i}`);
}
