import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angularDistance,
  basePairs,
  collectFasta,
  cosineDistance,
  distanceMatrix,
  euclideanDistance,
  geodesicDistances,
  jaccardIndex,
  jukesCantor,
  kimura,
  kmerFrequencies,
  kmerSpectrum,
  logDet,
  mashDistance,
  mashSketch,
  neighborJoining,
  pDistance,
  readNewick,
  reverseComplement,
  robinsonFoulds,
} from '../src/index';
import { dataFolder, dataPath } from './support';

/** Two aligned sequences with so many of each pair of bases: `{ AA: 3, AG: 1 }`. */
function aligned(counts: Record<string, number>): [string, string] {
  const row = (side: number) => Object.entries(counts).map(([pair, count]) => pair[side].repeat(count)).join(''); // prettier-ignore
  return [row(0), row(1)];
}

const sequence = fc.stringMatching(/^[ACGT]{4,60}$/);

describe('distances from an alignment', () => {
  it('are those of the textbook for human and orangutan', () => {
    // 12S rRNA, 948 sites, 84 transitions, 6 transversions: Yang, Computational Molecular Evolution (2006), section 1.2
    const [human, orangutan] = aligned({ AA: 300, CC: 258, GG: 200, TT: 100, AG: 40, CT: 44, AC: 3, GT: 3 });
    expect(pDistance(human, orangutan)).toBeCloseTo(90 / 948, 12);
    expect(jukesCantor(human, orangutan)).toBeCloseTo(0.1015, 4);
    expect(kimura(human, orangutan)).toBeCloseTo(0.1046, 4);
  });

  it('worked out by hand', () => {
    const [a, b] = aligned({ AA: 7, AG: 2, AC: 1 });
    expect(pDistance(a, b)).toBeCloseTo(0.3, 12);
    expect(jukesCantor(a, b)).toBeCloseTo(-0.75 * Math.log(0.6), 12);
    expect(kimura(a, b)).toBeCloseTo(-0.5 * Math.log(1 - 0.4 - 0.1) - 0.25 * Math.log(0.8), 12);
    // F with ⅓·¼ … on the diagonal and 1/60 beside: det = (0.2 − 1/60)³·(0.2 + 3/60), compositions all ¼
    const pairs = ['A', 'C', 'G', 'T'].flatMap((x) =>
      ['A', 'C', 'G', 'T'].map((y) => [x + y, x === y ? 12 : 1] as const),
    );
    const [c, d] = aligned(Object.fromEntries(pairs));
    expect(logDet(c, d)).toBeCloseTo(-0.25 * (Math.log((11 / 60) ** 3 * 0.25) - Math.log(0.25 ** 4)), 12);
    expect(logDet(c, d)).toBeCloseTo(jukesCantor(c, d), 12); // what it must be where Jukes and Cantor's model holds
  });

  it('pass over gaps, ambiguity codes and case', () => {
    expect([...basePairs('ACGU-NRacgt', 'ACGTA-ARCGT')].reduce((sum, count) => sum + count)).toBe(7);
    expect(pDistance('ACGU-NRacgt', 'ACGTAAARCGA')).toBeCloseTo(1 / 7, 12);
  });

  it('are infinite where sequences are as far apart as chance', () => {
    const [a, b] = aligned({ AA: 1, AC: 1, AG: 1, AT: 1 });
    expect([jukesCantor(a, b), kimura(a, b), logDet(a, b)]).toEqual([Infinity, Infinity, Infinity]);
    expect(jukesCantor('AAAA', 'CCCC')).toBe(Infinity);
    expect(kimura(...aligned({ AA: 1, AG: 1 }))).toBe(Infinity); // 1 − 2·½ − 0 = 0
  });

  it('are 0 of a sequence with itself, and the same both ways', () => {
    fc.assert(
      fc.property(sequence, fc.nat(), (a, seed) => {
        const rng = new Rng(seed);
        const b = [...a].map((letter) => (rng.integer(5) === 0 ? 'ACGT'[rng.integer(4)] : letter)).join('');
        for (const distance of [pDistance, jukesCantor, kimura, logDet]) {
          expect(distance(a, a)).toBeCloseTo(0, 12);
          const [there, back] = [distance(a, b), distance(b, a)];
          if (there === Infinity) expect(back).toBe(Infinity);
          else expect(back).toBeCloseTo(there, 9);
        }
        expect(jukesCantor(a, b)).toBeGreaterThanOrEqual(pDistance(a, b));
        expect(pDistance(reverseComplement(a), reverseComplement(b))).toBe(pDistance(a, b));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('need something to compare', () => {
    expect(() => pDistance('AC', 'A')).toThrow('expected aligned sequences of one length, got 2 and 1');
    expect(() => jukesCantor('A-', '-A')).toThrow('no position where both sequences have A, C, G or T');
  });
});

describe('kmerSpectrum', () => {
  it('counts, in the order of the alphabet', () => {
    const spectrum = kmerSpectrum('AACGTNaa', 2); // AA AC CG GT, then AA
    const at = (kmer: string) => spectrum[4 * 'ACGT'.indexOf(kmer[0]) + 'ACGT'.indexOf(kmer[1])];
    expect([at('AA'), at('AC'), at('CG'), at('GT'), spectrum.reduce((a, b) => a + b)]).toEqual([2, 1, 1, 1, 5]);
    expect([...kmerSpectrum('ACG', 1)]).toEqual([1, 1, 1, 0]);
    expect(kmerSpectrum('ACG', 4).some(Boolean)).toBe(false);
  });

  it('counts across the end of a circle, wherever it is cut', () => {
    fc.assert(
      fc.property(sequence, fc.nat(), fc.integer({ min: 1, max: 4 }), (circle, by, k) => {
        const at = by % circle.length;
        const turned = circle.slice(at) + circle.slice(0, at);
        const spectrum = kmerSpectrum(circle, k, { isCircular: true });
        expect(kmerSpectrum(turned, k, { isCircular: true })).toEqual(spectrum);
        expect(spectrum.reduce((sum, count) => sum + count)).toBe(circle.length);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('of canonical k-mers is the same on both strands', () => {
    fc.assert(
      fc.property(sequence, fc.integer({ min: 1, max: 6 }), (forward, k) => {
        const canonical = kmerSpectrum(forward, k, { isCanonical: true });
        expect(kmerSpectrum(reverseComplement(forward), k, { isCanonical: true })).toEqual(canonical);
        expect(canonical.reduce((sum, count) => sum + count)).toBe(Math.max(0, forward.length - k + 1));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('becomes shares', () => {
    expect([...kmerFrequencies('AACG', 1)]).toEqual([0.5, 0.25, 0.25, 0]);
    expect(() => kmerFrequencies('NNN', 1)).toThrow('no 1-mer of A, C, G and T in 3 letters');
    expect(() => kmerSpectrum('ACG', 13)).toThrow('expected k to be an integer from 1 to 12, got 13');
  });

  it.skipIf(!dataFolder)('counts the words of the bears as alfpy did', async () => {
    const bears = await collectFasta(readFileSync(dataPath('nj_reference/alfpy_bears.dna.fasta')));
    for (const k of [1, 2, 3]) {
      const spectra = bears.map(({ sequence }) => kmerSpectrum(sequence, k));
      const lines = readFileSync(dataPath(`nj_reference/alfpy_bears.dna.fasta.${k}mer`), 'utf8')
        .trim()
        .split('\n');
      expect(lines.length).toBe(4 ** k);
      for (const [total, sequences, word, ...counts] of lines.map((line) => line.split(/\s+/))) {
        const code = [...word].reduce((sum, letter) => 4 * sum + 'ACGT'.indexOf(letter), 0);
        const found = spectra.map((spectrum) => spectrum[code]);
        expect(found.reduce((sum, count) => sum + count)).toBe(Number(total));
        expect(found.filter(Boolean).length).toBe(Number(sequences));
        expect(counts).toEqual(found.flatMap((count, i) => (count > 0 ? [`${i}:${count}`] : [])));
      }
    }
  });
});

describe('mashDistance', () => {
  it('worked out by hand', () => {
    // 3-mers, one strand: AAC ACG CGT GTA against AAC ACG CGA: 2 of 5 in common
    const [a, b] = ['AACGTA', 'AACGA'].map((letters) => mashSketch(letters, { k: 3, isCanonical: false }));
    expect(jaccardIndex(a, b)).toBe(2 / 5);
    expect(mashDistance(a, b)).toBeCloseTo(-Math.log(0.8 / 1.4) / 3, 12);
    expect(mashDistance(a, a)).toBe(0);
    expect(mashDistance(a, mashSketch('GGGG', { k: 3, isCanonical: false }))).toBe(Infinity);
    // Both strands: AAC=GTT ACG=CGT GTA=TAC, and AAC ACG CGA=TCG: 2 of 4
    expect(jaccardIndex(mashSketch('AACGTA', { k: 3 }), mashSketch('AACGA', { k: 3 }))).toBe(2 / 4);
  });

  it('is the same on both strands', () => {
    fc.assert(
      fc.property(sequence, sequence, (a, b) => {
        const sketch = (letters: string) => mashSketch(letters, { k: 3, size: 7 });
        expect(mashDistance(sketch(a), sketch(reverseComplement(b)))).toBe(mashDistance(sketch(a), sketch(b)));
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('estimates substitutions per site, from sketches as well', () => {
    const rng = new Rng(5);
    const ancestor = Array.from({ length: 100_000 }, () => 'ACGT'[rng.integer(4)]);
    const mutant = ancestor.map((letter) => (rng.next() < 0.05 ? 'ACGT'[('ACGT'.indexOf(letter) + 1 + rng.integer(3)) % 4] : letter)); // prettier-ignore
    const [a, b] = [ancestor, mutant].map((letters) => letters.join(''));
    const sketched = (size?: number) => mashDistance(...([a, b].map((letters) => mashSketch(letters, { k: 15, size })) as [never, never])); // prettier-ignore
    expect(sketched()).toBeCloseTo(0.05, 2); // (1 − 0.05)^15 of the k-mers stay
    expect(Math.abs(sketched(2000) - sketched())).toBeLessThan(0.006); // four standard deviations of j among 2 000
  });

  it('compares like with like', () => {
    expect(() => mashDistance(mashSketch('ACGT', { k: 3 }), mashSketch('ACGT', { k: 2 }))).toThrow('got k 3 and 2');
    expect(() => mashDistance(mashSketch('ACGT', { k: 5 }), mashSketch('ACGT', { k: 5 }))).toThrow(
      'a sequence has no 5-mer',
    );
    expect(() => mashSketch('ACGT', { k: 27 })).toThrow('expected k to be an integer from 1 to 26, got 27');
    expect(() => mashSketch('ACGT', { size: 0 })).toThrow('expected a size of at least 1, got 0');
  });
});

describe('distances between vectors', () => {
  it('worked out by hand', () => {
    expect(euclideanDistance([1, 2, 3], [4, 6, 3])).toBe(5);
    expect(cosineDistance([1, 0], [1, 1])).toBeCloseTo(1 - Math.SQRT1_2, 12);
    expect(cosineDistance([1, 2], [-1, -2])).toBeCloseTo(2, 12);
    expect(angularDistance([1, 0], [0, 3])).toBeCloseTo(Math.PI / 2, 12);
    expect(cosineDistance([0, 0], [1, 1])).toBeNaN();
    expect(() => euclideanDistance([1], [1, 2])).toThrow('expected two vectors of one length, got 1 and 2');
  });

  it('follow a circle', () => {
    // 40 points on a circle: opposite ones are 2 apart through it, and 20 chords of 2·sin(π/40) apart along it
    const points = Array.from({ length: 40 }, (_, i) => [Math.cos((i * Math.PI) / 20), Math.sin((i * Math.PI) / 20)]);
    const names = points.map((_, i) => `p${i}`);
    const { values } = geodesicDistances(names, points, { neighbors: 2 });
    const chord = 2 * Math.sin(Math.PI / 40);
    expect(values[20]).toBeCloseTo(20 * chord, 12);
    expect(values[7 * 40 + 37]).toBeCloseTo(10 * chord, 12);
    expect(geodesicDistances(names, points, { neighbors: 39 }).values[20]).toBeCloseTo(2, 12);
  });

  it('along a graph are at least the direct ones, and keep the triangle inequality', () => {
    const rng = new Rng(9);
    const points = Array.from({ length: 30 }, () => [rng.normal(), rng.normal(), rng.normal()]);
    const { values } = geodesicDistances(points.map((_, i) => `p${i}`), points, { neighbors: 6 }); // prettier-ignore
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < 30; j++) {
        expect(values[i * 30 + j]).toBeGreaterThanOrEqual(euclideanDistance(points[i], points[j]) - 1e-12);
        for (let k = 0; k < 30; k++) expect(values[i * 30 + j]).toBeLessThanOrEqual(values[i * 30 + k] + values[k * 30 + j] + 1e-12); // prettier-ignore
      }
    }
  });

  it('say when the graph falls into pieces', () => {
    const points = [[0], [1], [10], [11]];
    expect(() => geodesicDistances(['a', 'b', 'c', 'd'], points, { neighbors: 1 })).toThrow(
      'with 1 neighbours only 2 of 4 points hang together; take more',
    );
  });
});

describe.skipIf(!dataFolder)('neighbour joining of 41 mitochondrial genomes', () => {
  /** How many of the 35 splits of the reference tree the tree of these distances has. */
  const recovered = async <T>(describeSequence: (letters: string) => T, distance: (a: T, b: T) => number) => {
    const mammals = await collectFasta(readFileSync(dataPath('mito_mammals41/genomes.fasta.gz')));
    const [reference] = readNewick(readFileSync(dataPath('mito_mammals41/reference_tree.nwk'), 'utf8'));
    const items = mammals.map(({ sequence }) => describeSequence(sequence));
    const matrix = distanceMatrix(mammals.map(({ id }) => id), (i, j) => distance(items[i], items[j])); // prettier-ignore
    const { shared, splits } = robinsonFoulds(neighborJoining(matrix), reference);
    expect(splits).toEqual([38, 35]);
    return shared;
  };

  for (const [k, splits] of [[3, 16], [5, 21], [8, 27]]) {
    it(`recovers ${splits} of 35 splits from frequencies of ${k}-mers`, async () => {
      expect(await recovered((letters) => kmerFrequencies(letters, k), euclideanDistance)).toBe(splits);
    });
  } // prettier-ignore

  for (const [k, splits] of [[8, 29], [10, 32], [12, 34]]) {
    it(`recovers ${splits} of 35 splits from Mash distances with k = ${k}`, async () => {
      expect(await recovered((letters) => mashSketch(letters, { k }), mashDistance)).toBe(splits);
    });
  } // prettier-ignore
});
