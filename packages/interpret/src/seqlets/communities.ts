import { Graph as LeidenGraph, leiden, type LeidenResult } from 'leiden-ts';
import type { Pace } from '../pace';
import type { Graph } from './affinities';

/** Options of `communities`. */
export interface CommunityOptions {
  /** Where the random order of the moves begins. */
  readonly seed: number;
  /** Searches, each with a seed of its own, of which the one of the highest modularity is taken. */
  readonly runs: number;
  /** Above 1 more and smaller communities, below 1 fewer and larger ones (γ of Traag, Waltman & van Eck 2019, eq. 1). */
  readonly resolution: number;
  /** Between the searches, each of which runs in one go. */
  readonly pace: Pace;
}

/**
 * The community of each node by the Leiden algorithm (Traag, Waltman & van Eck 2019), the largest first. The same graph
 * and seed give the same communities.
 */
export async function communities(graph: Graph, options: CommunityOptions): Promise<Uint32Array[]> {
  const { seed, runs, resolution, pace } = options;
  const n = graph.starts.length - 1;
  const total = graph.weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return Array.from({ length: n }, (_, node) => Uint32Array.of(node));
  const network = LeidenGraph.fromCSR({ n, offsets: graph.starts, targets: graph.ends, weights: graph.weights });
  const found: LeidenResult[] = [];
  for (let run = 0; run < runs; run++) {
    found.push(leiden(network, { seed: seed + run, resolution }));
    await pace.step(0);
  }
  const best = found.reduce((a, b) => (b.modularity > a.modularity ? b : a));
  return members(best.partition.assignments);
}

function members(communityOf: ArrayLike<number>): Uint32Array[] {
  const lists = new Map<number, number[]>();
  for (let node = 0; node < communityOf.length; node++) {
    const list = lists.get(communityOf[node]);
    if (list) list.push(node);
    else lists.set(communityOf[node], [node]);
  }
  const sorted = [...lists.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  return sorted.map((list) => Uint32Array.from(list));
}
