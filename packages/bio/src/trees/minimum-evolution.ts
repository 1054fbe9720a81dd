import { checkDistances } from './distance-matrix';
import type { DistanceMatrix } from './distance-matrix';
import { flatten } from './flat-tree';
import { neighborJoining } from './neighbor-joining';
import { rootByOutgroup, unroot } from './rooting';
import { preorder, taxaOf } from './tree';
import type { Tree } from './tree';

/** Where the search for the shortest tree begins. */
export interface MinimumEvolutionOptions {
  /** A tree on the names of the matrix in which every inner node has three branches; that of neighbour joining unless said. */
  readonly start?: Tree;
}

/**
 * A tree of balanced minimum evolution (Desper & Gascuel 2002; Pauplin 2000), as FastME makes them: from a first tree on,
 * the two subtrees at the ends of an inner branch whose exchange shortens the tree most change places, until no exchange
 * does. Distances between subtrees are averages in which both halves of a subtree count alike, and branch lengths follow from
 * them. O(n²) time for each exchange.
 * @throws RangeError for a matrix or a first tree that does not fit
 */
export function minimumEvolution(matrix: DistanceMatrix, { start }: MinimumEvolutionOptions = {}): Tree {
  checkDistances('minimumEvolution', matrix);
  if (matrix.names.length < 4) return neighborJoining(matrix); // there is one tree
  const search = new Search(matrix, start ?? neighborJoining(matrix));
  while (search.improve());
  return search.tree();
}

/**
 * A binary tree that hangs from its first taxon. Node 0 is that taxon, node 1 the only one below it; of every other node the
 * branch is the one above it.
 */
class Search {
  readonly #names: readonly string[];
  readonly #distances: Float64Array;
  readonly #taxa: Int32Array; // by node, the index of its name; −1 inside
  readonly #parents: Int32Array;
  readonly #children: [number, number][]; // [] for leaves
  readonly #size: number;
  /** Between what is below two nodes or, where one is below the other, between what is below it and what is above that one. */
  readonly #averages: Float64Array;

  constructor({ names, values }: DistanceMatrix, start: Tree) {
    checkStart(start, names);
    const [top, rest] = rootByOutgroup(start, [names[0]]).children;
    const { nodes, parents } = flatten({ ...top, children: [rest] });
    this.#names = names;
    this.#distances = values;
    this.#size = nodes.length;
    this.#taxa = Int32Array.from(nodes, ({ name, children }, i) =>
      i === 0 || children.length === 0 ? names.indexOf(name) : -1,
    );
    this.#parents = parents;
    this.#children = nodes.map(() => [] as unknown as [number, number]);
    for (let i = 2; i < nodes.length; i++) this.#children[parents[i]].push(i);
    this.#averages = new Float64Array(nodes.length ** 2);
    this.#average();
  }

  /** Makes the exchange that shortens the tree most; false if none does. */
  improve(): boolean {
    let [gain, sibling, child] = [0, 0, 0];
    for (let node = 2; node < this.#size; node++) {
      if (this.#taxa[node] >= 0) continue;
      const parent = this.#parents[node];
      const other = this.#siblingOf(node);
      const [first, second] = this.#children[node];
      const now = this.#at(parent, other) + this.#at(first, second);
      for (const moved of [first, second]) {
        const left = moved === first ? second : first;
        const saved = (now - this.#at(parent, moved) - this.#at(other, left)) / 4;
        if (saved > gain) [gain, sibling, child] = [saved, other, moved];
      }
    }
    const scale = this.#distances.reduce((most, distance) => Math.max(most, Math.abs(distance)), 0);
    if (gain <= 1e-12 * scale) return false; // rounding alone
    this.#exchange(sibling, child);
    this.#average();
    return true;
  }

  /** The tree around the node next to the first taxon, with its branch lengths. */
  tree(): Tree {
    const trees: Tree[] = [];
    for (const node of this.#preorder().reverse()) {
      const children = this.#children[node].map((child) => trees[child]);
      trees[node] = this.#built(node, children);
    }
    const { length, ...top } = trees[1];
    return { ...top, children: [{ name: this.#names[0], length, children: [] }, ...top.children] };
  }

  #built(node: number, children: Tree[]): Tree {
    const name = this.#taxa[node] >= 0 ? this.#names[this.#taxa[node]] : '';
    return { name, length: this.#lengthOf(node), children };
  }

  /** Half of what the four (or three) subtrees at the ends of a branch are farther apart across it than beside it. */
  #lengthOf(node: number): number {
    const isLeaf = this.#taxa[node] >= 0;
    const [first, second] = this.#children[node];
    if (node === 1) return (this.#at(1, first) + this.#at(1, second) - this.#at(first, second)) / 2;
    const [parent, other] = [this.#parents[node], this.#siblingOf(node)];
    if (isLeaf) return (this.#at(parent, node) + this.#at(other, node) - this.#at(parent, other)) / 2;
    const across =
      this.#at(parent, first) + this.#at(parent, second) + this.#at(other, first) + this.#at(other, second);
    return (across / 2 - this.#at(parent, other) - this.#at(first, second)) / 2;
  }

  #at(a: number, b: number): number {
    return this.#averages[a * this.#size + b];
  }

  #siblingOf(node: number): number {
    const [first, second] = this.#children[this.#parents[node]];
    return first === node ? second : first;
  }

  #exchange(a: number, b: number): void {
    const [x, y] = [this.#parents[a], this.#parents[b]];
    this.#children[x] = this.#children[x].map((child) => (child === a ? b : child)) as [number, number];
    this.#children[y] = this.#children[y].map((child) => (child === b ? a : child)) as [number, number];
    [this.#parents[a], this.#parents[b]] = [y, x];
  }

  #preorder(): number[] {
    const order: number[] = [];
    const waiting = [1];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      order.push(node);
      waiting.push(...this.#children[node]);
    }
    return order;
  }

  /** All averages anew: of what is below two nodes from the leaves up, then of what is above a node from the top down. */
  #average(): void {
    const order = this.#preorder();
    const places = new Int32Array(this.#size); // where a node stands in the order, and where what is below it ends
    const ends = new Int32Array(this.#size);
    order.forEach((node, place) => (places[node] = place));
    for (const node of [...order].reverse()) {
      ends[node] = places[node] + 1;
      for (const child of this.#children[node]) ends[node] = Math.max(ends[node], ends[child]);
    }
    for (let i = order.length - 1; i >= 0; i--) {
      for (let j = order.length - 1; j >= ends[order[i]]; j--) this.#setBelow(order[i], order[j]);
    }
    for (const node of order) {
      for (let j = ends[node] - 1; j > places[node]; j--) this.#setAbove(node, order[j]);
    }
  }

  #setBelow(a: number, b: number): void {
    this.#set(a, b, this.#between(a, b));
  }

  #between(a: number, b: number): number {
    const [x, y] = [this.#taxa[a], this.#taxa[b]];
    if (x >= 0 && y >= 0) return this.#distances[x * this.#names.length + y];
    const [whole, [first, second]] = x >= 0 ? [a, this.#children[b]] : [b, this.#children[a]];
    return (this.#at(whole, first) + this.#at(whole, second)) / 2;
  }

  /** Between what is above a node and what is below a node below it. */
  #setAbove(node: number, below: number): void {
    if (node === 1) this.#set(1, below, this.#toFirst(below));
    else this.#set(node, below, (this.#at(this.#parents[node], below) + this.#at(this.#siblingOf(node), below)) / 2);
  }

  /** Between the first taxon and what is below a node; what is farther below is known. */
  #toFirst(below: number): number {
    if (this.#taxa[below] >= 0) return this.#distances[this.#taxa[below]];
    const [first, second] = this.#children[below];
    return (this.#at(1, first) + this.#at(1, second)) / 2;
  }

  #set(a: number, b: number, value: number): void {
    this.#averages[a * this.#size + b] = this.#averages[b * this.#size + a] = value;
  }
}

function checkStart(start: Tree, names: readonly string[]): void {
  const isSame = [...taxaOf(start)].sort().join('\0') === [...names].sort().join('\0');
  if (!isSame) throw new RangeError('minimumEvolution: expected a start on the names of the matrix');
  if (preorder(unroot(start)).length === 2 * names.length - 2) return;
  throw new RangeError('minimumEvolution: expected a start in which every inner node has three branches');
}
