import { sitesOf } from '../as-meme';
import { compareStrands, strandsOf } from '../compare';
import { motifDivergence } from '../divergence';
import type { Motif } from '../motif';
import type { OverlapOptions, Placement } from '../placement';
import { cut, linkage } from '../../trees/linkage';
import { mergeMotifs } from './merge-motifs';

/** How alike the motifs of a cluster are. */
export interface ClusterOptions extends OverlapOptions {
  /** `'pearson'`: 1 − r as in `compareMotifs`, unless said; `'jsd'`: bits as in `motifDivergence`. */
  readonly distance?: 'pearson' | 'jsd';
  /** Clusters are joined up to this mean distance of their motifs: 0.2 unless said. */
  readonly maximumDistance?: number;
}

/** Motifs that resemble each other. */
export interface MotifCluster {
  /** First the motif that is most like the others. */
  readonly members: readonly ClusterMember[];
  /** All their sites laid on each other; its name is its consensus. */
  readonly merged: Motif;
}

/** A motif, and how it lies on the merged one: turned if `strand` is '-', it begins at `offset`. */
export interface ClusterMember extends Placement {
  /** Its number among the motifs. */
  readonly index: number;
}

/**
 * Groups of motifs by average linkage, the largest first, each with a motif merged from its members at the offsets and
 * strands where they resemble the first of them best. Merged positions are those that at least half of the members have.
 */
export function clusterMotifs(motifs: readonly Motif[], options: ClusterOptions = {}): MotifCluster[] {
  const { maximumDistance = 0.2 } = options;
  const empty = motifs.find(({ probabilities }) => probabilities.length === 0);
  if (empty) throw new RangeError(`clusterMotifs: the motif ${empty.id} has no positions`);
  const closest = closestBy(motifs, options);
  const distances = pairwise(motifs.length, closest);
  const merges = linkage(distances.slice(), motifs.length);
  return cut(merges, motifs.length, maximumDistance)
    .sort((a, b) => b.length - a.length || a[0] - b[0])
    .map((group, number) => toCluster(group, number, { motifs, distances, closest }));
}

/** The distance of two motifs by number, and how they lie. */
type Closest = (query: number, target: number) => { distance: number; place: Placement };

function closestBy(motifs: readonly Motif[], options: ClusterOptions): Closest {
  const matrices = motifs.map(({ probabilities }) => probabilities);
  if (options.distance === 'jsd') {
    return (query, target) => {
      const { bits, ...place } = motifDivergence(matrices[query], matrices[target], options);
      return { distance: bits, place };
    };
  }
  const strands = matrices.map(strandsOf);
  return (query, target) => {
    const { pearson, ...place } = compareStrands(strands[query], strands[target], options);
    return { distance: 1 - pearson, place };
  };
}

/** [motifs, motifs] */
function pairwise(n: number, closest: Closest): Float64Array {
  const distances = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) distances[a * n + b] = distances[b * n + a] = closest(a, b).distance;
  }
  return distances;
}

interface Clustering {
  readonly motifs: readonly Motif[];
  readonly distances: Float64Array;
  readonly closest: Closest;
}

function toCluster(group: readonly number[], number: number, { motifs, distances, closest }: Clustering): MotifCluster {
  const farness = (a: number) => group.reduce((sum, b) => sum + distances[a * motifs.length + b], 0);
  const anchor = group.reduce((best, item) => (farness(item) < farness(best) ? item : best));
  const others = group.filter((item) => item !== anchor);
  const placed = [anchor, ...others].map((index) => ({
    index,
    motif: motifs[index],
    weight: sitesOf(motifs[index]),
    place: closest(index, anchor).place,
  }));
  const { merged, start } = mergeMotifs(placed, `cluster_${number + 1}`);
  const members = placed.map(({ index, place }) => ({ index, ...place, offset: place.offset - start }));
  return { members, merged };
}
