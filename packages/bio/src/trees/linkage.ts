/** Two clusters become one, which takes the place of the first: those at places `a` and `b`, `height` apart. */
export interface Merge {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/** The share of the first of two clusters in the distances of both joined, by how many items they hold. */
export type Share = (itemsOfFirst: number, itemsOfSecond: number) => number;

/** Every item counts alike, so that distances are means over all pairs of items (Sokal & Michener 1958). */
export const byItems: Share = (first, second) => first / (first + second);

/** Both clusters count alike, however many items they hold (McQuitty 1966). */
export const byClusters: Share = () => 0.5;

/**
 * Hierarchical clustering: n − 1 merges of the two closest clusters, of equally close ones the first in the order of places.
 * Each place knows its nearest later one, so that a merge need not look at all pairs (Anderberg 1973; Müllner 2013).
 * @param distances symmetric; they are overwritten. [count, count]
 */
export function linkage(distances: Float64Array, count: number, shareOf: Share = byItems): Merge[] {
  const table = new Nearest(distances, count);
  const items = new Uint32Array(count).fill(1);
  const merges: Merge[] = [];
  while (merges.length < count - 1) {
    const [a, b] = table.closest();
    merges.push({ a, b, height: distances[a * count + b] });
    table.join(a, b, shareOf(items[a], items[b]));
    items[a] += items[b];
  }
  return merges;
}

/** The distances between clusters, and for each place the nearest among the later ones. */
class Nearest {
  readonly #isTaken: Uint8Array; // whether a place has a cluster
  readonly #nearest: Int32Array; // −1 where no later place has one

  constructor(
    readonly distances: Float64Array,
    readonly count: number,
  ) {
    this.#isTaken = new Uint8Array(count).fill(1);
    this.#nearest = new Int32Array(count);
    for (let place = 0; place < count; place++) this.#look(place);
  }

  closest(): [number, number] {
    let [best, least] = [-1, Infinity];
    this.#nearest.forEach((other, place) => {
      if (!this.#isTaken[place] || other < 0) return;
      const distance = this.distances[place * this.count + other];
      if (best < 0 || distance < least) [best, least] = [place, distance];
    });
    return [best, this.#nearest[best]];
  }

  /** The cluster at `a` takes in the one at `b`, which comes later. */
  join(a: number, b: number, share: number): void {
    const { distances, count } = this;
    this.#isTaken[b] = 0;
    for (let other = 0; other < count; other++) {
      if (other === a || !this.#isTaken[other]) continue;
      const distance = share * distances[a * count + other] + (1 - share) * distances[b * count + other];
      distances[a * count + other] = distances[other * count + a] = distance;
    }
    for (let place = 0; place < b; place++) if (this.#isTaken[place]) this.#update(place, a, b);
  }

  /** After the cluster at `a` has changed and the one at `b` has gone. */
  #update(place: number, a: number, b: number): void {
    const nearest = this.#nearest[place];
    if (place === a || nearest === a || nearest === b) return this.#look(place);
    if (place > a || nearest < 0) return;
    const row = place * this.count;
    const [now, before] = [this.distances[row + a], this.distances[row + nearest]];
    if (now < before || (now === before && a < nearest)) this.#nearest[place] = a;
  }

  #look(place: number): void {
    const row = place * this.count;
    let nearest = -1;
    for (let other = place + 1; other < this.count; other++) {
      if (!this.#isTaken[other]) continue;
      if (nearest < 0 || this.distances[row + other] < this.distances[row + nearest]) nearest = other;
    }
    this.#nearest[place] = nearest;
  }
}

/** The clusters that are left if only merges up to `maximumHeight` are made, each in ascending order. */
export function cut(merges: readonly Merge[], count: number, maximumHeight: number): number[][] {
  const clusters = Array.from({ length: count }, (_, item) => [item]);
  for (const { a, b, height } of merges) {
    if (height > maximumHeight) continue;
    clusters[a] = [...clusters[a], ...clusters[b]].sort((x, y) => x - y);
    clusters[b] = [];
  }
  return clusters.filter((cluster) => cluster.length > 0);
}
