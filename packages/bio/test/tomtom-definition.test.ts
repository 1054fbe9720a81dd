import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { reverseComplementMatrix, toProbabilities, tomtom } from '../src/index';
import type { Matrix, Motif, TomtomDistance } from '../src/index';

/** Tomtom as its papers define it, column by column and without any thrift, on motifs of 20 sites. */
function byDefinition(query: Motif, targets: readonly Motif[], score: (p: Row, q: Row) => number) {
  const strands = targets.flatMap(({ probabilities }) => [probabilities, reverseComplementMatrix(probabilities)]);
  const [rows, matrices] = [smoothed(query.probabilities), strands.map(smoothed)];
  const columns = matrices.flat();
  const raw = rows.map((p) => {
    const scores = columns.map((q) => score(p, q));
    const median = scores.toSorted((a, b) => a - b)[columns.length / 2 - 1];
    return scores.map((value) => value - median);
  });
  const least = Math.floor(Math.min(...raw.flat()));
  const scale = Math.floor(100 / (Math.max(...raw.flat()) - least));
  const bins = raw.map((scores) => scores.map((value) => Math.round((value - least) * scale)));
  const zero = -least * scale;

  const firstColumn = matrices.map((_, t) => matrices.slice(0, t).flat().length);
  return matrices.map((matrix, t) => {
    const alignments = offsetsOf(rows.length, matrix.length).map((offset) => {
      const positions = rows.map((_, i) => i).filter((i) => matrix[i + offset] !== undefined);
      const unaligned = (rows.length - positions.length) * zero;
      const total = positions.reduce((sum, i) => sum + bins[i][firstColumn[t] + i + offset], unaligned);
      return { offset, overlap: positions.length, total, positions, unaligned };
    });
    const best = alignments.reduce((a, b) =>
      b.total > a.total || (b.total === a.total && b.overlap > a.overlap) ? b : a,
    );
    const none = alignments.reduce((product, { positions, unaligned }) => {
      const chance = atLeast(
        best.total - unaligned,
        positions.map((i) => bins[i]),
      );
      return product * (1 - chance) ** 2; // this alignment on both strands
    }, 1);
    return {
      index: t >> 1,
      strand: t % 2 === 0 ? '+' : '-',
      offset: best.offset,
      overlap: best.overlap,
      pValue: 1 - none,
    };
  });
}

type Row = readonly number[];

const smoothed = (matrix: Matrix) => matrix.map((row) => row.map((p) => (20 * p + 0.1 / 4) / 20.1));
const offsetsOf = (query: number, target: number) =>
  Array.from({ length: query + target - 1 }, (_, i) => i + 1 - query);

/** The chance that a sum of one random entry of each row is at least `total`. */
function atLeast(total: number, rows: readonly Row[]): number {
  let sums = new Map([[0, 1]]);
  for (const row of rows) {
    const next = new Map<number, number>();
    for (const [sum, chance] of sums)
      for (const bin of row) next.set(sum + bin, (next.get(sum + bin) ?? 0) + chance / row.length);
    sums = next;
  }
  return [...sums].reduce((all, [sum, chance]) => (sum >= total ? all + chance : all), 0);
}

const total = (p: Row, q: Row, term: (a: number, b: number) => number) =>
  p.reduce((sum, a, i) => sum + term(a, q[i]), 0);
const scores: Partial<Record<TomtomDistance, (p: Row, q: Row) => number>> = {
  ed: (p, q) => -Math.sqrt(total(p, q, (a, b) => (a - b) ** 2)),
  sandelin: (p, q) => 2 - total(p, q, (a, b) => (a - b) ** 2),
  kullback: (p, q) => -total(p, q, (a, b) => (a * Math.log10(a / b) + b * Math.log10(b / a)) / 2),
  pearson: (p, q) =>
    total(p, q, (a, b) => (a - 0.25) * (b - 0.25)) /
    Math.sqrt(total(p, p, (a) => (a - 0.25) ** 2) * total(q, q, (a) => (a - 0.25) ** 2)),
  allr: (p, q) => total(p, q, (a, b) => b * Math.log(4 * a) + a * Math.log(4 * b)) / 2,
};

describe('tomtom by its definition', () => {
  const rng = new Rng(11);
  const row = () => [0, 1, 2, 3].map(() => rng.next() ** 3 + 0.01);
  const motifs = Array.from({ length: 12 }, (_, i): Motif => {
    const probabilities = toProbabilities(Array.from({ length: 2 + rng.integer(6) }, row), { pseudocount: 0 });
    return { id: `m${i}`, name: '', sites: 20, probabilities };
  });

  for (const [distance, score] of Object.entries(scores)) {
    it(`${distance}: the same alignments and p-values`, () => {
      for (const query of motifs.slice(0, 4)) {
        const expected = byDefinition(query, motifs, score);
        for (const match of tomtom([query], motifs, { distance: distance as TomtomDistance, threshold: Infinity })[0]) {
          const found = expected.find(({ index, strand }) => index === match.index && strand === match.strand)!;
          expect(match).toMatchObject({ offset: found.offset, overlap: found.overlap });
          expect(match.pValue).toBeCloseTo(found.pValue, 9);
          for (const { index, pValue } of expected)
            // the other strand is no better
            if (index === match.index) expect(pValue).toBeGreaterThan(match.pValue - 1e-9);
        }
      }
    });
  }
});
