import { shuffled } from '../random-source';
import type { RandomSource } from '../random-source';

/** `kmerShuffle` with k = 2. */
export const dinucleotideShuffle = (sequence: string, rng: RandomSource): string =>
  kmerShuffle(sequence, { k: 2, rng });

/**
 * A random sequence with exactly the k-mers of the given one, and so all shorter words and, from k = 2 on, its first and
 * last k − 1 letters. Every such sequence is as likely as every other. Characters are taken as they are: `a` and `A` are two
 * letters.
 *
 * A sequence is a path that uses each edge once in the graph whose nodes are (k − 1)-mers and whose edges are k-mers; such
 * a path is the order in which each node's edges are used, and an order is one of a path exactly if the last edges form a
 * tree towards the end node (Altschul & Erickson 1985; Kandel, Matias, Unger & Winkler 1996). The tree is drawn by Wilson's
 * algorithm, the order of the other edges by Fisher–Yates.
 */
export function kmerShuffle(sequence: string, { k, rng }: { readonly k: number; readonly rng: RandomSource }): string {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`kmerShuffle: expected k of at least 1, got ${k}`);
  if (k === 1) return shuffled([...sequence], rng).join('');
  if (sequence.length < k + 2) return sequence; // both ends stay, and of three nodes the middle one as well
  const { nodes, path } = indexed(sequence, k - 1);
  const edges = edgesOf(path, nodes.length);
  const end = path[path.length - 1];
  const lastEdge = randomTree(edges, end, rng);
  for (let from = 0; from < nodes.length; from++) orderEdges(edges, from, lastEdge[from], rng);
  return walk(edges, path[0], nodes);
}

/** The edges that leave each node, in the order of their use: `targets` from `starts[node]` to `starts[node + 1]`. */
interface Edges {
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** The distinct words of a length, and the sequence as numbers of words. */
function indexed(sequence: string, width: number): { nodes: string[]; path: Uint32Array } {
  const numbers = new Map<string, number>();
  const path = Uint32Array.from({ length: sequence.length - width + 1 }, (_, i) => {
    const word = sequence.slice(i, i + width);
    if (!numbers.has(word)) numbers.set(word, numbers.size);
    return numbers.get(word)!;
  });
  return { nodes: [...numbers.keys()], path };
}

function edgesOf(path: Uint32Array, nodes: number): Edges {
  const starts = new Uint32Array(nodes + 1);
  for (let i = 0; i + 1 < path.length; i++) starts[path[i] + 1]++;
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  const next = starts.slice();
  const targets = new Uint32Array(path.length - 1);
  for (let i = 0; i + 1 < path.length; i++) targets[next[path[i]]++] = path[i + 1];
  return { starts, targets };
}

/**
 * The last edge of each node but `root`: a spanning tree towards `root`, each in proportion to the number of ways to
 * choose its edges (Wilson 1996: walk at random until the tree is met, keeping the last exit from each node).
 */
function randomTree({ starts, targets }: Edges, root: number, rng: RandomSource): Int32Array {
  const nodes = starts.length - 1;
  const lastEdge = new Int32Array(nodes).fill(-1);
  const inTree = new Uint8Array(nodes);
  inTree[root] = 1;
  for (let node = 0; node < nodes; node++) {
    for (let at = node; !inTree[at]; at = targets[lastEdge[at]]) {
      lastEdge[at] = starts[at] + rng.integer(starts[at + 1] - starts[at]);
    }
    for (let at = node; !inTree[at]; at = targets[lastEdge[at]]) inTree[at] = 1;
  }
  return lastEdge;
}

/** Puts `last` (−1: none) behind the other edges of a node and those in random order. */
function orderEdges({ starts, targets }: Edges, from: number, last: number, rng: RandomSource): void {
  let end = starts[from + 1];
  if (last >= 0) swap(targets, last, --end);
  for (let i = end - 1; i > starts[from]; i--) swap(targets, i, starts[from] + rng.integer(i - starts[from] + 1));
}

function swap(array: Uint32Array, i: number, j: number): void {
  [array[i], array[j]] = [array[j], array[i]];
}

/** Reads off the path: each time a node is reached, leave it by its next edge. */
function walk({ starts, targets }: Edges, first: number, nodes: string[]): string {
  const next = starts.slice();
  let sequence = nodes[first];
  for (let at = first, step = 0; step < targets.length; step++) {
    at = targets[next[at]++];
    sequence += nodes[at][nodes[at].length - 1];
  }
  return sequence;
}
