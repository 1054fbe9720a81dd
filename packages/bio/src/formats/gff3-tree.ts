import { excerpt, FormatError } from './format-error';
import { readGff3 } from './gff3';
import type { Gff3Feature, Gff3Item } from './gff3';
import type { Input, ReadOptions } from './input';

/** A feature with its parts: a gene with its transcripts, those with their exons. */
export interface Gff3Node {
  /** Its lines: one, or several of the same ID, as a CDS has in spliced genes. */
  readonly features: readonly Gff3Feature[];
  /** Features that name it as their `Parent`; one with two parents stands under both. */
  readonly children: readonly Gff3Node[];
}

/** What readers of trees can be told. */
export interface Gff3TreeOptions extends ReadOptions {
  /** What becomes of features whose parent is missing, as in extracts: an error unless said, or `'roots'`. */
  readonly orphans?: 'error' | 'roots';
}

/**
 * The features of a GFF3 text as trees: those without `Parent`, each with all that belongs to it, in the order of their
 * first lines. They come whenever the file says that what stood before is complete (`###`), or at its end.
 * @throws FormatError, also for a parent that is nowhere between two `###` and for features that are their own ancestors
 */
export async function* readGff3Trees(input: Input, options: Gff3TreeOptions = {}): AsyncGenerator<Gff3Node> {
  let items: FeatureItem[] = [];
  for await (const item of readGff3(input, options)) {
    if (item.kind === 'feature') items.push(item);
    if (item.kind !== 'directive' || item.name !== '#') continue;
    yield* trees(items, options);
    items = [];
  }
  yield* trees(items, options);
}

type FeatureItem = Extract<Gff3Item, { kind: 'feature' }>;

interface Growing {
  readonly features: Gff3Feature[];
  readonly children: Growing[];
  readonly parents: Map<string, number>; // ID → the line that names it
}

function trees(items: readonly FeatureItem[], { source, orphans }: Gff3TreeOptions): Gff3Node[] {
  const byId = new Map<string, Growing>();
  const nodes = new Set<Growing>();
  for (const item of items) nodes.add(place(item, byId));
  const roots: Growing[] = [];
  for (const node of nodes) {
    const parents = [...node.parents].flatMap(([id, line]) => {
      const parent = byId.get(id);
      if (parent || orphans === 'roots') return parent ?? [];
      const remedy = "orphans: 'roots' takes such features as roots";
      throw new FormatError(
        { source, line },
        `parent ${excerpt(id)} is not in the file, or not before '###' (${remedy})`,
      );
    });
    for (const parent of parents) parent.children.push(node);
    if (parents.length === 0) roots.push(node);
  }
  checkReached(roots, nodes, source);
  return roots;
}

/** The node that a line belongs to: that of an earlier line of its ID, or a new one. */
function place({ feature, line }: FeatureItem, byId: Map<string, Growing>): Growing {
  const id = feature.attributes.ID?.[0];
  const node = (id !== undefined && byId.get(id)) || { features: [], children: [], parents: new Map<string, number>() };
  if (id !== undefined) byId.set(id, node);
  node.features.push(feature);
  for (const parent of feature.attributes.Parent ?? []) if (!node.parents.has(parent)) node.parents.set(parent, line);
  return node;
}

/** What no root reaches is below itself. */
function checkReached(roots: readonly Growing[], nodes: ReadonlySet<Growing>, source?: string): void {
  const reached = new Set<Growing>(roots);
  for (const node of reached) for (const child of node.children) reached.add(child);
  const lost = [...nodes].find((node) => !reached.has(node));
  if (!lost) return;
  const line = Math.min(...lost.parents.values());
  throw new FormatError({ source, line }, `${excerpt(lost.features[0].attributes.ID?.[0] ?? '')} is its own ancestor`);
}
