import { isInformative, splitsOf } from './splits';
import type { Split } from './splits';
import { pruneTo, taxaOf } from './tree';
import type { Tree } from './tree';

/** How two trees are compared. */
export interface RobinsonFouldsOptions {
  /** Whether the place of the root counts: sets of taxa below a node instead of splits; false unless said. */
  readonly isRooted?: boolean;
}

/** In what two trees differ on the taxa that both have. */
export interface TreeComparison {
  /** The number of splits in one of the trees only (Robinson & Foulds 1981). */
  readonly distance: number;
  /** The distance over the splits of both trees, 2(n − 3) where both are binary; 1 where there are none, as in scikit-bio. */
  readonly normalized: number;
  /** The sum of the differences of branch lengths over all splits, those of single taxa included (Robinson & Foulds 1979). */
  readonly weighted: number;
  /** The number of splits in both trees. */
  readonly shared: number;
  /** How many splits each tree has, single taxa not counted. */
  readonly splits: readonly [number, number];
  /** The taxa that both trees have, in the order of the first. */
  readonly taxa: readonly string[];
}

/**
 * Compares two trees by their splits, on the taxa that both have.
 * @throws RangeError if they have none in common, or if a leaf has no name of its own
 */
export function robinsonFoulds(a: Tree, b: Tree, { isRooted = false }: RobinsonFouldsOptions = {}): TreeComparison {
  const others = new Set(taxaOf(b));
  const taxa = taxaOf(a).filter((name) => others.has(name));
  if (taxa.length === 0) throw new RangeError('robinsonFoulds: the trees have no taxon in common');
  const [x, y] = [a, b].map((tree) => splitsOf(pruneTo(tree, taxa), taxa, isRooted));
  const [own, their] = [x, y].map((splits) => informative(splits, taxa.length, isRooted));
  const shared = own.filter((key) => y.has(key)).length;
  const total = own.length + their.length;
  const distance = total - 2 * shared;
  const normalized = total === 0 ? 1 : distance / total;
  return { distance, normalized, weighted: weighted(x, y), shared, splits: [own.length, their.length], taxa };
}

function informative(splits: ReadonlyMap<string, Split>, n: number, isRooted: boolean): string[] {
  return [...splits].filter(([, split]) => isInformative(split, n, isRooted)).map(([key]) => key);
}

function weighted(x: ReadonlyMap<string, Split>, y: ReadonlyMap<string, Split>): number {
  const keys = new Set([...x.keys(), ...y.keys()]);
  let sum = 0;
  for (const key of keys) sum += Math.abs((x.get(key)?.length ?? 0) - (y.get(key)?.length ?? 0));
  return sum;
}
