import { topological } from '../graph';
import { size } from '../shape';
import type { Tensor } from '../tensor';
import { madeOf } from './program';

/*
 * Which values of the forward loop the backward loop reads from memory, and which it computes again: a minimum cut. States and
 * sequences are there in any case; elementwise steps and views may be repeated; everything else is stored or follows from what is.
 */

/** The nodes to store so that all of `needed` can be had; the cut is as near to them as its width allows. */
export function residualsOf(needed: readonly Tensor[], isFree: (node: Tensor) => boolean): Tensor[] {
  const order = topological(needed, (t) => (isFree(t) ? [] : (madeOf(t)?.inputs ?? [])));
  const network = new Network(order.length);
  const place = new Map(order.map((node, i) => [node, i]));
  for (const node of order) {
    const i = place.get(node)!;
    if (isFree(node) || !madeOf(node)) continue; // known anyway: nothing flows from it
    network.limit(i, size(node.shape.slice(1)));
    if (!isRepeatable(node)) network.feed(i);
    else
      for (const input of madeOf(node)!.inputs)
        if (!isFree(input) && madeOf(input)) network.connect(place.get(input)!, i);
  }
  for (const node of needed) if (!isFree(node) && madeOf(node)) network.drain(place.get(node)!);
  const cut = network.cut();
  return order.filter((_, i) => cut.has(i));
}

const isRepeatable = (node: Tensor): boolean => {
  const kind = madeOf(node)!.op.lowering.kind;
  return kind === 'elementwise' || kind === 'movement' || kind === 'identity';
};

interface Edge {
  readonly to: number;
  room: number;
  readonly back: number;
}

/** Maximum flow by shortest augmenting paths (Edmonds and Karp 1972). Vertex 2i is a node's entry, 2i + 1 its exit. */
class Network {
  private readonly edges: Edge[][];
  private readonly source: number;
  private readonly sink: number;

  constructor(private readonly nodes: number) {
    this.source = 2 * nodes;
    this.sink = this.source + 1;
    this.edges = Array.from({ length: 2 * nodes + 2 }, () => []);
  }

  limit(node: number, width: number): void {
    this.add(2 * node, 2 * node + 1, width);
  }
  connect(from: number, to: number): void {
    this.add(2 * from + 1, 2 * to, Infinity);
  }
  feed(node: number): void {
    this.add(this.source, 2 * node, Infinity);
  }
  drain(node: number): void {
    this.add(2 * node + 1, this.sink, Infinity);
  }

  private add(from: number, to: number, room: number): void {
    this.edges[from].push({ to, room, back: this.edges[to].length });
    this.edges[to].push({ to: from, room: 0, back: this.edges[from].length - 1 });
  }

  /** The saturated nodes nearest to the sink. */
  cut(): Set<number> {
    for (let path = this.path(); path; path = this.path()) this.augment(path);
    const canReach = this.reachingSink();
    const found = new Set<number>();
    for (let i = 0; i < this.nodes; i++) if (!canReach.has(2 * i) && canReach.has(2 * i + 1)) found.add(i);
    return found;
  }

  private path(): Edge[] | undefined {
    const before = new Map<number, Edge>();
    const queue = [this.source];
    for (const at of queue)
      for (const edge of this.edges[at]) {
        if (edge.room <= 0 || before.has(edge.to) || edge.to === this.source) continue;
        before.set(edge.to, edge);
        if (edge.to === this.sink) return this.trace(before);
        queue.push(edge.to);
      }
    return undefined;
  }

  private trace(before: ReadonlyMap<number, Edge>): Edge[] {
    const path: Edge[] = [];
    for (let at = this.sink; at !== this.source;) {
      const edge = before.get(at)!;
      path.push(edge);
      at = this.edges[edge.to][edge.back].to;
    }
    return path;
  }

  private augment(path: readonly Edge[]): void {
    const flow = Math.min(...path.map((edge) => edge.room));
    for (const edge of path) {
      edge.room -= flow;
      this.edges[edge.to][edge.back].room += flow;
    }
  }

  private reachingSink(): Set<number> {
    const reached = new Set([this.sink]);
    const queue = [this.sink];
    for (const at of queue)
      for (const edge of this.edges[at]) {
        const opposite = this.edges[edge.to][edge.back];
        if (opposite.room <= 0 || reached.has(edge.to)) continue;
        reached.add(edge.to);
        queue.push(edge.to);
      }
    return reached;
  }
}
