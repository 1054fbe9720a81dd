import { checkDistances } from './distance-matrix';
import type { DistanceMatrix } from './distance-matrix';
import type { Tree } from './tree';

/**
 * The rooted tree of average linkage (UPGMA; Sokal & Michener 1958): the two closest clusters are joined at half their
 * distance, which is the mean over all pairs of their members, until one is left. All leaves are as far from the root.
 * Of equal distances the first is taken: pairs stand in the order of the names, and a joined cluster takes the place of
 * the first of its two.
 * @throws RangeError for a matrix that is none
 */
export function upgma(matrix: DistanceMatrix): Tree {
  checkDistances('upgma', matrix);
  return linked(matrix, (a, b) => a.members / (a.members + b.members));
}

/**
 * UPGMA in which both of the joined clusters count alike, however many members they have (WPGMA, McQuitty 1966). Some
 * programs, Biopython among them, call this UPGMA.
 * @throws RangeError for a matrix that is none
 */
export function wpgma(matrix: DistanceMatrix): Tree {
  checkDistances('wpgma', matrix);
  return linked(matrix, () => 0.5);
}

/** The share of the first of two clusters in the distances of both joined. */
type Share = (a: Cluster, b: Cluster) => number;

function linked(matrix: DistanceMatrix, shareOf: Share): Tree {
  const size = matrix.names.length;
  const values = matrix.values.slice();
  const clusters = matrix.names.map((name): Cluster => ({ tree: { name, children: [] }, height: 0, members: 1 }));
  for (let places = Int32Array.from(clusters.keys()); places.length > 1;) {
    const [i, j] = closest(values, size, places);
    places = places.filter((place) => place !== j);
    average(values, size, places, [i, j], shareOf(clusters[i], clusters[j]));
    clusters[i] = joined(clusters[i], clusters[j], values[i * size + j] / 2);
  }
  return clusters[0].tree;
}

interface Cluster {
  readonly tree: Tree;
  readonly height: number;
  readonly members: number;
}

/** The first pair with the least distance, as places. */
function closest(values: Float64Array, size: number, places: Int32Array): [number, number] {
  let [least, first, second] = [Infinity, places[0], places[1]];
  for (let a = 0; a < places.length; a++) {
    const row = places[a] * size;
    for (let b = a + 1; b < places.length; b++) {
      const distance = values[row + places[b]];
      if (distance < least) [least, first, second] = [distance, places[a], places[b]];
    }
  }
  return [first, second];
}

/** The distances of cluster i once it holds j, too. */
function average(
  values: Float64Array,
  size: number,
  places: Int32Array,
  [i, j]: [number, number],
  share: number,
): void {
  for (const k of places) {
    if (k === i) continue;
    const distance = share * values[i * size + k] + (1 - share) * values[j * size + k];
    values[i * size + k] = values[k * size + i] = distance;
  }
}

function joined(a: Cluster, b: Cluster, height: number): Cluster {
  const children = [a, b].map((part) => ({ ...part.tree, length: height - part.height }));
  return { tree: { name: '', children }, height, members: a.members + b.members };
}
