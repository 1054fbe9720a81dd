import type { DistanceMatrix } from './distance-matrix';
import { flatten } from './flat-tree';
import { taxaOf } from './tree';
import type { Tree } from './tree';

/**
 * The lengths of the paths between all leaves (patristic or, of a rooted tree with equal depths, cophenetic distances),
 * in the order of the leaves. A branch without a length counts as 0.
 * @throws RangeError if a leaf has no name or two have the same
 */
export function pathLengths(tree: Tree): DistanceMatrix {
  const names = taxaOf(tree);
  const { nodes, parents, ends } = flatten(tree);
  const n = names.length;
  const values = new Float64Array(n * n);
  const depths = new Float64Array(nodes.length);
  const leavesBefore = new Int32Array(nodes.length + 1); // of each node the number of leaves before it
  for (let i = 0; i < nodes.length; i++) {
    if (i > 0) depths[i] = depths[parents[i]] + (nodes[i].length ?? 0);
    leavesBefore[i + 1] = leavesBefore[i] + Number(nodes[i].children.length === 0);
  }
  const leafDepths = depths.filter((_, i) => nodes[i].children.length === 0);
  for (let child = 1; child < nodes.length; child++) {
    const top = depths[parents[child]];
    const [from, to] = [leavesBefore[child], leavesBefore[ends[child]]];
    const last = leavesBefore[ends[parents[child]]];
    for (let a = from; a < to; a++) {
      for (let b = to; b < last; b++) values[a * n + b] = values[b * n + a] = leafDepths[a] + leafDepths[b] - 2 * top;
    }
  }
  return { names, values };
}
