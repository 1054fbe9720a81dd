import { flatten } from './flat-tree';
import type { FlatTree } from './flat-tree';
import type { Tree } from './tree';

/** Where the nodes of a drawn tree stand: leaves one below the other, the root at the left. */
export interface TreeLayout extends FlatTree {
  /** Of each node its distance from the root: branch lengths, or levels so that all leaves are at the right. */
  readonly depths: Float64Array;
  /** Of each node its row: leaves 0, 1, 2, …, an inner node in the middle of its first and last child. */
  readonly rows: Float64Array;
  /** Whether depths are branch lengths. */
  readonly isScaled: boolean;
}

/** Places the nodes; by branch lengths where there are any, unless `isScaled` says otherwise. Negative lengths count as 0. */
export function layOut(tree: Tree, isScaled?: boolean): TreeLayout {
  const flat = flatten(tree);
  const scaled = isScaled ?? flat.nodes.some(({ length }, i) => i > 0 && (length ?? 0) > 0);
  return { ...flat, depths: scaled ? lengthsFromRoot(flat) : levels(flat), rows: rowsOf(flat), isScaled: scaled };
}

function lengthsFromRoot({ nodes, parents }: FlatTree): Float64Array {
  const depths = new Float64Array(nodes.length);
  for (let i = 1; i < nodes.length; i++) depths[i] = depths[parents[i]] + Math.max(0, nodes[i].length ?? 0);
  return depths;
}

/** The height of the root less the height of the node, where a node is one higher than its highest child. */
function levels({ nodes, parents }: FlatTree): Float64Array {
  const heights = new Float64Array(nodes.length);
  for (let i = nodes.length - 1; i > 0; i--) heights[parents[i]] = Math.max(heights[parents[i]], heights[i] + 1);
  return heights.map((height) => heights[0] - height);
}

function rowsOf({ nodes, parents }: FlatTree): Float64Array {
  let leaves = 0;
  const first = new Float64Array(nodes.length).fill(Infinity);
  const last = new Float64Array(nodes.length);
  nodes.forEach(({ children }, i) => {
    if (children.length === 0) first[i] = last[i] = leaves++;
  });
  for (let i = nodes.length - 1; i > 0; i--) {
    const row = (first[i] + last[i]) / 2;
    first[parents[i]] = Math.min(first[parents[i]], row);
    last[parents[i]] = Math.max(last[parents[i]], row);
  }
  return first.map((row, i) => (row + last[i]) / 2);
}
