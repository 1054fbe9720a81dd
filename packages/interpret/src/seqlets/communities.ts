import { Graph as LeidenGraph, leiden, type LeidenResult } from 'leiden-ts';
import type { Pace } from '../long-run';
import type { Graph } from './affinities';

/** Options of `communities`. */
export interface CommunityOptions {
  /** Where the random order of the moves begins. */
  readonly seed: number;
  /** Searches at most, each from where the one before ended, as the authors advise; fewer once nothing is gained. */
  readonly passes: number;
  /** Above 1 more and smaller communities, below 1 fewer and larger ones (γ of Traag, Waltman & van Eck 2019, eq. 1). */
  readonly resolution: number;
  /** Between the searches, each of which runs in one go. */
  readonly pace: Pace;
}

const GAIN = 1e-6; // of modularity, that is worth another pass

/**
 * The communities of a graph by the Leiden algorithm (Traag, Waltman & van Eck 2019), by the modularity of its weights, the
 * largest first. The same graph and seed give the same communities.
 */
export async function communities(graph: Graph, options: CommunityOptions): Promise<Uint32Array[]> {
  const { seed, passes, resolution, pace } = options;
  const n = graph.starts.length - 1;
  const total = graph.weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return Array.from({ length: n }, (_, node) => Uint32Array.of(node));
  const network = LeidenGraph.fromCSR({ n, offsets: graph.starts, targets: graph.ends, weights: graph.weights });
  let best: LeidenResult | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const found = leiden(network, { seed: seed + pass, resolution, initialPartition: best?.partition });
    await pace.step(0);
    const isSettled = best && !(found.modularity > best.modularity + GAIN);
    if (!best || found.modularity > best.modularity) best = found;
    if (isSettled) break;
  }
  return best ? members(best.partition.assignments) : [];
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
