import { checkDistances } from './distance-matrix';
import type { DistanceMatrix } from './distance-matrix';
import type { Tree } from './tree';

/** What neighbour joining can be told. */
export interface NeighborJoiningOptions {
  /** Whether a branch that comes out with a negative length gets 0 instead; false unless said. */
  readonly negativeToZero?: boolean;
}

/**
 * The neighbour-joining tree of a distance matrix (Saitou & Nei 1987, in the form of Studier & Keppler 1988), unrooted: its
 * root joins the last three nodes. Of an additive matrix it is the tree that the distances come from.
 *
 * In each step the pair with the least Q(i, j) = (n − 2)·d(i, j) − r(i) − r(j) is joined, with branches
 * ½·d(i, j) ± (r(i) − r(j)) / (2(n − 2)). Of pairs with equal Q the first is taken: pairs stand in the order of the names,
 * and the new node takes the place of the first of its two. O(n³) time, O(n²) memory.
 * @throws RangeError for a matrix that is none
 */
export function neighborJoining(matrix: DistanceMatrix, options: NeighborJoiningOptions = {}): Tree {
  checkDistances('neighborJoining', matrix);
  const { negativeToZero = false } = options;
  const branch = (node: Tree, length: number): Tree => ({
    ...node,
    length: negativeToZero ? Math.max(0, length) : length,
  });
  const state = begin(matrix);
  const { nodes, values, size } = state;
  while (state.places.length > 3) {
    const { places, sums } = state;
    const [a, b] = closest(state);
    const [i, j] = [places[a], places[b]];
    const difference = (sums[i] - sums[j]) / (2 * (places.length - 2));
    const half = values[i * size + j] / 2;
    nodes[i] = { name: '', children: [branch(nodes[i], half + difference), branch(nodes[j], half - difference)] };
    join(state, a, b);
  }
  return centre(state, branch);
}

interface State {
  /** Distances between places. [size, size] */
  readonly values: Float64Array;
  readonly size: number;
  /** The subtree at each place. */
  readonly nodes: Tree[];
  /** The places in use, in order. */
  places: Int32Array;
  /** Of each place in use the sum of its distances. */
  readonly sums: Float64Array;
}

function begin({ names, values }: DistanceMatrix): State {
  const size = names.length;
  const sums = new Float64Array(size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sums[i] += values[i * size + j];
  const nodes = names.map((name): Tree => ({ name, children: [] }));
  return { values: values.slice(), size, nodes, places: Int32Array.from(names.keys()), sums };
}

/** The first pair with the least Q, as indices into `places`. */
function closest({ values, size, places, sums }: State): [number, number] {
  const n = places.length;
  let [least, first, second] = [Infinity, 0, 1];
  for (let a = 0; a < n; a++) {
    const row = places[a] * size;
    const sum = sums[places[a]];
    for (let b = a + 1; b < n; b++) {
      const q = (n - 2) * values[row + places[b]] - sum - sums[places[b]];
      if (q < least) [least, first, second] = [q, a, b];
    }
  }
  return [first, second];
}

/** Puts the joined node in the place of its first member: d(u, k) = ½·(d(i, k) + d(j, k) − d(i, j)). */
function join(state: State, a: number, b: number): void {
  const { values, size, sums } = state;
  const [i, j] = [state.places[a], state.places[b]];
  const between = values[i * size + j];
  state.places = state.places.filter((_, index) => index !== b);
  sums[i] = 0;
  for (const k of state.places) {
    if (k === i) continue;
    const distance = (values[i * size + k] + values[j * size + k] - between) / 2;
    sums[k] += distance - values[i * size + k] - values[j * size + k];
    sums[i] += distance;
    values[i * size + k] = values[k * size + i] = distance;
  }
}

/** The last three nodes around the root: each branch is half of its two distances less the third. */
function centre({ values, size, nodes, places }: State, branch: (node: Tree, length: number) => Tree): Tree {
  const d = (a: number, b: number) => values[places[a] * size + places[b]];
  const around = Array.from(places, (place) => nodes[place]);
  if (around.length === 1) return around[0];
  const lengths =
    around.length === 2
      ? [d(0, 1) / 2, d(0, 1) / 2]
      : [0, 1, 2].map((a) => (d(a, (a + 1) % 3) + d(a, (a + 2) % 3) - d((a + 1) % 3, (a + 2) % 3)) / 2);
  return { name: '', children: around.map((node, a) => branch(node, lengths[a])) };
}
