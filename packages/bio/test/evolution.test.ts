import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distanceMatrix,
  gammaRates,
  gtr,
  hky85,
  jc69,
  jukesCantor,
  k80,
  kimura,
  logDet,
  matrixExponential,
  neighborJoining,
  pDistance,
  randomTree,
  readNewick,
  robinsonFoulds,
  simulateAlignment,
  transitionProbabilities,
} from '../src/index';
import type { SubstitutionModel, Tree } from '../src/index';
import { gammaCdf, gammaQuantile, logGamma } from '../src/evolution/gamma-distribution';

const parse = (text: string) => readNewick(text)[0];
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe('matrixExponential', () => {
  it('of a turn is a rotation, of a diagonal its exponentials', () => {
    const [sine, cosine] = [Math.sin(2.5), Math.cos(2.5)];
    expect(largestDifference(matrixExponential([0, -2.5, 2.5, 0], 2), [cosine, -sine, sine, cosine])).toBeLessThan(
      1e-13,
    );
    expect(largestDifference(matrixExponential([3, 0, 0, -40], 2), [Math.exp(3), 0, 0, Math.exp(-40)])).toBeLessThan(
      1e-12,
    );
    expect([...matrixExponential([0, 7, 0, 0], 2)]).toEqual([1, 7, 0, 1]);
    expect(() => matrixExponential([1, 2], 2)).toThrow('expected 2 × 2 numbers, got 2');
    expect(() => matrixExponential([NaN], 1)).toThrow('expected finite numbers');
  });
});

/** The closed form of HKY85 (Hasegawa, Kishino & Yano 1985), of which JC69 and K80 are cases. */
function closedForm(kappa: number, [a, c, g, t]: readonly number[], length: number): number[] {
  const [purines, pyrimidines] = [a + g, c + t];
  const beta = 1 / (2 * purines * pyrimidines + 2 * kappa * (a * g + c * t));
  return Array.from({ length: 16 }, (_, at) => {
    const [x, y] = [at >> 2, at & 3];
    const own = [a, c, g, t][y];
    const group = y % 2 === 0 ? purines : pyrimidines;
    const slow = Math.exp(-beta * length);
    const fast = Math.exp(-beta * length * (1 + group * (kappa - 1)));
    if (x === y) return own + own * (1 / group - 1) * slow + ((group - own) / group) * fast;
    if (x % 2 === y % 2) return own + own * (1 / group - 1) * slow - (own / group) * fast;
    return own * (1 - slow);
  });
}

describe('substitution models', () => {
  const frequencies = [0.1, 0.2, 0.3, 0.4];
  const models: SubstitutionModel[] = [jc69(), k80(4), hky85({ kappa: 3, frequencies }), gtr({ exchanges: [1, 4, 0.5, 2, 6, 1], frequencies })]; // prettier-ignore

  it('have the chances of their closed forms', () => {
    for (const length of [0, 1e-6, 0.01, 0.3, 1, 10, 300]) {
      const jc = Array.from(
        { length: 16 },
        (_, at) => 0.25 + (at % 5 === 0 ? 0.75 : -0.25) * Math.exp((-4 / 3) * length),
      );
      expect(largestDifference(transitionProbabilities(jc69(), length), jc)).toBeLessThan(1e-12);
      const even = [0.25, 0.25, 0.25, 0.25];
      expect(largestDifference(transitionProbabilities(k80(4), length), closedForm(4, even, length))).toBeLessThan(
        1e-12,
      );
      const hky = transitionProbabilities(hky85({ kappa: 3, frequencies }), length);
      expect(largestDifference(hky, closedForm(3, frequencies, length))).toBeLessThan(1e-12);
    }
  });

  it('change one site in a unit of length, stay in equilibrium and look the same backwards', () => {
    for (const { frequencies: f, rates, name } of models) {
      const bases = [0, 1, 2, 3];
      expect(-bases.reduce((sum, x) => sum + f[x] * rates[5 * x], 0), name).toBeCloseTo(1, 12);
      for (const y of bases) {
        expect(
          bases.reduce((sum, x) => sum + f[x] * rates[4 * x + y], 0),
          name,
        ).toBeCloseTo(0, 12);
        for (const x of bases) expect(f[x] * rates[4 * x + y], name).toBeCloseTo(f[y] * rates[4 * y + x], 12);
      }
    }
  });

  it('may take a branch in two steps', () => {
    const lengths = fc.double({ min: 0, max: 5, noNaN: true });
    fc.assert(
      fc.property(lengths, lengths, fc.constantFrom(...models), (s, t, model) => {
        const [first, second, both] = [s, t, s + t].map((length) => transitionProbabilities(model, length));
        const product = both.map((_, at) => [0, 1, 2, 3].reduce((sum, k) => sum + first[(at & 12) + k] * second[4 * k + (at & 3)], 0)); // prettier-ignore
        expect(largestDifference(product, both)).toBeLessThan(1e-12);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('are one model where they should be', () => {
    const even = [1, 1, 1, 1]; // counts will do
    expect(largestDifference(k80(1).rates, jc69().rates)).toBeLessThan(1e-15);
    expect(largestDifference(hky85({ kappa: 5, frequencies: even }).rates, k80(5).rates)).toBeLessThan(1e-15);
    const exchanges = [1, 3, 1, 1, 3, 1];
    expect(largestDifference(gtr({ exchanges, frequencies }).rates, hky85({ kappa: 3, frequencies }).rates)).toBeLessThan(1e-15); // prettier-ignore
  });

  it('say what is wrong', () => {
    expect(() => k80(-1)).toThrow('k80: expected rates of at least 0, got -1');
    expect(() => hky85({ kappa: 1, frequencies: [1, 1, 0, 1] })).toThrow(
      'expected four frequencies above 0, got 1, 1, 0, 1',
    );
    expect(() => gtr({ exchanges: [1], frequencies })).toThrow('expected 6 exchangeabilities, got 1');
    expect(() => transitionProbabilities(jc69(), -0.1)).toThrow('expected a length of at least 0, got -0.1');
  });
});

describe('the gamma distribution', () => {
  it('has the values of the tables', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 12);
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 13); // Γ(0.1) = 9.513507698668732
    for (const x of [0.01, 0.5, 1, 3, 20]) expect(gammaCdf(1, x)).toBeCloseTo(1 - Math.exp(-x), 13); // exponential
    for (const x of [0.2, 2, 9]) expect(gammaCdf(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 13); // Poisson
    expect(2 * gammaQuantile(0.5, 0.95)).toBeCloseTo(3.841458820694124, 11); // χ², one degree of freedom
    expect(2 * gammaQuantile(5, 0.05)).toBeCloseTo(3.9402991361190609, 11); // χ², ten
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, Infinity]);
  });

  it('turns back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 50, noNaN: true }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (shape, p) => {
 expect(gammaCdf(shape, gammaQuantile(shape, p))).toBeCloseTo(p, 10);
 }), // prettier-ignore
      { seed: 2, numRuns: 100 },
    );
  });

  it('has the four rates that Yang printed for shape ½', () => {
    const rates = gammaRates(0.5); // Yang 1994, J. Mol. Evol. 39:306
    expect(rates.map((rate) => Number(rate.toFixed(4)))).toEqual([0.0334, 0.2519, 0.8203, 2.8944]);
  });

  it('has rates with mean 1, in order, and all alike where the shape is large', () => {
    for (const shape of [0.1, 0.5, 1, 2, 10]) {
      const rates = gammaRates(shape, 8);
      expect(rates.reduce((sum, rate) => sum + rate, 0) / 8).toBeCloseTo(1, 12);
      expect([...rates].sort((a, b) => a - b)).toEqual(rates);
    }
    expect(Math.max(...gammaRates(1e6))).toBeLessThan(1.002);
    expect(() => gammaRates(0)).toThrow('expected a shape above 0, got 0');
    expect(() => gammaRates(1, 0)).toThrow('expected at least 1 category, got 0');
  });
});

/** Five standard deviations of a share of so many. */
const fiveSigma = (share: number, n: number) => 5 * Math.sqrt((share * (1 - share)) / n);

describe('simulateAlignment', () => {
  const pair = (length: number): Tree => parse(`(a:${length / 3},b:${(2 * length) / 3});`);
  const n = 200_000;
  const frequencies = [0.1, 0.2, 0.3, 0.4];

  it("changes as many sites as Jukes and Cantor's law says", () => {
    for (const [length, seed] of [[0.1, 1], [0.5, 2], [2, 3]]) {
      const { alignment } = simulateAlignment(pair(length), { rng: new Rng(seed), model: jc69(), lengthBp: n });
      const share = 0.75 * (1 - Math.exp((-4 / 3) * length));
      const found = pDistance(alignment[0].sequence, alignment[1].sequence);
      expect(Math.abs(found - share)).toBeLessThan(fiveSigma(share, n));
    } // prettier-ignore
  });

  it('keeps the frequencies, and its distances are the branch lengths', () => {
    const model = hky85({ kappa: 4, frequencies });
    const { alignment, root } = simulateAlignment(pair(0.4), { rng: new Rng(4), model, lengthBp: n });
    for (const letters of [root, ...alignment.map(({ sequence }) => sequence)]) {
      frequencies.forEach((share, base) => {
        const found = letters.split('ACGT'[base]).length - 1;
        expect(Math.abs(found / n - share)).toBeLessThan(fiveSigma(share, n));
      });
    }
    const kimuras = simulateAlignment(pair(0.4), { rng: new Rng(5), model: k80(6), lengthBp: n }).alignment;
    expect(kimura(kimuras[0].sequence, kimuras[1].sequence)).toBeCloseTo(0.4, 2); // s.d. 0.002
    expect(jukesCantor(kimuras[0].sequence, kimuras[1].sequence)).toBeLessThan(0.39); // blind to transitions
  });

  it('has sites of different rates', () => {
    const rates = gammaRates(0.5);
    const options = { rng: new Rng(6), model: jc69(), lengthBp: n, rates, invariant: 0.3 };
    const result = simulateAlignment(pair(0.8), options);
    const [a, b] = result.alignment.map(({ sequence }) => sequence);
    const law = (rate: number) => 0.75 * (1 - Math.exp((-4 / 3) * 0.8 * rate));
    const expected = 0.7 * rates.reduce((sum, rate) => sum + law(rate / 0.7) / 4, 0);
    expect(Math.abs(pDistance(a, b) - expected)).toBeLessThan(fiveSigma(expected, n));
    expect(result.rates.reduce((sum, rate) => sum + rate, 0) / n).toBeCloseTo(1, 1);
    for (const rate of [0, ...rates]) {
      const sites = [...result.rates.keys()].filter((i) => Math.abs(result.rates[i] - rate / 0.7) < 1e-12);
      const changed = sites.filter((i) => a[i] !== b[i]).length / sites.length;
      expect(Math.abs(changed - law(rate / 0.7))).toBeLessThanOrEqual(fiveSigma(law(rate / 0.7), sites.length));
    }
  });

  it('lets neighbour joining find the tree again', () => {
    const tree = randomTree({ rng: new Rng(7), taxa: 20, meanLength: 0.1 });
    const { alignment } = simulateAlignment(tree, { rng: new Rng(8), model: k80(3), lengthBp: 50_000 });
    const rows = alignment.map(({ sequence }) => sequence);
    for (const distance of [kimura, logDet]) {
      const matrix = distanceMatrix(alignment.map(({ id }) => id), (i, j) => distance(rows[i], rows[j])); // prettier-ignore
      expect(robinsonFoulds(neighborJoining(matrix), tree).weighted).toBeLessThan(0.2); // of a length of some 3.7
    }
  });

  it('begins with the root that it is given', () => {
    const tree = parse('((a:0,b:0):0,c:0.3);');
    const { alignment, root, rows } = simulateAlignment(tree, { rng: new Rng(1), model: jc69(), root: 'acgtACGT' });
    expect([root, alignment[0].sequence, alignment[1].sequence, rows[0]]).toEqual(Array(4).fill('ACGTACGT'));
    expect(alignment.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('with insertions alone grows as a birth process with immigration', () => {
    // dL/dt = λ·m·(L + 1), so that L + 1 grows by e^(λ·m·t); the variance is at most that of 1 000 runs below
    const lengths = Array.from({ length: 400 }, (_, seed) => {
      const indels = { insertionRate: 0.2, deletionRate: 0, meanLength: 3 };
      const { sequences } = simulateAlignment(parse('(a:1);'), {
        rng: new Rng(seed),
        model: jc69(),
        lengthBp: 99,
        indels,
      });
      return sequences[0].sequence.length + 1;
    });
    const mean = lengths.reduce((sum, length) => sum + length, 0) / 400;
    const deviation = Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / 400 / 400);
    expect(Math.abs(mean - 100 * Math.exp(0.6))).toBeLessThan(4 * deviation);
    expect(deviation).toBeLessThan(3);
  });

  it('with rare deletions leaves gaps of geometric length', () => {
    const indels = { insertionRate: 0, deletionRate: 0.002, meanLength: 4 };
    const result = simulateAlignment(parse('(a:1,b:0);'), { rng: new Rng(3), model: jc69(), lengthBp: n, indels });
    const gaps = result.alignment[0].sequence.match(/-+/g)!.map((gap) => gap.length);
    expect(Math.abs(gaps.length - 400)).toBeLessThan(5 * 20); // Poisson; neighbours that touch are few
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs(mean - 4)).toBeLessThan(5 * Math.sqrt(12 / 400)); // variance m·(m − 1)
    expect(Math.abs(gaps.filter((gap) => gap === 1).length / gaps.length - 0.25)).toBeLessThan(fiveSigma(0.25, 400));
  });

  it('returns the true alignment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), (taxa, seed) => {
        const tree = randomTree({ rng: new Rng(seed), taxa, meanLength: 0.3 });
        const indels = { insertionRate: 0.1, deletionRate: 0.1, meanLength: 3 };
        const result = simulateAlignment(tree, {
          rng: new Rng(seed),
          model: jc69(),
          lengthBp: 80,
          indels,
          rates: gammaRates(1),
        });
        const { alignment, sequences, rows, rates } = result;
        const width = rates.length;
        for (const row of rows) expect(row).toMatch(new RegExp(`^[ACGT-]{${width}}$`));
        for (let i = 0; i < width; i++) expect(alignment.some(({ sequence }) => sequence[i] !== '-')).toBe(true);
        alignment.forEach(({ sequence }, i) => expect(sequence.replaceAll('-', '')).toBe(sequences[i].sequence));
        expectOneOrigin(tree, rows);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('says what is wrong', () => {
    const options = { rng: new Rng(1), model: jc69() };
    expect(() => simulateAlignment(parse('(a:1,b);'), options)).toThrow('but the branch above b has none');
    expect(() => simulateAlignment(parse('((a:1,c:1):-1,b:1);'), options)).toThrow('but a branch has -1');
    expect(() => simulateAlignment(pair(1), { ...options, root: 'ACN' })).toThrow(
      '"N" at position 3 of the root is not',
    );
    expect(() => simulateAlignment(pair(1), { ...options, invariant: 1 })).toThrow('from 0 to below 1, got 1');
    expect(() => simulateAlignment(pair(1), { ...options, lengthBp: -1 })).toThrow(
      'whole length of at least 0, got -1',
    );
    const indels = { insertionRate: 1, deletionRate: 1, meanLength: 0.5 };
    expect(() => simulateAlignment(pair(1), { ...options, indels })).toThrow(
      'mean length of indels of at least 1, got 0.5',
    );
  });
});

/** Every column came once, at one node, and what has it descends from there without a break: no letter comes back. */
function expectOneOrigin(tree: Tree, rows: readonly string[]): void {
  const parents: number[] = [];
  const visit = (node: Tree, parent: number) => {
    const index = parents.push(parent) - 1;
    for (const child of node.children) visit(child, index);
  };
  visit(tree, -1);
  for (let column = 0; column < rows[0].length; column++) {
    const origins = rows.filter((row, i) => row[column] !== '-' && (i === 0 || rows[parents[i]][column] === '-'));
    expect(origins.length).toBe(1);
  }
}
