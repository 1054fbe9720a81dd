/** A tree is its root: a node with the branch above it and the trees below it. Leaves have no children. */
export interface Tree {
  /** Of a leaf the taxon; `''` where there is none. */
  readonly name: string;
  /** Of the branch to the parent, where it is known. */
  readonly length?: number;
  /** How well the branch to the parent is supported, where it is known: a share or a percentage, as it came. */
  readonly support?: number;
  /** NHX tags: `{ S: 'human', B: '100' }`. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What stood in square brackets and was no NHX, without the brackets. */
  readonly comments?: readonly string[];
  readonly children: readonly Tree[];
}

/** Every node before its children, children in their order. Like all walks here it needs no stack of calls. */
export function preorder(tree: Tree): Tree[] {
  const nodes: Tree[] = [];
  const waiting = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]);
  }
  return nodes;
}

/** Every node after its children, children in their order. */
export function postorder(tree: Tree): Tree[] {
  const nodes: Tree[] = [];
  const waiting = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    for (const child of node.children) waiting.push(child);
  }
  return nodes.reverse();
}

/** Computes from the leaves up: `combine` gets each node with what was made of its children. */
export function foldTree<T>(tree: Tree, combine: (node: Tree, parts: T[]) => T): T {
  const values: T[] = [];
  for (const node of postorder(tree)) {
    values.push(combine(node, values.splice(values.length - node.children.length)));
  }
  return values[0];
}

/** The leaves, in their order. */
export function leavesOf(tree: Tree): Tree[] {
  return preorder(tree).filter(({ children }) => children.length === 0);
}

/**
 * The names of the leaves, in their order.
 * @throws RangeError if a leaf has no name or two have the same: no tree could then be compared with another
 */
export function taxaOf(tree: Tree): string[] {
  const names = leavesOf(tree).map(({ name }) => name);
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '') throw new RangeError('taxaOf: a leaf has no name');
    if (seen.has(name)) throw new RangeError(`taxaOf: two leaves are named ${JSON.stringify(name)}`);
    seen.add(name);
  }
  return names;
}

/**
 * The tree on some of its taxa: nodes left with one child disappear, and their branch lengths add up. Order is kept.
 * @throws RangeError if none of `taxa` is in the tree
 */
export function pruneTo(tree: Tree, taxa: Iterable<string>): Tree {
  const kept = new Set(taxa);
  const pruned = foldTree<Tree | undefined>(tree, (node, parts) => {
    if (node.children.length === 0) return kept.has(node.name) ? node : undefined;
    const children = parts.filter((part) => part !== undefined);
    if (children.length === 0) return undefined;
    return children.length === 1 ? lengthened(children[0], node.length) : { ...node, children };
  });
  if (!pruned) throw new RangeError('pruneTo: none of the taxa is in the tree');
  return pruned;
}

/** The tree with a longer branch above it. */
export function lengthened(tree: Tree, by: number | undefined): Tree {
  if (by === undefined) return tree;
  return { ...tree, length: (tree.length ?? 0) + by };
}
