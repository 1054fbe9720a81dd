import type { RandomSource } from '../random-source';
import { flatten } from './flat-tree';
import { splitsOf } from './splits';
import { foldTree, taxaOf } from './tree';
import type { Tree } from './tree';

/**
 * An alignment of the same size whose columns are drawn from the given one with replacement (Felsenstein 1985).
 * @throws RangeError if the rows differ in length
 */
export function bootstrapColumns(rows: readonly string[], rng: RandomSource): string[] {
  const length = rows[0]?.length ?? 0;
  const other = rows.findIndex((row) => row.length !== length);
  if (other >= 0) {
    throw new RangeError(
      `bootstrapColumns: row ${other + 1} has ${rows[other].length} columns, the first has ${length}`,
    );
  }
  const columns = Uint32Array.from({ length }, () => rng.integer(length));
  return rows.map((row) => {
    const drawn = new Uint16Array(length);
    for (let i = 0; i < length; i++) drawn[i] = row.charCodeAt(columns[i]);
    return textOf(drawn);
  });
}

const PIECE = 8192; // arguments of one call: engines take some 65 000

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += PIECE) text += String.fromCharCode(...codes.subarray(at, at + PIECE));
  return text;
}

/**
 * The tree with the support of each inner branch: the share of the replicates that have its split.
 * @throws RangeError if there is no replicate or if one has other taxa
 */
export function bootstrapSupport(tree: Tree, replicates: readonly Tree[]): Tree {
  if (replicates.length === 0) throw new RangeError('bootstrapSupport: expected at least one replicate, got none');
  const names = taxaOf(tree);
  const wanted = [...names].sort().join('\0');
  const counts = new Map<string, number>();
  replicates.forEach((replicate, i) => {
    if (taxaOf(replicate).sort().join('\0') !== wanted) {
      throw new RangeError(`bootstrapSupport: replicate ${i + 1} has other taxa than the tree`);
    }
    for (const key of splitsOf(replicate, names).keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const supports = new Map<number, number>(); // by the place of the node in preorder
  for (const [key, { branches }] of splitsOf(tree, names)) {
    for (const branch of branches) supports.set(branch, (counts.get(key) ?? 0) / replicates.length);
  }
  return withSupports(tree, supports);
}

/** Sets the support of inner nodes by their place in preorder. */
function withSupports(tree: Tree, supports: ReadonlyMap<number, number>): Tree {
  const { ends } = flatten(tree);
  const places = [...ends.keys()].sort((a, b) => ends[a] - ends[b] || b - a); // postorder, as `foldTree` goes
  let at = 0;
  return foldTree<Tree>(tree, (node, children) => {
    const support = supports.get(places[at++]);
    return children.length === 0 ? node : { ...node, ...(support !== undefined && { support }), children };
  });
}

/** The trees that `build` makes of bootstrap samples of an alignment. */
export function bootstrapTrees(
  rows: readonly string[],
  build: (rows: string[]) => Tree,
  { replicates, rng }: { readonly replicates: number; readonly rng: RandomSource },
): Tree[] {
  return Array.from({ length: replicates }, () => build(bootstrapColumns(rows, rng)));
}
