import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  CircularSequence,
  codonCounts,
  distanceMatrix,
  findOrfs,
  geneticCode,
  jc69,
  jukesCantor,
  leavesOf,
  neighborJoining,
  orfCandidates,
  robinsonFoulds,
  simulateCoding,
  simulateProkaryote,
  simulateSpecies,
  translate,
} from '../../src/index';

describe('simulateCoding', () => {
  it('is one open reading frame', () => {
    for (let seed = 0; seed < 50; seed++) {
      const gene = simulateCoding({ rng: new Rng(seed), codons: 40 });
      expect(gene).toHaveLength(120);
      const peptide = translate(gene, { code: 11 });
      expect(peptide.slice(0, 1)).toBe('M');
      expect(peptide.indexOf('*')).toBe(39);
    }
  });

  it('has the codons it was told', () => {
    const gene = simulateCoding({ rng: new Rng(1), codons: 4002, usage: { CTG: 3, AAA: 1, TAA: 9 } });
    const inside = [...gene.slice(3, -3).matchAll(/.../g)].map(([codon]) => codon);
    expect(new Set(inside)).toEqual(new Set(['CTG', 'AAA']));
    expect(Math.abs(inside.filter((codon) => codon === 'CTG').length / 4000 - 0.75)).toBeLessThan(0.035); // 5 standard errors
    expect(codonCounts(gene).reduce((sum, count) => sum + count, 0)).toBe(4002);
    expect(() => simulateCoding({ rng: new Rng(1), codons: 5, usage: { TAA: 1 } })).toThrow(
      'no codon that is not a stop',
    );
  });

  it('has the share of G and C in third positions', () => {
    const gene = simulateCoding({ rng: new Rng(2), codons: 5000, gc: 0.8 });
    const third = [...gene].filter((_, i) => i % 3 === 2);
    expect(third.filter((letter) => 'GC'.includes(letter)).length / third.length).toBeGreaterThan(0.77);
  });
});

describe('simulateProkaryote', () => {
  for (const isCircular of [false, true]) {
    const { sequence, genes } = simulateProkaryote({ rng: new Rng(3), genes: 60, isCircular });
    const circle = new CircularSequence(sequence);

    it(`${isCircular ? 'circular' : 'linear'}: every gene is an open reading frame that a search finds`, () => {
      const starts = ['ATG', 'GTG', 'TTG'];
      const orfs = findOrfs(sequence, { code: 11, starts, isCircular });
      const keys = orfs.flatMap((orf) => orfCandidates(orf, sequence.length)).map(keyOf);
      const found = new Set(keys);
      expect(genes).toHaveLength(60);
      for (const gene of genes) {
        expect(found.has(keyOf(gene))).toBe(true);
        const letters = circle.extract(gene);
        expect(starts).toContain(letters.slice(0, 3));
        expect(geneticCode(11).stops).toContain(letters.slice(-3));
      }
    });

    it(`${isCircular ? 'circular' : 'linear'}: AGGAGG stands where it is said to`, () => {
      const withRbs = genes.filter(({ spacing }) => spacing >= 0);
      expect(Math.abs(withRbs.length - 42)).toBeLessThan(18); // 5 standard deviations of 3.5
      for (const gene of withRbs) {
        const start = gene.start - (gene.strand === '+' ? gene.spacing + 6 : 0);
        const end = gene.end + (gene.strand === '-' ? gene.spacing + 6 : 0);
        expect(circle.extract({ ...gene, start: (start + sequence.length) % sequence.length, end: end + (start < 0 ? sequence.length : 0) }).slice(0, 6)).toBe('AGGAGG'); // prettier-ignore
        expect(gene.spacing >= 5 && gene.spacing <= 9).toBe(true);
      }
    });
  }

  it('has a gene across the origin of a circle, and both strands', () => {
    const { sequence, genes } = simulateProkaryote({ rng: new Rng(4), genes: 20, isCircular: true });
    expect(genes.filter(({ start, end }) => start < sequence.length && end > sequence.length)).toHaveLength(1);
    expect(new Set(genes.map(({ strand }) => strand))).toEqual(new Set(['+', '-']));
    expect(genes.map(({ start }) => start)).toEqual(genes.map(({ start }) => start).sort((a, b) => a - b));
  });
});

const keyOf = ({ start, end, strand }: { start: number; end: number; strand: string }) => `${start} ${end} ${strand}`;

describe('simulateSpecies', () => {
  it('evolves genomes from which their tree comes back', () => {
    const { tree, alignment, genomes } = simulateSpecies({
      rng: new Rng(5),
      taxa: 12,
      lengthBp: 20_000,
      model: jc69(),
    });
    expect(genomes.map(({ id }) => id).sort()).toEqual(leavesOf(tree).map(({ name }) => name).sort()); // prettier-ignore
    const rows = alignment.map(({ sequence }) => sequence);
    const found = neighborJoining(distanceMatrix(alignment.map(({ id }) => id), (i, j) => jukesCantor(rows[i], rows[j]))); // prettier-ignore
    expect(robinsonFoulds(found, tree).distance).toBe(0);
  });

  it('cuts circles open anywhere, without losing a letter', () => {
    const { genomes, alignment, rotations } = simulateSpecies({
      rng: new Rng(6),
      taxa: ['a', 'b', 'c', 'd'],
      lengthBp: 500,
      model: jc69(),
      isCircular: true,
      indels: { insertionRate: 0.05, deletionRate: 0.05 },
    });
    expect(new Set(rotations).size).toBeGreaterThan(1);
    genomes.forEach(({ id, sequence }, i) => {
      const whole = alignment.find((row) => row.id === id)!.sequence.replaceAll('-', '');
      expect(sequence).toBe(whole.slice(rotations[i]) + whole.slice(0, rotations[i]));
    });
  });
});
