import { isInformative, membersOf, splitsOf } from './splits';
import type { Split } from './splits';
import { taxaOf } from './tree';
import type { Tree } from './tree';

/** How a consensus is made. */
export interface ConsensusOptions {
  /** A split stays if more than this share of the trees has it: 0.5 (the majority) unless said, at most 1. */
  readonly threshold?: number;
  /** Whether the place of the root counts; false unless said. */
  readonly isRooted?: boolean;
}

/**
 * The majority-rule consensus tree (Margush & McMorris 1981): the splits that more than half of the trees have, which always
 * fit into one tree. Each branch has the share of the trees that have it as its support, and its mean length over them.
 * @throws RangeError if there is no tree, if their taxa differ, or for a threshold below 0.5
 */
export function majorityConsensus(trees: readonly Tree[], options: ConsensusOptions = {}): Tree {
  const { threshold = 0.5, isRooted = false } = options;
  const names = commonTaxa(trees);
  if (!(threshold >= 0.5 && threshold < 1)) {
    throw new RangeError(`majorityConsensus: expected a threshold from 0.5 to below 1, got ${threshold}`);
  }
  const counted = countSplits(trees, names, isRooted);
  const clusters = [...counted.values()].filter(({ split, count }) => {
    const isKept = count > threshold * trees.length;
    return isKept && (split.size === 1 || isInformative(split, names.length, isRooted));
  });
  const isTimed = trees.some(({ children }) => children.some(({ length }) => length !== undefined));
  return nest(clusters, names, trees.length, isTimed);
}

interface Counted {
  readonly split: Split;
  count: number;
  length: number;
}

function commonTaxa(trees: readonly Tree[]): string[] {
  if (trees.length === 0) throw new RangeError('majorityConsensus: expected at least one tree, got none');
  const names = taxaOf(trees[0]);
  const wanted = [...names].sort().join('\0');
  const other = trees.findIndex((tree) => taxaOf(tree).sort().join('\0') !== wanted);
  if (other > 0)
    throw new RangeError(`majorityConsensus: tree ${other + 1} has other taxa than the first; prune them first`);
  return names;
}

function countSplits(trees: readonly Tree[], names: readonly string[], isRooted: boolean): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const tree of trees) {
    for (const [key, split] of splitsOf(tree, names, isRooted)) {
      const entry = counted.get(key) ?? { split, count: 0, length: 0 };
      entry.count++;
      entry.length += split.length;
      counted.set(key, entry);
    }
  }
  return counted;
}

/** A node that still gets children. */
interface Draft {
  readonly tree: Tree;
  /** The index of its first taxon, so that children stand in the order of the taxa. */
  readonly first: number;
  readonly children: Draft[];
}

/** Puts each cluster into the smallest one that holds it, the largest first. */
function nest(clusters: readonly Counted[], names: readonly string[], trees: number, isTimed: boolean): Tree {
  const root: Draft = { tree: { name: '', children: [] }, first: 0, children: [] };
  const drafts = [root];
  const innermost = names.map(() => root);
  const bySize = [...clusters].sort((a, b) => b.split.size - a.split.size);
  for (const { split, count, length } of bySize) {
    const members = membersOf(split);
    const isLeaf = members.length === 1;
    const branch = { ...(isTimed && { length: length / count }), ...(!isLeaf && { support: count / trees }) };
    const tree = { name: isLeaf ? names[members[0]] : '', ...branch, children: [] };
    const draft: Draft = { tree, first: members[0], children: [] };
    innermost[members[0]].children.push(draft);
    for (const member of members) innermost[member] = draft;
    drafts.push(draft);
  }
  return finished(drafts);
}

/** Drafts stand after their parents, so that from the end each finds its children finished. */
function finished(drafts: readonly Draft[]): Tree {
  const trees = new Map<Draft, Tree>();
  for (const draft of [...drafts].reverse()) {
    const children = draft.children.sort((a, b) => a.first - b.first).map((child) => trees.get(child)!);
    trees.set(draft, { ...draft.tree, children });
  }
  return trees.get(drafts[0])!;
}
