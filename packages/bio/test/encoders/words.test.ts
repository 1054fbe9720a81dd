import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chargeAt,
  CODON_NAMES,
  codonCounts,
  decodeCodons,
  decodeKmers,
  decodeProperties,
  decodeTokens,
  encodeCodons,
  encodeProperties,
  encodeTokens,
  gappedKmerCounts,
  gappedPatterns,
  hydropathy,
  kmerCounts,
  kmerIndices,
  kmerLetters,
  protein,
  propertyScales,
  relativeCodonUsage,
  reverseComplement,
  smilesTokens,
  volume,
  vocabularyOf,
} from '../../src/index';
import { dataFolder, dataPath } from '../support';

const seed = { seed: 5, numRuns: 200 };
const bases = fc.stringMatching(/^[ACGT]{0,40}$/);

describe('k-mers', () => {
  it('are numbered with their first letter highest', () => {
    expect([...kmerIndices('AACTT', { k: 2 })]).toEqual([0, 1, 7, 15]);
    expect([...kmerIndices('ACgNTT', { k: 2 })]).toEqual([1, 6, -1, -1, 15]);
    expect([...kmerIndices('ACGT', { k: '101' })]).toEqual([2, 7]);
    expect(kmerLetters(2, { k: '101' })).toBe('A.G');
    expect([...kmerIndices('A', { k: 2 })]).toEqual([]);
  });

  it('count what a search counts', () => {
    fc.assert(
      fc.property(bases, fc.constantFrom(1, 2, 3, '11', '1011', '1001'), (sequence, k) => {
        const counts = kmerCounts(sequence, { k });
        counts.forEach((count, index) => {
          const pattern = new RegExp(`(?=${kmerLetters(index, { k })})`, 'g'); // looks ahead, so that hits may overlap
          expect(count).toBe([...sequence.matchAll(pattern)].length);
        });
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('give the sequence back', () => {
    fc.assert(
      fc.property(bases, fc.integer({ min: 1, max: 5 }), (sequence, k) => {
        fc.pre(sequence.length >= k);
        expect(decodeKmers(kmerIndices(sequence, { k }), { k })).toBe(sequence);
      }),
      seed,
    );
    expect(decodeKmers(kmerIndices('ACNGT', { k: 2 }), { k: 2 })).toBe('ACNGT');
  });

  it('with gaps: every choice of the letters that count', () => {
    expect(gappedPatterns({ width: 3, known: 2 })).toEqual(['11', '101']);
    expect(gappedPatterns({ width: 6, known: 3 })).toHaveLength(10); // 5 over 2: the first always counts
    // Windows of 3 in ACGT are ACG and CGT: pairs AC, CG; A.G, C.T
    const counts = gappedKmerCounts('ACGT', { width: 3, known: 2 });
    expect([...counts].flatMap((count, i) => (count > 0 ? [[i, count]] : []))).toEqual([
      [1, 1],
      [6, 1],
      [18, 1],
      [23, 1],
    ]);
  });

  it('with gaps: each window is counted once for each pattern', () => {
    const shape = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.tuple(fc.constant(width), fc.integer({ min: 1, max: width })));
    fc.assert(
      fc.property(bases, shape, (sequence, [width, known]) => {
        const counts = gappedKmerCounts(sequence, { width, known });
        const patterns = gappedPatterns({ width, known });
        const size = 4 ** known;
        patterns.forEach((_, i) => {
          const total = counts.slice(i * size, (i + 1) * size).reduce((sum, count) => sum + count, 0);
          expect(total).toBe(Math.max(sequence.length - width + 1, 0));
        });
        const first = sequence.slice(0, width);
        patterns.forEach((k, i) => {
          if (first.length < width) return;
          const own = kmerIndices(first, { k })[0];
          expect(counts[i * size + own]).toBeGreaterThan(0);
        });
      }),
      seed,
    );
  });

  it('count on a circle wherever it is cut, and on either strand alike, with gaps or without', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ACGTN]{5,40}$/),
        fc.nat(),
        fc.constantFrom(1, 2, 3, 5, '101', '1001', '11011'),
        (circle, by, k) => {
          const at = by % circle.length;
          const turned = circle.slice(at) + circle.slice(0, at);
          const options = { k, isCircular: true, isCanonical: true };
          const counts = kmerCounts(circle, options);
          expect(kmerCounts(turned, options)).toEqual(counts);
          expect(kmerCounts(reverseComplement(circle), options)).toEqual(counts);
          const both = kmerCounts(circle, { k, isCircular: true });
          kmerCounts(reverseComplement(circle), { k, isCircular: true }).forEach((count, i) => (both[i] += count));
          counts.forEach((count, i) => {
            const letters = kmerLetters(i, { k });
            const isPalindrome = reverseComplement(letters.replaceAll('.', 'N')).replaceAll('N', '.') === letters;
            if (count > 0) expect(both[i]).toBe(isPalindrome ? 2 * count : count);
          });
        },
      ),
      seed,
    );
  });

  it('say what is possible', () => {
    expect(() => kmerCounts('A', { k: '1101', isCanonical: true })).toThrow('the pattern 1101 is another');
    expect(() => kmerCounts('M', { k: 2, alphabet: protein, isCanonical: true })).toThrow(
      'letters of protein do not pair',
    );
    expect(() => kmerCounts('A', { k: 0 })).toThrow('expected k of at least 1 or a pattern');
    expect(() => kmerCounts('A', { k: '011' })).toThrow('or a pattern such as');
    expect(() => kmerIndices('A', { k: 16 })).toThrow('4^16 are more than 2³¹');
    expect(() => gappedPatterns({ width: 2, known: 3 })).toThrow('1 ≤ known ≤ width');
  });
});

describe('codons', () => {
  it('are read in their frame and given back', () => {
    expect(decodeCodons(encodeCodons('ATGGCNTAA'))).toBe('ATGNNNTAA');
    expect(encodeCodons('GATGGCT', { phase: 1 })).toEqual(encodeCodons('ATGGCT'));
    expect([CODON_NAMES[0], CODON_NAMES[14], CODON_NAMES[63]]).toEqual(['AAA', 'ATG', 'TTT']);
    fc.assert(
      fc.property(fc.stringMatching(/^([ACGT]{3}){0,20}$/), (sequence) => {
        expect(decodeCodons(encodeCodons(sequence))).toBe(sequence);
      }),
      seed,
    );
  });

  it('usage is relative to the codons for the same amino acid', () => {
    const counts = codonCounts('AAAAAAAAAAAGATG'); // AAA three times, AAG and ATG once
    const usage = relativeCodonUsage(counts, (codon) =>
      codon.startsWith('AA') ? (/[AG]$/.test(codon) ? 'K' : 'N') : codon,
    );
    const of = (codon: string) => usage[CODON_NAMES.indexOf(codon)];
    expect([of('AAA'), of('AAG'), of('ATG'), of('AAC')]).toEqual([1.5, 0.5, 1, NaN]);
  });
});

describe('properties of amino acids', () => {
  it('have the numbers of their papers', () => {
    expect([hydropathy.values.I, hydropathy.values.R, hydropathy.values.G]).toEqual([4.5, -4.5, -0.4]);
    expect([volume.values.G, volume.values.W, volume.values.R]).toEqual([60.1, 227.8, 173.4]);
    const { values } = chargeAt(7);
    expect(values.H).toBeCloseTo(1 / 11, 12); // one pH unit above its pKa: 1 of 11
    expect([values.K, values.D].map(Math.round)).toEqual([1, -1]);
    expect(chargeAt(6).values.H).toBe(0.5);
  });

  it('are standardised over the twenty', () => {
    const { values, shape } = encodeProperties([protein.letters]);
    for (let c = 0; c < shape[2]; c++) {
      const column = Array.from({ length: 20 }, (_, i) => values[i * shape[2] + c]);
      expect(Math.abs(column.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-5);
      expect(column.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(20, 4);
    }
    for (const value of encodeProperties(['X']).values) expect(Math.abs(value)).toBeLessThan(1e-6);
    expect([...encodeProperties(['Bg'], { scales: [hydropathy], units: 'original' }).values]).toEqual([
      -3.5,
      Math.fround(-0.4),
    ]);
  });

  it('give the sequences back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[ACDEFGHIKLMNPQRSTVWYXBZJ]{0,30}$/)),
        fc.constantFrom('standard' as const, 'original' as const),
        (sequences, units) => {
          const scales = propertyScales;
          expect(decodeProperties(encodeProperties(sequences, { scales, units }), { scales, units })).toEqual(
            sequences,
          );
        },
      ),
      seed,
    );
    expect(() => encodeProperties(['M1'])).toThrow('sequence 1: "1" at position 2 is not an IUPAC protein letter');
  });
});

describe('SMILES', () => {
  const cases: [smiles: string, tokens: string[]][] = [
    ['CCl', ['C', 'Cl']],
    ['BrCBCl', ['Br', 'C', 'B', 'Cl']],
    ['c1ccccc1', ['c', '1', 'c', 'c', 'c', 'c', 'c', '1']],
    ['C%12CC%12', ['C', '%12', 'C', 'C', '%12']],
    ['C%(104)C1', ['C', '%(104)', 'C', '1']],
    ['N[C@@H](C)C(=O)[O-]', ['N', '[C@@H]', '(', 'C', ')', 'C', '(', '=', 'O', ')', '[O-]']],
    ['F/C=C\\F.[Na+]', ['F', '/', 'C', '=', 'C', '\\', 'F', '.', '[Na+]']],
    ['Sn', ['S', 'n']], // outside brackets there is no tin
  ];
  for (const [smiles, tokens] of cases) it(smiles, () => expect(smilesTokens(smiles)).toEqual(tokens));

  it('splits brackets where asked', () => {
    const split = (smiles: string) => smilesTokens(smiles, { brackets: 'split' });
    expect(split('[13CH4]')).toEqual(['[', '1', '3', 'C', 'H', '4', ']']);
    expect(split('[Sn++]Cl')).toEqual(['[', 'Sn', '+', '+', ']', 'Cl']);
    expect(split('[nH][C@@H][se:2]')).toEqual(['[', 'n', 'H', ']', '[', 'C', '@@', 'H', ']', '[', 'se', ':', '2', ']']);
  });

  it('names what is no token', () => {
    expect(() => smilesTokens('CCX')).toThrow('position 3: "X" is no token of SMILES');
    expect(() => smilesTokens('C[NH')).toThrow('position 2: a bracket that is not closed');
    expect(() => smilesTokens('C%1')).toThrow('position 2: "%1" is no token');
    expect(() => smilesTokens('[Q]', { brackets: 'split' })).toThrow('position 2: "Q]" is no token');
  });

  it('gives back the tokens that a string is made of', () => {
    const token = fc.constantFrom(
      'C',
      'Cl',
      'Br',
      'B',
      'N',
      'c',
      'n',
      '(',
      ')',
      '=',
      '#',
      '1',
      '9',
      '%10',
      '%(123)',
      '[Na+]',
      '.',
    );
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        expect(smilesTokens(tokens.join(''))).toEqual(tokens);
      }),
      seed,
    );
  });

  it('any lists of tokens become numbers and back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ minLength: 1 }))), (texts) => {
        const vocabulary = vocabularyOf(texts);
        expect(decodeTokens(encodeTokens(texts, vocabulary), vocabulary)).toEqual(texts);
      }),
      seed,
    );
  });

  it('becomes numbers and back', () => {
    const texts = ['CCl', 'c1ccccc1', ''].map((smiles) => smilesTokens(smiles));
    const vocabulary = vocabularyOf(texts);
    expect(vocabulary.tokens.slice(2)).toEqual(['1', 'C', 'Cl', 'c']);
    const encoded = encodeTokens(texts, vocabulary);
    expect([encoded.shape, [...encoded.lengths], [...encoded.values.slice(0, 4)]]).toEqual([
      [3, 8],
      [2, 8, 0],
      [3, 4, 0, 0],
    ]);
    expect(decodeTokens(encoded, vocabulary)).toEqual(texts);
    expect(() => encodeTokens([['N']], vocabulary)).toThrow('sequence 1, token 1: "N" is not in the vocabulary');
    expect([...encodeTokens([['N']], vocabulary, { unknown: 'number' }).values]).toEqual([1]);
  });

  it.skipIf(!dataFolder)('every molecule of two data sets comes back from its tokens', () => {
    const lines = (text: string) => text.trim().split('\n').slice(1);
    const esol = lines(readFileSync(dataPath('smiles/esol_delaney.csv'), 'utf8'));
    const tox21 = lines(gunzipSync(readFileSync(dataPath('smiles/tox21.csv.gz'))).toString());
    const molecules = [...esol, ...tox21].map((line) => line.trim().split(',').at(-1)!);
    expect(molecules).toHaveLength(1128 + 8014);
    for (const smiles of molecules) {
      expect(smilesTokens(smiles).join('')).toBe(smiles);
      expect(smilesTokens(smiles, { brackets: 'split' }).join('')).toBe(smiles);
    }
  });
});
