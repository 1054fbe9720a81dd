import { flatten } from './flat-tree';
import type { Tree } from './tree';

/** What all branches that separate the same taxa have in common. */
export interface Split {
  /** The taxa on the side that counts, a bit for each: below the branch or, unrooted, a single one or those without the first. */
  readonly set: Uint16Array;
  /** How many there are on that side. */
  readonly size: number;
  /** The sum of the branches' lengths; one without a length counts as 0. */
  readonly length: number;
  /** Where the branches stand: indices of the nodes below them, in preorder. */
  readonly branches: readonly number[];
}

/**
 * The splits of a tree by keys that are equal exactly if the splits are, on `names` in their order. The two branches at a
 * root with two children are one split unless the tree is taken as rooted; then a split is the set of taxa below. Takes n²/4
 * bytes for n taxa, twice.
 */
export function splitsOf(tree: Tree, names: readonly string[], isRooted = false): Map<string, Split> {
  const { nodes, parents } = flatten(tree);
  const sets = taxaBelow(nodes, parents, names);
  const splits = new Map<string, Split>();
  for (let i = 1; i < nodes.length; i++) {
    const set = isRooted ? sets[i] : countedSide(sets[i], names.length);
    const key = keyOf(set);
    const { length = 0, branches = [], size = sizeOf(set) } = splits.get(key) ?? {};
    splits.set(key, { set, size, length: length + (nodes[i].length ?? 0), branches: [...branches, i] });
  }
  return splits;
}

/** Whether a split of `n` taxa says something: one taxon apart from all others is in every tree. */
export function isInformative({ size }: Split, n: number, isRooted = false): boolean {
  return size >= 2 && size <= (isRooted ? n - 1 : n - 2);
}

/** The indices of the taxa of a split, in rising order. */
export function membersOf({ set }: Split): number[] {
  const members: number[] = [];
  set.forEach((bits, word) => {
    for (let bit = 0; bit < BITS; bit++) if ((bits >> bit) & 1) members.push(word * BITS + bit);
  });
  return members;
}

const BITS = 16; // to a word, so that a word is a character of the key

/** Of each node the set of taxa below it, a bit for each. */
function taxaBelow(nodes: readonly Tree[], parents: Int32Array, names: readonly string[]): Uint16Array[] {
  const indices = new Map(names.map((name, index) => [name, index]));
  const sets = nodes.map(() => new Uint16Array(Math.ceil(names.length / BITS)));
  for (let i = nodes.length - 1; i >= 0; i--) {
    if (nodes[i].children.length === 0) {
      const index = indices.get(nodes[i].name)!;
      sets[i][Math.floor(index / BITS)] |= 1 << (index % BITS);
    }
    if (i > 0) sets[i].forEach((bits, word) => (sets[parents[i]][word] |= bits));
  }
  return sets;
}

/** Of the two sides of a split the one that names it. */
function countedSide(set: Uint16Array, n: number): Uint16Array {
  const size = sizeOf(set);
  const hasFirst = (set[0] & 1) === 1;
  return (hasFirst && size > 1) || (!hasFirst && size === n - 1) ? complement(set, n) : set;
}

function sizeOf(set: Uint16Array): number {
  let size = 0;
  for (let rest of set) for (; rest > 0; rest &= rest - 1) size++;
  return size;
}

function complement(set: Uint16Array, n: number): Uint16Array {
  const others = set.map((bits) => ~bits);
  if (n % BITS > 0) others[others.length - 1] &= (1 << (n % BITS)) - 1;
  return others;
}

function keyOf(set: Uint16Array): string {
  let key = '';
  for (const bits of set) key += String.fromCharCode(bits);
  return key;
}
