import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dinucleotideShuffle, kmerShuffle } from '../../src/index';

/** The k-mers of a sequence in alphabetical order: two sequences have equal counts if these are equal. */
const kmers = (sequence: string, k: number) =>
  Array.from({ length: Math.max(sequence.length - k + 1, 0) }, (_, i) => sequence.slice(i, i + k))
    .sort()
    .join(' ');

const dinucleotides = (sequence: string) => kmers(sequence, 2);

/** Every sequence with the ends and k-mers of the given one, found by trying all. */
function allShuffles(sequence: string, k = 2): string[] {
  const left = new Map<string, number>();
  for (const word of kmers(sequence, k).split(' ')) left.set(word, (left.get(word) ?? 0) + 1);
  const letters = [...new Set(sequence)];
  const extend = (path: string): string[] => {
    if (path.length === sequence.length) return [path];
    return letters.flatMap((letter) => {
      const word = path.slice(path.length - k + 1) + letter;
      const count = left.get(word) ?? 0;
      if (count === 0) return [];
      left.set(word, count - 1);
      const found = extend(path + letter);
      left.set(word, count);
      return found;
    });
  };
  return extend(sequence.slice(0, k - 1));
}

/** Draws shuffles and checks that every possible one comes equally often. */
function expectUniform(all: string[], draw: () => string): void {
  const counts = new Map(all.map((shuffle) => [shuffle, 0]));
  const expected = 1000;
  for (let i = 0; i < expected * counts.size; i++) {
    const shuffled = draw();
    counts.set(shuffled, counts.get(shuffled)! + 1); // NaN, and a failure below, for a shuffle that is none
  }
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.size - 1;
  expect(counts.size).toBeGreaterThan(1);
  expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom) + 8); // p below about 1e-4, fixed seed
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
      expectUniform(allShuffles(sequence), () => dinucleotideShuffle(sequence, rng));
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

describe('kmerShuffle', () => {
  it('keeps every word of up to k letters', () => {
    const sequence = fc.oneof(fc.stringMatching(/^[ACGT]{0,120}$/), fc.stringMatching(/^[AC]{0,60}$/));
    fc.assert(
      fc.property(sequence, fc.integer({ min: 1, max: 6 }), fc.nat(), (original, k, seed) => {
        const shuffled = kmerShuffle(original, { k, rng: new Rng(seed) });
        for (let width = 1; width <= k; width++) expect(kmers(shuffled, width)).toBe(kmers(original, width));
        if (k > 1) expect(shuffled.slice(0, k - 1)).toBe(original.slice(0, k - 1));
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  const cases: [sequence: string, k: number][] = [
    ['AACAGACA', 1],
    ['AACAAGAACAAGAATAA', 3],
    ['ACGTACGAACGTTACGCACG', 3],
    ['AAACAAAGAAATAAA', 4],
  ];
  for (const [sequence, k] of cases) {
    it(`gives every shuffle of ${sequence} with its words of ${k} equally often`, () => {
      const rng = new Rng(12);
      const all = k === 1 ? permutations(sequence) : allShuffles(sequence, k);
      expectUniform(all, () => kmerShuffle(sequence, { k, rng }));
    });
  }

  it('refuses k below 1', () => {
    expect(() => kmerShuffle('ACGT', { k: 0, rng: new Rng(1) })).toThrow('expected k of at least 1, got 0');
  });
});

/** The different orders of some letters. */
function permutations(letters: string): string[] {
  if (letters === '') return [''];
  return [...new Set(letters)].flatMap((first) => permutations(letters.replace(first, '')).map((rest) => first + rest));
}
