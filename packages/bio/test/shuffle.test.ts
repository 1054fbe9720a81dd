import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dinucleotideShuffle } from '../src/index';

/** The dinucleotides of a sequence in alphabetical order: two sequences have equal counts if these are equal. */
const dinucleotides = (sequence: string) =>
  Array.from({ length: Math.max(sequence.length - 1, 0) }, (_, i) => sequence.slice(i, i + 2))
    .sort()
    .join(' ');

/** Every sequence with the ends and dinucleotides of the given one, found by trying all. */
function allShuffles(sequence: string): string[] {
  const left = new Map<string, number>();
  for (const pair of dinucleotides(sequence).split(' ')) left.set(pair, (left.get(pair) ?? 0) + 1);
  const letters = [...new Set(sequence)];
  const extend = (path: string): string[] => {
    if (path.length === sequence.length) return [path];
    return letters.flatMap((letter) => {
      const pair = path.at(-1) + letter;
      const count = left.get(pair) ?? 0;
      if (count === 0) return [];
      left.set(pair, count - 1);
      const found = extend(path + letter);
      left.set(pair, count);
      return found;
    });
  };
  return extend(sequence[0]);
}

describe('dinucleotideShuffle', () => {
  it('keeps the ends and every dinucleotide count', () => {
    const sequence = fc.oneof(
      fc.stringMatching(/^[ACGT]{0,120}$/),
      fc.stringMatching(/^[AC]{0,20}$/),
      fc.stringMatching(/^[ACGTNRacgtn]{0,60}$/),
    );
    fc.assert(
      fc.property(sequence, fc.nat(), (original, seed) => {
        const shuffled = dinucleotideShuffle(original, new Rng(seed));
        expect(dinucleotides(shuffled)).toBe(dinucleotides(original));
        expect(shuffled.at(0)).toBe(original.at(0));
        expect(shuffled.at(-1)).toBe(original.at(-1));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  // Different numbers of letters, ends equal and different, repeats, a letter that occurs once
  for (const sequence of ['AACAGACA', 'ACGTACTGAC', 'AATTAATAT', 'GATTACAGGA', 'CCACACCA', 'ANCANA', 'ACGTTGCATGA']) {
    it(`gives every shuffle of ${sequence} equally often`, () => {
      const rng = new Rng(11);
      const counts = new Map(allShuffles(sequence).map((shuffle) => [shuffle, 0]));
      const expected = 1000;
      for (let i = 0; i < expected * counts.size; i++) {
        const shuffled = dinucleotideShuffle(sequence, rng);
        counts.set(shuffled, counts.get(shuffled)! + 1); // NaN, and a failure below, for a shuffle that is none
      }
      const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      const freedom = counts.size - 1;
      expect(counts.size).toBeGreaterThan(1);
      expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom) + 8); // p below about 1e-4, fixed seed
    });
  }

  it('leaves nothing in place of a long sequence but the ends', () => {
    const rng = new Rng(1);
    const original = Array.from({ length: 2000 }, () => 'ACGT'[rng.integer(4)]).join('');
    const shuffled = dinucleotideShuffle(original, rng);
    const same = [...shuffled].filter((letter, i) => letter === original[i]).length;
    expect(same).toBeGreaterThan(400);
    expect(same).toBeLessThan(600); // a quarter of 2 000, ± 5 standard deviations of 19
  });

  it('depends on the generator only', () => {
    const sequence = 'GATTACAGATCCAGTTACGTGACCA'.repeat(4);
    expect(dinucleotideShuffle(sequence, new Rng(2))).toBe(dinucleotideShuffle(sequence, new Rng(2)));
    expect(dinucleotideShuffle(sequence, new Rng(2))).not.toBe(dinucleotideShuffle(sequence, new Rng(3)));
  });
});
