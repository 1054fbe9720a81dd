import type { Pace } from '../long-run';
import type { Neighbours } from './nearest';
import type { Rows } from './rows';
import { jaccard } from './similarity';

/** An undirected graph with weights on its edges; each edge stands at both of its ends. */
export interface Graph {
  /** The edges of node i lie from `starts[i]` to `starts[i + 1]`, in the order of their other ends. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * The graph of neighbours with their continuous Jaccard similarity, on the better strand if `turned` is given, at the
 * best offset of at most `shift`. Neighbours that are not similar at all have no edge.
 */
export async function similarityGraph(
  rows: Rows,
  turned: Rows | undefined,
  neighbours: Neighbours,
  { shift, pace }: { readonly shift: number; readonly pace: Pace },
): Promise<Graph> {
  const edges = mutual(neighbours);
  const weights = new Float64Array(edges.ends.length);
  for (let row = 0; row < rows.count; row++) {
    for (let at = edges.starts[row]; at < edges.starts[row + 1]; at++) {
      const other = edges.ends[at];
      if (other < row) {
        weights[at] = weights[placeOf(edges, other, row)];
        continue;
      }
      const straight = jaccard(rows, row, rows, other, shift);
      weights[at] = Math.max(0, straight, turned ? jaccard(rows, row, turned, other, shift) : 0);
    }
    await pace.step();
  }
  return { ...edges, weights };
}

/** Who is a neighbour of whom, in either direction. */
function mutual({ counts, rows, most }: Neighbours): Pick<Graph, 'starts' | 'ends'> {
  const lists: number[][] = Array.from(counts, () => []);
  counts.forEach((count, row) => {
    for (const other of rows.subarray(row * most, row * most + count)) {
      lists[row].push(other);
      lists[other].push(row);
    }
  });
  const starts = new Uint32Array(lists.length + 1);
  const distinct = lists.map((list, row) => {
    const ends = Uint32Array.from(new Set(list)).sort();
    starts[row + 1] = starts[row] + ends.length;
    return ends;
  });
  const ends = new Uint32Array(starts[lists.length]);
  distinct.forEach((list, row) => ends.set(list, starts[row]));
  return { starts, ends };
}

/** Where the edge from one node to another stands. */
export function placeOf({ starts, ends }: Pick<Graph, 'starts' | 'ends'>, from: number, to: number): number {
  let [low, high] = [starts[from], starts[from + 1] - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Similarities as affinities that a crowded and a sparse region share: with the distance ln(2 / s − 1), each node gives
 * its neighbours the probabilities exp(−d / β), β such that their perplexity is as asked (van der Maaten & Hinton 2008),
 * and an edge weighs the geometric mean of both directions (TF-MoDISco: Shrikumar et al. 2018, technical note).
 */
export async function densityAdapted(graph: Graph, perplexity: number, pace: Pace): Promise<Graph> {
  const { starts, ends } = graph;
  const given = new Float64Array(ends.length); // probability of each edge, seen from its first node
  for (let node = 0; node + 1 < starts.length; node++) {
    const distances = graph.weights
      .subarray(starts[node], starts[node + 1])
      .map((s) => (s > 0 ? Math.log(2 / s - 1) : Infinity));
    given.set(probabilitiesAt(distances, perplexity), starts[node]);
    await pace.step();
  }
  const weights = new Float64Array(ends.length);
  for (let node = 0; node + 1 < starts.length; node++) {
    for (let at = starts[node]; at < starts[node + 1]; at++) {
      weights[at] = Math.sqrt(given[at] * given[placeOf(graph, ends[at], node)]);
    }
  }
  return { starts, ends, weights };
}

/** exp(−d / β) / Σ exp(−d / β) with the perplexity asked for, or that of the flattest where there are too few. */
function probabilitiesAt(distances: Float64Array, perplexity: number): Float64Array {
  const nearest = distances.reduce((least, d) => Math.min(least, d), Infinity);
  if (nearest === Infinity) return new Float64Array(distances.length);
  const at = (precision: number) => {
    const powers = distances.map((d) => Math.exp((nearest - d) * precision));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  };
  let [low, high] = [-10, 20]; // log2 of the precision 1 / β
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (entropy(at(2 ** middle)) > Math.log(perplexity)) low = middle;
    else high = middle;
  }
  return at(2 ** high);
}

const entropy = (p: Float64Array): number =>
  p.reduce((sum, value) => sum - (value > 0 ? value * Math.log(value) : 0), 0);
