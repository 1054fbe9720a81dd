import { topological } from '../graph';
import type { Lowering } from '../op';
import type { Tensor } from '../tensor';
import { operandsToStore } from './kernels/contract-views';
import { storedInputs } from './loop/kernel';
import { tableOf } from './value';

/** One kernel to be: `root` is what it stores, `anchor` the reduction or product inside it, if any. */
export interface Group {
  readonly root: Tensor;
  readonly anchor: Tensor | undefined;
  /** What it reads from memory. */
  readonly reads: readonly Tensor[];
}

/** Storage buffers that a kernel may bind, in WebGPU's default limits. */
const maxBuffers = 8;
/** Elementwise nodes in one kernel: longer texts compile slowly. */
const maxNodes = 64;
/** Weight from which a node that two kernels need is stored rather than computed twice. */
const worthStoring = 3;
const costlyWeight = 8;

/** The kind of a node's lowering; `leaf` for what has its data. */
export const loweringOf = (node: Tensor): Lowering['kind'] | 'leaf' =>
  node.source.kind === 'op' ? node.source.op.lowering.kind : 'leaf';
/** What a node reads; rows are looked up in the buffer behind a reshape. */
function inputsOf(node: Tensor): readonly Tensor[] {
  if (node.source.kind !== 'op') return [];
  const [first, ...rest] = node.source.inputs;
  return loweringOf(node) === 'lookup' ? [tableOf(first), ...rest] : node.source.inputs;
}
const maps = new Set(['elementwise', 'movement', 'lookup']);
const isMap = (node: Tensor): boolean => maps.has(loweringOf(node));

/**
 * Cuts a lowered graph into kernels. Views and elementwise nodes melt into whoever reads them; reductions and products keep
 * a kernel each and take what follows them element by element. Equal graphs give equal schedules.
 */
export function schedule(roots: readonly Tensor[]): Group[] {
  const order = topological(roots);
  const forced = new Set<Tensor>();
  for (;;) {
    const groups = new Scheduler(order, roots, forced).groups();
    const overfull = groups.find((group) => group.reads.length + 1 > maxBuffers);
    const cut = overfull && cutOf(overfull, new Set(groups.map((group) => group.root)), forced);
    if (!cut) return groups;
    forced.add(cut);
  }
}

/** The inner node of an overfull kernel that takes the most buffers with it and still fits in one. */
function cutOf(group: Group, stored: ReadonlySet<Tensor>, forced: ReadonlySet<Tensor>): Tensor | undefined {
  const reads = new Map<Tensor, Set<Tensor>>();
  const count = (node: Tensor): Set<Tensor> => {
    const known = reads.get(node);
    if (known) return known;
    const isRead = node !== group.root && node !== group.anchor && (stored.has(node) || loweringOf(node) === 'leaf');
    const found = isRead
      ? new Set(node.source.kind === 'scalar' ? [] : [node])
      : new Set(inputsOf(node).flatMap((input) => [...count(input)]));
    reads.set(node, found);
    return found;
  };
  count(group.root);
  const fits = [...reads].filter(
    ([node, found]) =>
      isMap(node) &&
      node !== group.root &&
      !forced.has(node) &&
      !stored.has(node) &&
      found.size > 1 &&
      found.size < maxBuffers,
  );
  return fits.sort((a, b) => b[1].size - a[1].size || a[0].id - b[0].id)[0]?.[0];
}

class Scheduler {
  private readonly consumers = new Map<Tensor, Tensor[]>();
  private readonly weights = new Map<Tensor, number>();
  private readonly stored = new Set<Tensor>();
  /** The kernels (by root) that compute a node inside themselves. */
  private readonly owners = new Map<Tensor, Set<Tensor>>();
  private readonly anchors = new Map<Tensor, Tensor>();
  /** The kernel whose result has its elements where this node has them. */
  private readonly aligned = new Map<Tensor, Tensor>();
  private readonly nodeCount = new Map<Tensor, number>();

  constructor(
    private readonly order: readonly Tensor[],
    private readonly roots: readonly Tensor[],
    private readonly forced: ReadonlySet<Tensor>,
  ) {
    for (const node of order)
      for (const input of inputsOf(node)) this.consumers.set(input, [...(this.consumers.get(input) ?? []), node]);
    for (const node of order) this.weights.set(node, this.isStoredAnyway(node) ? 0 : this.weigh(node));
  }

  groups(): Group[] {
    for (const root of this.roots) this.stored.add(root);
    for (const node of [...this.order].reverse()) if (loweringOf(node) !== 'leaf') this.place(node);
    return this.order
      .filter((node) => this.stored.has(node) && loweringOf(node) !== 'leaf')
      .map((root) => ({ root, anchor: this.anchors.get(root) ?? this.ownAnchor(root), reads: this.readsOf(root) }));
  }

  private ownAnchor(root: Tensor): Tensor | undefined {
    return isMap(root) ? undefined : root;
  }

  /** Work to compute one element again. */
  private weigh(node: Tensor): number {
    if (!isMap(node)) return 0;
    const below = inputsOf(node).reduce((total, input) => total + this.weights.get(input)!, 0);
    const { lowering } = (node.source as { op: { lowering: Lowering } }).op;
    const own =
      lowering.kind === 'movement' ? 0 : lowering.kind === 'elementwise' && lowering.costly ? costlyWeight : 1;
    return Math.min(below + own, 1000);
  }

  /** Needed more than once, and behind a reduction or product that has to be stored in any case: then this is what is stored of it. */
  private isStoredAnyway(node: Tensor): boolean {
    return loweringOf(node) === 'elementwise' && this.consumers.get(node)?.length !== 1 && this.followsAnchor(node);
  }

  private followsAnchor(node: Tensor): boolean {
    return inputsOf(node).some((input) => {
      if (this.consumers.get(input)!.length > 1 || !this.keepsOrder(input, node)) return false;
      return isMap(input)
        ? this.followsAnchor(input)
        : loweringOf(input) === 'reduce' || loweringOf(input) === 'contract';
    });
  }

  /** Decides for a node whose consumers are all decided. */
  private place(node: Tensor): void {
    const owners = this.ownersOf(node);
    const [only] = owners;
    if (this.stored.has(node) || this.forced.has(node) || this.mustStore(node, owners)) return this.store(node);
    const count = (this.nodeCount.get(only) ?? 0) + 1;
    if (isMap(node)) {
      if (count > maxNodes && loweringOf(node) === 'elementwise') return this.store(node);
      this.nodeCount.set(only, count);
      this.owners.set(node, owners);
      this.align(node);
      return this.storeOperands(node);
    }
    this.anchors.set(only, node); // a reduction or product whose one reader takes it element by element
    this.owners.set(node, owners);
    this.storeOperands(node);
  }

  private store(node: Tensor): void {
    this.stored.add(node);
    this.owners.set(node, new Set([node]));
    if (isMap(node)) this.aligned.set(node, node);
    this.storeOperands(node);
  }

  private ownersOf(node: Tensor): Set<Tensor> {
    return new Set((this.consumers.get(node) ?? []).flatMap((consumer) => [...this.owners.get(consumer)!]));
  }

  private mustStore(node: Tensor, owners: ReadonlySet<Tensor>): boolean {
    if (loweringOf(node) === 'kernel' || loweringOf(node) === 'loop') return true;
    if (!isMap(node)) return owners.size !== 1 || !this.canAnchor(node, [...owners][0]);
    const weight = this.weights.get(node)!;
    // What a loop reads is a product's own result, biased and activated, rather than that and a bias.
    if (this.feedsLoop(node) && loweringOf(node) === 'elementwise' && this.followsAnchor(node)) return true;
    if (owners.size > 1 && (weight > worthStoring || this.isStoredAnyway(node))) return true;
    const isSpread = (this.consumers.get(node) ?? []).some((consumer) => isMap(consumer) && consumer.size > node.size);
    return isSpread && weight >= costlyWeight;
  }

  private feedsLoop(node: Tensor): boolean {
    return (this.consumers.get(node) ?? []).some((consumer) => loweringOf(consumer) === 'loop');
  }

  /** A kernel takes one reduction or product, and only where its elements lie in its own order. */
  private canAnchor(node: Tensor, owner: Tensor): boolean {
    const isFree = isMap(owner) && !this.anchors.has(owner) && owner.size === node.size;
    return isFree && this.consumersAligned(node, owner);
  }

  private consumersAligned(node: Tensor, owner: Tensor): boolean {
    return this.consumers
      .get(node)!
      .every((consumer) => this.aligned.get(consumer) === owner && this.keepsOrder(node, consumer));
  }

  private keepsOrder(node: Tensor, consumer: Tensor): boolean {
    if (consumer.size !== node.size || consumer.source.kind !== 'op') return false;
    if (consumer.source.op.name === 'reshape') return true;
    return loweringOf(consumer) === 'elementwise' && consumer.shape.length === node.shape.length;
  }

  private align(node: Tensor): void {
    const [owner] = this.owners.get(node)!;
    if (this.owners.get(node)!.size === 1 && this.consumersAligned(node, owner)) this.aligned.set(node, owner);
  }

  /** Products read views, rows are looked up in memory, own kernels read plain buffers: what is none of that is stored. */
  private storeOperands(node: Tensor): void {
    const kind = loweringOf(node);
    if (kind === 'kernel') for (const input of inputsOf(node)) this.storeInput(input);
    if (kind === 'lookup') this.storeInput(inputsOf(node)[0]);
    if (kind === 'loop') for (const input of storedInputs(node)) this.storeInput(input);
    if (kind !== 'contract') return;
    const isStored = (t: Tensor) => this.stored.has(t) || loweringOf(t) === 'leaf' || !isMap(t);
    for (const operand of operandsToStore(node, isStored)) this.storeInput(operand);
  }

  private storeInput(input: Tensor): void {
    this.stored.add(input);
  }

  private readsOf(root: Tensor): Tensor[] {
    const anchor = this.anchors.get(root);
    const reads = new Set<Tensor>();
    const seen = new Set<Tensor>();
    const walk = (node: Tensor): void => {
      for (const input of inputsOf(node)) {
        if (seen.has(input)) continue;
        seen.add(input);
        if (input.source.kind === 'scalar') continue;
        if (input !== anchor && (this.stored.has(input) || loweringOf(input) === 'leaf')) reads.add(input);
        else walk(input);
      }
    };
    walk(root);
    return [...reads];
  }
}
