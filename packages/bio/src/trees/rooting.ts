import { flatten } from './flat-tree';
import type { FlatTree } from './flat-tree';
import { foldTree, lengthened, taxaOf } from './tree';
import type { Tree } from './tree';

/**
 * The tree without a root: one with two children is dissolved and its two branches become one; so do the branches at any
 * node with a single child. A tree of two leaves stays as it is.
 */
export function unroot(tree: Tree): Tree {
  const {
    length: _,
    support: __,
    ...root
  } = foldTree<Tree>(tree, (node, children) =>
    children.length === 1 ? joined(children[0], node) : { ...node, children },
  );
  if (root.children.length !== 2) return root;
  const [first, second] = root.children;
  if (first.children.length > 0) return { ...root, children: [...first.children, joined(second, first)] };
  if (second.children.length > 0) return { ...root, children: [joined(first, second), ...second.children] };
  return root;
}

/** The tree `below` with the branch above it made one with the branch above `node`. */
function joined(below: Tree, node: Pick<Tree, 'length' | 'support'>): Tree {
  const support = below.support ?? node.support;
  return { ...lengthened(below, node.length), ...(support !== undefined && { support }) };
}

/**
 * Roots the tree in the middle of the longest path between two leaves (Farris 1972). A branch without a length counts as
 * 0. What the tree said of its own root is forgotten.
 */
export function midpointRoot(tree: Tree): Tree {
  const flat = flatten(unroot(tree));
  if (flat.nodes.length < 3) return flat.nodes[0];
  const { heights, deepest } = depthsOf(flat);
  const top = topOfLongestPath(flat, heights);
  const [longest, second] = waysDown(flat, heights, top);
  let above = (longest - second) / 2; // from the top down to the middle
  let node = deepest[top];
  while (above > lengthOf(flat, node) && deepest[node] >= 0) {
    above -= lengthOf(flat, node);
    node = deepest[node];
  }
  return hang(flat, node, lengthOf(flat, node) - above, above);
}

/**
 * Roots the tree on the branch between the outgroup and all other taxa, in the middle of it.
 * @throws RangeError if a name is not in the tree, if no other taxon is left, or if no branch separates the two
 */
export function rootByOutgroup(tree: Tree, outgroup: readonly string[]): Tree {
  const out = new Set(outgroup);
  const taxa = taxaOf(tree);
  const missing = outgroup.find((name) => !taxa.includes(name));
  if (missing !== undefined) throw new RangeError(`rootByOutgroup: ${JSON.stringify(missing)} is not in the tree`);
  if (out.size === 0 || out.size === taxa.length) {
    throw new RangeError(
      `rootByOutgroup: expected 1 to ${taxa.length - 1} of the ${taxa.length} taxa, got ${out.size}`,
    );
  }
  const flat = flatten(unroot(tree));
  const node = separating(flat, out, taxa.length);
  if (node < 0) throw new RangeError(`rootByOutgroup: no branch separates ${outgroup.join(', ')} from all other taxa`);
  const { length } = flat.nodes[node];
  return hang(flat, node, length && length / 2, length && length / 2);
}

/** The node below the branch that separates `out` from the rest; −1 where there is none. */
function separating({ nodes, ends }: FlatTree, out: ReadonlySet<string>, taxa: number): number {
  const leavesBefore = [0];
  const outBefore = [0];
  nodes.forEach(({ name, children }, i) => {
    leavesBefore.push(leavesBefore[i] + Number(children.length === 0));
    outBefore.push(outBefore[i] + Number(children.length === 0 && out.has(name)));
  });
  return nodes.findIndex((_, i) => {
    const leaves = leavesBefore[ends[i]] - leavesBefore[i];
    const ofOut = outBefore[ends[i]] - outBefore[i];
    const isOutgroup = ofOut === out.size && leaves === ofOut;
    return i > 0 && (isOutgroup || (ofOut === 0 && leaves === taxa - out.size));
  });
}

/** Hangs the tree from a new root on the branch above a node, which becomes the branches `below` and `above` it. */
function hang({ nodes, parents }: FlatTree, node: number, below: number | undefined, above: number | undefined): Tree {
  const path = [node]; // from the node up to the old root
  while (parents[path[path.length - 1]] >= 0) path.push(parents[path[path.length - 1]]);
  const { support } = nodes[node];
  let rest: Tree | undefined; // what hangs above the branch, from the old root on
  for (let i = path.length - 1; i > 0; i--) {
    const branch = i > 1 ? nodes[path[i - 1]] : { length: above, support };
    rest = turned(nodes[path[i]], nodes[path[i - 1]], rest, branch);
  }
  return { name: '', children: [withBranch(nodes[node], { length: below, support }), rest!] };
}

/** A node of the path turned over: its parent has become a child, the child it is reached by its parent. */
function turned(node: Tree, without: Tree, rest: Tree | undefined, branch: Pick<Tree, 'length' | 'support'>): Tree {
  const at = node.children.indexOf(without);
  const children = [...node.children.slice(0, at), ...node.children.slice(at + 1), ...(rest ? [rest] : [])];
  return children.length === 1 ? joined(children[0], branch) : withBranch({ ...node, children }, branch);
}

function withBranch(
  { length: _, support: __, ...node }: Tree,
  { length, support }: Pick<Tree, 'length' | 'support'>,
): Tree {
  return { ...node, ...(length !== undefined && { length }), ...(support !== undefined && { support }) };
}

const lengthOf = ({ nodes }: FlatTree, i: number) => nodes[i].length ?? 0;

function childrenOf({ nodes, ends }: FlatTree, i: number): number[] {
  const children: number[] = [];
  for (let child = i + 1; children.length < nodes[i].children.length; child = ends[child]) children.push(child);
  return children;
}

/** Of each node the way down to its deepest leaf, and the child that lies on it (−1: it is a leaf). */
function depthsOf(flat: FlatTree): { heights: Float64Array; deepest: Int32Array } {
  const { nodes } = flat;
  const heights = new Float64Array(nodes.length);
  const deepest = new Int32Array(nodes.length).fill(-1);
  for (let i = nodes.length - 1; i > 0; i--) {
    const parent = flat.parents[i];
    const height = heights[i] + lengthOf(flat, i);
    if (deepest[parent] >= 0 && height < heights[parent]) continue; // of equals the first child, which comes last
    [heights[parent], deepest[parent]] = [height, i];
  }
  return { heights, deepest };
}

/** From a node to the deepest leaf by each of its children, the longest way first. */
function waysDown(flat: FlatTree, heights: Float64Array, node: number): number[] {
  const ways = childrenOf(flat, node).map((child) => heights[child] + lengthOf(flat, child));
  return ways.sort((a, b) => b - a);
}

/** The node where the longest path between two leaves turns. */
function topOfLongestPath(flat: FlatTree, heights: Float64Array): number {
  let [longest, top] = [-Infinity, 0];
  flat.nodes.forEach(({ children }, i) => {
    if (children.length < 2) return;
    const [first, second] = waysDown(flat, heights, i);
    if (first + second > longest) [longest, top] = [first + second, i];
  });
  return top;
}
