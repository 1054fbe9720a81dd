import { checkDistances } from './distance-matrix';
import type { DistanceMatrix } from './distance-matrix';
import { byClusters, byItems, linkage } from './linkage';
import type { Share } from './linkage';
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
  return linked(matrix, byItems);
}

/**
 * UPGMA in which both of the joined clusters count alike, however many members they have (WPGMA, McQuitty 1966). Some
 * programs, Biopython among them, call this UPGMA.
 * @throws RangeError for a matrix that is none
 */
export function wpgma(matrix: DistanceMatrix): Tree {
  checkDistances('wpgma', matrix);
  return linked(matrix, byClusters);
}

interface Cluster {
  readonly tree: Tree;
  readonly height: number;
}

function linked({ names, values }: DistanceMatrix, shareOf: Share): Tree {
  const clusters = names.map((name): Cluster => ({ tree: { name, children: [] }, height: 0 }));
  for (const { a, b, height } of linkage(values.slice(), names.length, shareOf)) {
    clusters[a] = joined(clusters[a], clusters[b], height / 2);
  }
  return clusters[0].tree;
}

function joined(a: Cluster, b: Cluster, height: number): Cluster {
  const children = [a, b].map((part) => ({ ...part.tree, length: height - part.height }));
  return { tree: { name: '', children }, height };
}
