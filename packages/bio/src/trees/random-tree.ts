import { uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import type { Tree } from './tree';

/** How large a random tree is. */
export interface RandomTreeOptions {
  readonly rng: RandomSource;
  /** The names of the leaves, or their number: they are then called t1, t2, … */
  readonly taxa: number | readonly string[];
  /** The mean length of a branch, 0.1 unless said; lengths are exponential. */
  readonly meanLength?: number;
}

/**
 * A random unrooted tree in which every inner node has three branches: leaves are added one by one, each to a branch drawn
 * at random, so that every shape on these names is as likely as every other.
 */
export function randomTree({ rng, taxa, meanLength = 0.1 }: RandomTreeOptions): Tree {
  const names = typeof taxa === 'number' ? Array.from({ length: taxa }, (_, i) => `t${i + 1}`) : taxa;
  if (names.length === 0) throw new RangeError('randomTree: expected at least one taxon, got none');
  const length = () => -Math.log(uniformFrom(rng)) * meanLength;
  const root: Draft = { name: '', length: 0, children: [] };
  const branches: Draft[] = []; // every node but the root stands for the branch above it
  for (const name of names) {
    const leaf: Draft = { name, length: length(), children: [] };
    branches.push(leaf);
    if (root.children.length < 3) root.children.push(leaf);
    else branches.push(split(branches[rng.integer(branches.length - 1)], leaf, length()));
  }
  return names.length === 1 ? { name: names[0], children: [] } : finished(root);
}

/** A node that still changes. */
interface Draft {
  name: string;
  length: number;
  children: Draft[];
}

/** Puts a leaf on the branch above `node`: what stood there moves down one step, and is returned. */
function split(node: Draft, leaf: Draft, length: number): Draft {
  const lower: Draft = { ...node, length };
  node.name = '';
  node.children = [lower, leaf];
  return lower;
}

/** The root has no branch above it. */
function finished({ name, children }: Draft): Tree {
  return { name, children };
}
