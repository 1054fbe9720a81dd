/** Two clusters become one: those that hold the items `a` and `b`, which lie `height` apart on average. */
export interface Merge {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/**
 * Hierarchical clustering by average linkage (Sokal & Michener 1958): n − 1 merges, each after those that made its two
 * clusters, in O(n²) by following nearest neighbours until two are each other's (Murtagh 1983).
 * @param distances symmetric; they are overwritten. [count, count]
 */
export function averageLinkage(distances: Float64Array, count: number): Merge[] {
  const sizes = new Uint32Array(count).fill(1); // 0 once an item's cluster has gone into another's
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (merges.length < count - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const [before, top] = [chain.at(-2), chain.at(-1)!];
    const nearest = nearestTo(top, before, distances, sizes);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: top, b: nearest, height: distances[top * count + nearest] });
    join(top, nearest, distances, sizes);
  }
  return merges;
}

/** The cluster nearest to that of `item`; of equals `favourite`, so that a chain ends. */
function nearestTo(item: number, favourite: number | undefined, distances: Float64Array, sizes: Uint32Array): number {
  const count = sizes.length;
  let nearest = favourite ?? -1;
  for (let other = 0; other < count; other++) {
    if (other === item || sizes[other] === 0) continue;
    if (nearest < 0 || distances[item * count + other] < distances[item * count + nearest]) nearest = other;
  }
  return nearest;
}

/** The distance from a joint cluster is the mean over all its items. */
function join(a: number, b: number, distances: Float64Array, sizes: Uint32Array): void {
  const count = sizes.length;
  const size = sizes[a] + sizes[b];
  for (let other = 0; other < count; other++) {
    const mean = (sizes[a] * distances[a * count + other] + sizes[b] * distances[b * count + other]) / size;
    distances[a * count + other] = distances[other * count + a] = mean;
  }
  sizes[a] = size;
  sizes[b] = 0;
}

/** The clusters that are left if only merges up to `maximumHeight` are made, each in ascending order. */
export function cut(merges: readonly Merge[], count: number, maximumHeight: number): number[][] {
  const parents = Uint32Array.from({ length: count }, (_, i) => i);
  const rootOf = (item: number): number => (parents[item] === item ? item : rootOf(parents[item]));
  for (const { a, b, height } of merges) if (height <= maximumHeight) parents[rootOf(a)] = rootOf(b);
  const clusters = new Map<number, number[]>();
  for (let item = 0; item < count; item++) {
    const root = (parents[item] = rootOf(item));
    clusters.set(root, [...(clusters.get(root) ?? []), item]);
  }
  return [...clusters.values()];
}
