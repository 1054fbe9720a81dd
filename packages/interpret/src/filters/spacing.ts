import type { ActivationBatch } from './activation-batch';
import { type EventOptions, mapsOf, thresholdsOf } from './filter-events';

/** Options of `filterSpacing`. */
export interface FilterSpacingOptions extends EventOptions {
  /** The filters, by number; the same one twice for its distance from itself. */
  filters: readonly [first: number, second: number];
  /** The largest distance, in positions of the layer. */
  maxOffset: number;
}

/** How two filters stand to each other at one distance. */
export interface Spacing {
  /** Positions from the first filter to the second; negative where the second stands before. */
  offset: number;
  /** Pairs of places at this distance at which both have found something. */
  pairs: number;
  /** As many as there would be if each had found as much in each sequence, but anywhere. */
  expected: number;
  /** pairs / expected; 1 where nothing was expected nor found. */
  enrichment: number;
  /** (pairs − expected) / √expected: about standard normal where pairs are rare and chance has put them there. */
  z: number;
  /** Pearson correlation of both activations at this distance over all sequences; 0 where one does not change. */
  correlation: number;
}

/**
 * The cross-correlation of two filters' maps: at each distance, how often both find something, against what would be
 * expected if those of a sequence lay at random in it, n₁·n₂·(P − |d|) / P² in a sequence of P positions (for a filter and
 * itself n·(n − 1)·(P − |d|) / (P·(P − 1)), nothing at distance 0), and how their activations correlate.
 * @returns one for each offset from −maxOffset to maxOffset
 */
export function filterSpacing(batch: ActivationBatch, options: FilterSpacingOptions): Spacing[] {
  const thresholds = thresholdsOf('filterSpacing', batch, options);
  checkOptions(options, thresholds.length);
  const maps = mapsOf(batch, options, options.filters);
  const [first, second] = options.filters;
  return Array.from({ length: 2 * options.maxOffset + 1 }, (_, i) => {
    const offset = i - options.maxOffset;
    const counts = { pairs: 0, expected: 0 };
    const moments = new Moments();
    for (const [a, b] of maps) {
      counts.expected += expectedPairs(a, b, { offset, isSame: first === second, levels: [thresholds[first], thresholds[second]] }); // prettier-ignore
      for (let at = Math.max(0, -offset); at < Math.min(a.length, a.length - offset); at++) {
        moments.add(a[at], b[at + offset]);
        if (a[at] > thresholds[first] && b[at + offset] > thresholds[second]) counts.pairs++;
      }
    }
    if (first === second && offset === 0) counts.expected = counts.pairs;
    return { offset, ...counts, ...against(counts), correlation: moments.correlation() };
  });
}

interface Expectation {
  readonly offset: number;
  readonly isSame: boolean;
  readonly levels: readonly [number, number];
}

function expectedPairs(a: Float64Array, b: Float64Array, { offset, isSame, levels }: Expectation): number {
  const positions = a.length;
  const possible = positions - Math.abs(offset);
  if (possible <= 0 || (isSame && positions < 2)) return 0;
  const [n1, n2] = [found(a, levels[0]), found(b, levels[1])];
  return isSame ? (n1 * (n1 - 1) * possible) / (positions * (positions - 1)) : (n1 * n2 * possible) / positions ** 2;
}

const found = (map: Float64Array, level: number): number =>
  map.reduce((count, value) => count + Number(value > level), 0);

function against({ pairs, expected }: { pairs: number; expected: number }): Pick<Spacing, 'enrichment' | 'z'> {
  if (expected === 0) return { enrichment: 1, z: 0 }; // nothing can be found where nothing was expected
  return { enrichment: pairs / expected, z: (pairs - expected) / Math.sqrt(expected) };
}

/** Sums for a correlation of pairs that come one by one, about the first pair so that large means do no harm. */
class Moments {
  #count = 0;
  #origin: readonly [number, number] = [0, 0];
  readonly #sums = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };

  add(first: number, second: number): void {
    if (this.#count++ === 0) this.#origin = [first, second];
    const [x, y] = [first - this.#origin[0], second - this.#origin[1]];
    const sums = this.#sums;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.yy += y * y;
    sums.xy += x * y;
  }

  correlation(): number {
    const { x, y, xx, yy, xy } = this.#sums;
    const n = this.#count;
    const spread = Math.sqrt((n * xx - x * x) * (n * yy - y * y));
    return spread > 0 ? (n * xy - x * y) / spread : 0;
  }
}

function checkOptions({ filters, maxOffset }: FilterSpacingOptions, count: number): void {
  if (!filters.every((filter) => Number.isInteger(filter) && filter >= 0 && filter < count)) {
    throw new RangeError(`filterSpacing: expected filters from 0 to ${count - 1}, got ${filters.join(' and ')}`);
  }
  if (!(Number.isInteger(maxOffset) && maxOffset >= 0)) {
    throw new RangeError(`filterSpacing: expected a maxOffset of 0 or more, got ${maxOffset}`);
  }
}
