import type { Pace } from '../long-run';
import { densityAdapted, type Graph, similarityGraph } from './affinities';
import type { Alignable } from './align-seqlets';
import { communities } from './communities';
import { gappedKmers } from './gapped-kmers';
import { nearest } from './nearest';
import type { Settings } from './settings';

const PASSES = 5; // of the search for communities: later ones gain less than a hundredth of its modularity

/** Clusters of seqlets, the largest first, in each the most central member first; takes three steps per seqlet. */
export async function clusterSeqlets(given: Alignable, settings: Settings, pace: Pace): Promise<Uint32Array[]> {
  const graph = await affinityGraph(given, settings, pace);
  const { seed, resolution } = settings;
  const clusters = await communities(graph, { seed, passes: PASSES, resolution, pace });
  return clusters.map((members) => centralFirst(members, graph));
}

async function affinityGraph({ rows, turned }: Alignable, settings: Settings, pace: Pace): Promise<Graph> {
  const columns = new Map<number, number>();
  const kmers = await gappedKmers(rows, columns, pace);
  const most = Math.min(settings.neighbours, rows.count - 1);
  const others = turned && (await gappedKmers(turned, columns, pace));
  const neighbours = await nearest(kmers, others, most, pace);
  const graph = await similarityGraph(rows, turned, neighbours, { shift: settings.shift, pace });
  return densityAdapted(graph, settings.perplexity, pace);
}

/** Members by the sum of their affinities to the others of the cluster, the largest first. */
function centralFirst(members: Uint32Array, { starts, ends, weights }: Graph): Uint32Array {
  const isMember = new Set(members);
  const ties = new Map<number, number>();
  for (const member of members) {
    let sum = 0;
    for (let at = starts[member]; at < starts[member + 1]; at++) if (isMember.has(ends[at])) sum += weights[at];
    ties.set(member, sum);
  }
  return members.toSorted((a, b) => ties.get(b)! - ties.get(a)! || a - b);
}
