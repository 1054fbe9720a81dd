import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { densityAdapted, type Graph, similarityGraph } from '../../src/seqlets/affinities';
import { communities } from '../../src/seqlets/communities';
import { gappedKmers, type SparseRows } from '../../src/seqlets/gapped-kmers';
import { nearest } from '../../src/seqlets/nearest';
import { Pace } from '../../src/long-run';
import { otherStrand, type Rows, rowsOf } from '../../src/seqlets/rows';
import { jaccard } from '../../src/seqlets/similarity';
import { NONE, scoredLetters } from '../../src/seqlets/tracks';
import { asTracks } from './simulated';

const pace = () => new Pace({}, 0);
const code = (letter: string) => 'ACGT'.indexOf(letter);

/** One row per word, with these contributions. */
function rowsOfWords(...words: [letters: string, scores: number[]][]): Rows {
  const tracks = asTracks(
    words.map(([letters]) => [...letters].map(code)),
    words.map(([, scores]) => scores),
  );
  const seqlets = words.map((_, sequence) => ({ sequence, start: 0, score: 1 }));
  return rowsOf(scoredLetters('test', tracks), seqlets, words[0][0].length);
}

describe('rowsOf', () => {
  it('reads letters and weights whose sizes sum to 1, nothing past the ends', () => {
    const scored = scoredLetters('test', asTracks([[0, 1, 2, 3]], [[1, -3, 0, 4]]));
    const rows = rowsOf(scored, [{ sequence: 0, start: -1, score: 1 }], 4);
    expect(Array.from(rows.letter)).toEqual([NONE, 0, 1, 2]);
    expect(Array.from(rows.weight)).toEqual([0, 0.25, -0.75, 0]);
    expect(Array.from(otherStrand(rows).letter)).toEqual([1, 2, 3, NONE]);
    expect(Array.from(otherStrand(rows).weight)).toEqual([0, -0.75, 0.25, 0]);
  });
});

describe('jaccard', () => {
  it('is Σ min / Σ max over letters and positions', () => {
    const rows = rowsOfWords(['ACG', [1, 1, 2]], ['ACT', [2, 1, 1]]);
    // weights ¼ ¼ ½ and ½ ¼ ¼: minima ¼ ¼ and none of G with T, maxima ½ ¼ ½ ¼
    expect(jaccard(rows, 0, rows, 1, 0)).toBeCloseTo(0.5 / 1.5, 7);
    expect(jaccard(rows, 0, rows, 0, 0)).toBe(1);
  });

  it('counts letters that contribute the other way against it', () => {
    const rows = rowsOfWords(['AC', [1, 1]], ['AC', [1, -1]]);
    expect(jaccard(rows, 0, rows, 1, 0)).toBe(0);
  });

  it('tries offsets, and counts what hangs over as unlike', () => {
    const rows = rowsOfWords(['ACGTT', [1, 1, 1, 0, 0]], ['TTACG', [0, 0, 1, 1, 1]], ['TTTAC', [0, 0, 0, 1, 1]]);
    expect(jaccard(rows, 0, rows, 1, 1)).toBe(0);
    expect(jaccard(rows, 0, rows, 1, 2)).toBeCloseTo(1, 6);
    expect(jaccard(rows, 0, rows, 2, 3)).toBeCloseTo(2 / 3 / (1 + 1 / 3), 7); // minima ⅓ ⅓, maxima ½ ½ ⅓
  });
});

describe('gappedKmers', () => {
  it('weighs four letters by the weakest, wherever they stand', async () => {
    const columns = new Map<number, number>();
    const rows = rowsOfWords(['ACGTA', [4, 3, 2, 1, 0]], ['TACGT', [0, 4, 3, 2, 1]], ['ACTGA', [4, 3, 2, 1, 0]]);
    const { starts, columns: at, values } = await gappedKmers(rows, columns, pace());
    expect(Array.from(starts)).toEqual([0, 1, 2, 3]);
    expect([at[0] === at[1], at[0] === at[2]]).toEqual([true, false]);
    expect(Array.from(values)).toEqual([1, 1, 1]); // normalised
  });

  it('tells gaps apart, and has the sign of the contributions', async () => {
    const columns = new Map<number, number>();
    const rows = rowsOfWords(['ACGAT', [1, 1, 1, 0, 1]], ['ACAGT', [1, 1, 0, 1, 1]], ['ACGAT', [-1, -1, -1, 0, -1]]);
    const { columns: at, values } = await gappedKmers(rows, columns, pace());
    expect([at[0] === at[1], at[0] === at[2]]).toEqual([false, true]);
    expect(Array.from(values)).toEqual([1, 1, -1]);
  });
});

/** Random rows of length 1 over 30 columns. */
function randomRows(count: number, rng: Rng): { sparse: SparseRows; dense: number[][] } {
  const dense = Array.from({ length: count }, () => {
    const row = Array.from({ length: 30 }, () => (rng.next() < 0.3 ? rng.normal() : 0));
    const norm = Math.hypot(...row) || 1;
    return row.map((value) => value / norm);
  });
  const entries = dense.map((row) =>
    row.map((value, column) => ({ value, column })).filter(({ value }) => value !== 0),
  );
  const starts = new Uint32Array(count + 1);
  entries.forEach((row, i) => (starts[i + 1] = starts[i] + row.length));
  const columns = Uint32Array.from(entries.flat(), ({ column }) => column);
  return { dense, sparse: { starts, columns, values: Float32Array.from(entries.flat(), ({ value }) => value) } };
}

describe('nearest', () => {
  it('finds what all pairs would, on the better strand', async () => {
    const rng = new Rng(8);
    const [given, turned] = [randomRows(60, rng), randomRows(60, rng)];
    const cosine = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const { counts, rows } = await nearest(given.sparse, turned.sparse, 5, pace());
    given.dense.forEach((own, i) => {
      const cosines = given.dense.map(
        (other, j) => Math.max(cosine(own, other), cosine(turned.dense[i], other)) - +(i === j) * 9,
      );
      const best = Array.from(cosines.keys()).sort((a, b) => cosines[b] - cosines[a]);
      expect(counts[i]).toBe(5);
      expect(Array.from(rows.subarray(5 * i, 5 * i + 5))).toEqual(best.slice(0, 5));
    });
  });

  it('gives fewer where fewer have anything in common', async () => {
    const starts = Uint32Array.of(0, 1, 2, 3);
    const sparse = { starts, columns: Uint32Array.of(0, 0, 1), values: Float32Array.of(1, 1, 1) };
    const { counts, rows } = await nearest(sparse, undefined, 2, pace());
    expect(Array.from(counts)).toEqual([1, 1, 0]);
    expect([rows[0], rows[2]]).toEqual([1, 0]);
  });
});

describe('similarityGraph', () => {
  it('has an edge both ways where either is a neighbour of the other, on the better strand', async () => {
    const rows = rowsOfWords(['ACGA', [1, 1, 1, 0]], ['ACGA', [1, 1, 1, 0]], ['TCGT', [0, 1, 1, 1]]);
    const neighbours = { counts: Uint32Array.of(2, 0, 0), rows: Uint32Array.of(1, 2, 0, 0, 0, 0), most: 2 };
    const graph = await similarityGraph(rows, otherStrand(rows), neighbours, { shift: 0, pace: pace() });
    expect(Array.from(graph.starts)).toEqual([0, 2, 3, 4]);
    expect(Array.from(graph.ends)).toEqual([1, 2, 0, 0]);
    graph.weights.forEach((weight) => expect(weight).toBeCloseTo(1, 6));
  });
});

/** All pairs of the nodes of each group, and some more. */
function graphOf(nodes: number, edges: [number, number, number][]): Graph {
  const lists = Array.from({ length: nodes }, () => [] as [number, number][]);
  for (const [a, b, weight] of edges) {
    lists[a].push([b, weight]);
    lists[b].push([a, weight]);
  }
  lists.forEach((list) => list.sort((a, b) => a[0] - b[0]));
  const starts = new Uint32Array(nodes + 1);
  lists.forEach((list, i) => (starts[i + 1] = starts[i] + list.length));
  const flat = lists.flat();
  return {
    starts,
    ends: Uint32Array.from(flat, ([end]) => end),
    weights: Float64Array.from(flat, ([, weight]) => weight),
  };
}

const clique = (first: number, size: number, weight: number): [number, number, number][] =>
  Array.from({ length: size * size }, (_, i) => [first + Math.floor(i / size), first + (i % size)])
    .filter(([a, b]) => a < b)
    .map(([a, b]) => [a, b, weight]);

describe('densityAdapted', () => {
  it('shares probability out equally among equals, whatever their similarity', async () => {
    const graph = graphOf(9, [...clique(0, 5, 0.9), ...clique(5, 4, 0.2)]);
    const { weights } = await densityAdapted(graph, 2, pace());
    expect(Array.from(weights.subarray(0, 20), (w) => w.toFixed(9))).toEqual(new Array(20).fill((1 / 4).toFixed(9)));
    expect(Array.from(weights.subarray(20), (w) => w.toFixed(9))).toEqual(new Array(12).fill((1 / 3).toFixed(9)));
  });

  it('reaches the perplexity, and is symmetric', async () => {
    // A star: seen from a leaf its centre is all there is, so an edge weighs √p and p is what the centre gives it.
    const star = graphOf(
      7,
      [0.9, 0.8, 0.7, 0.5, 0.3, 0.1].map((s, i) => [0, i + 1, s]),
    );
    const { starts, weights } = await densityAdapted(star, 3, pace());
    const p = Array.from(weights.subarray(0, starts[1]), (w) => w * w);
    expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    expect(Math.exp(-p.reduce((sum, value) => sum + value * Math.log(value), 0))).toBeCloseTo(3, 6);
    // ln(p_i / p_j) = (d_j − d_i) / β with d = ln(2 / s − 1): the same β for all pairs.
    const d = [0.9, 0.8, 0.7, 0.5, 0.3, 0.1].map((s) => Math.log(2 / s - 1));
    const betas = p.slice(1).map((value, i) => (d[i + 1] - d[0]) / Math.log(p[0] / value));
    betas.forEach((beta) => expect(beta).toBeCloseTo(betas[0], 6));
    expect(Array.from(weights.subarray(starts[1]))).toEqual(Array.from(weights.subarray(0, starts[1])));
  });

  it('has no affinity where there is no similarity', async () => {
    const { weights } = await densityAdapted(graphOf(3, [[0, 1, 0.5], [1, 2, 0]]), 2, pace()); // prettier-ignore
    expect(Array.from(weights)).toEqual([1, 1, 0, 0]);
  });
});

describe('communities', () => {
  const options = { seed: 0, passes: 2, resolution: 1, pace: pace() };
  const found = async (graph: Graph, resolution = 1) =>
    (await communities(graph, { ...options, resolution })).map((members) => Array.from(members));

  it('tells cliques apart that one edge joins, the larger first', async () => {
    const graph = graphOf(11, [...clique(0, 5, 1), ...clique(5, 6, 1), [4, 5, 1]]);
    expect(await found(graph)).toEqual([
      [5, 6, 7, 8, 9, 10],
      [0, 1, 2, 3, 4],
    ]);
    expect(await found(graph)).toEqual(await found(graph));
  });

  it('leaves nodes alone that nothing ties together', async () => {
    const alone = { starts: new Uint32Array(4), ends: new Uint32Array(0), weights: new Float64Array(0) };
    expect(await found(alone)).toEqual([[0], [1], [2]]);
  });

  it('breaks up more at a higher resolution', async () => {
    const ring = Array.from({ length: 6 }, (_, i): [number, number, number] => [4 * i, (4 * i + 5) % 24, 1]);
    const graph = graphOf(24, [...Array.from({ length: 6 }, (_, i) => clique(4 * i, 4, 1)).flat(), ...ring]);
    expect(await found(graph)).toHaveLength(6);
    expect((await found(graph, 0.1)).length).toBeLessThan(6);
    expect((await found(graph, 20)).length).toBeGreaterThan(6);
  });
});
