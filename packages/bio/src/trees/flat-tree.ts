import { preorder } from './tree';
import type { Tree } from './tree';

/** A tree as arrays over its nodes in preorder: a node stands before all below it, and what is below it is one run. */
export interface FlatTree {
  readonly nodes: readonly Tree[];
  /** The index of the parent; −1 for the root. */
  readonly parents: Int32Array;
  /** The index after the last node below: node i and all below are i ≤ k < ends[i]. */
  readonly ends: Int32Array;
}

/** The nodes in preorder, with parents and ends. */
export function flatten(tree: Tree): FlatTree {
  const nodes = preorder(tree);
  const parents = new Int32Array(nodes.length).fill(-1);
  const ends = Int32Array.from(nodes.keys(), (i) => i + 1);
  const next = new Int32Array(nodes.length); // how many children of a node have been met
  for (let i = 1, parent = 0; i < nodes.length; i++) {
    while (next[parent] === nodes[parent].children.length) parent = parents[parent];
    next[parent]++;
    parents[i] = parent;
    parent = i;
  }
  for (let i = nodes.length - 1; i > 0; i--) ends[parents[i]] = Math.max(ends[parents[i]], ends[i]);
  return { nodes, parents, ends };
}
