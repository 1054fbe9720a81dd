import { distanceMatrix } from '../trees/distance-matrix';
import type { DistanceMatrix } from '../trees/distance-matrix';

/** Numbers that stand for something: k-mer frequencies, a hidden state. */
export type Vector = ArrayLike<number>;

/** √Σ(a − b)². */
export function euclideanDistance(a: Vector, b: Vector): number {
  checkLengths('euclideanDistance', a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

/** 1 less the cosine of the angle between two vectors, 0 to 2; NaN where one of them is 0. */
export function cosineDistance(a: Vector, b: Vector): number {
  checkLengths('cosineDistance', a, b);
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return Math.max(0, 1 - ab / Math.sqrt(aa * bb));
}

/** The angle between two vectors in radians, 0 to π: the distance on the sphere. NaN where one of them is 0. */
export function angularDistance(a: Vector, b: Vector): number {
  return Math.acos(Math.max(-1, 1 - cosineDistance(a, b)));
}

/** What geodesic distances are measured along. */
export interface GeodesicOptions {
  /** With how many of its nearest each point is joined, 5 unless said; the join holds both ways. */
  readonly neighbors?: number;
  /** Of two points; Euclid's unless said. */
  readonly distance?: (a: Vector, b: Vector) => number;
}

/**
 * The lengths of the shortest paths from point to point along a graph that joins each with its nearest (Tenenbaum, de Silva &
 * Langford 2000, Isomap): distances within the surface that the points lie on.
 * @throws RangeError if the graph falls into pieces
 */
export function geodesicDistances(
  names: readonly string[],
  points: readonly Vector[],
  options: GeodesicOptions = {},
): DistanceMatrix {
  const { neighbors = 5, distance = euclideanDistance } = options;
  if (!(Number.isInteger(neighbors) && neighbors >= 1)) {
    throw new RangeError(`geodesicDistances: expected at least 1 neighbour, got ${neighbors}`);
  }
  const direct = distanceMatrix(names, (i, j) => distance(points[i], points[j]));
  const edges = nearestEdges(direct, neighbors);
  const paths = names.map((_, from) => shortestPaths(edges, from));
  const reached = paths[0]?.filter(Number.isFinite).length ?? 0;
  if (reached < names.length) {
    throw new RangeError(
      `geodesicDistances: with ${neighbors} neighbours only ${reached} of ${names.length} points hang together; take more`,
    );
  }
  return distanceMatrix(names, (i, j) => paths[i][j]);
}

type Edges = readonly ReadonlyMap<number, number>[];

/** Of each point those it is joined with, and how far they are. */
function nearestEdges({ names, values }: DistanceMatrix, neighbors: number): Edges {
  const n = names.length;
  const edges = names.map(() => new Map<number, number>());
  for (let i = 0; i < n; i++) {
    const others = Array.from(names.keys()).filter((j) => j !== i);
    const nearest = others.sort((a, b) => values[i * n + a] - values[i * n + b] || a - b).slice(0, neighbors);
    for (const j of nearest) {
      edges[i].set(j, values[i * n + j]);
      edges[j].set(i, values[i * n + j]);
    }
  }
  return edges;
}

/** Dijkstra's algorithm from one point; Infinity where no path leads. */
function shortestPaths(edges: Edges, from: number): Float64Array {
  const lengths = new Float64Array(edges.length).fill(Infinity);
  const isDone = new Uint8Array(edges.length);
  lengths[from] = 0;
  for (;;) {
    let next = -1;
    for (let i = 0; i < edges.length; i++) if (!isDone[i] && lengths[i] < (lengths[next] ?? Infinity)) next = i;
    if (next < 0) return lengths;
    isDone[next] = 1;
    for (const [to, length] of edges[next]) lengths[to] = Math.min(lengths[to], lengths[next] + length);
  }
}

function checkLengths(where: string, a: Vector, b: Vector): void {
  if (a.length !== b.length)
    throw new RangeError(`${where}: expected two vectors of one length, got ${a.length} and ${b.length}`);
}
