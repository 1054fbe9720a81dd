import { uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** How letters come and go. */
export interface Indels {
  /** Insertions per site and unit of branch length, where substitutions have 1. */
  readonly insertionRate: number;
  /** Deletions per site and unit of branch length. */
  readonly deletionRate: number;
  /** Letters in an insertion or deletion on average, at least 1; lengths are geometric. 1 unless said. */
  readonly meanLength?: number;
}

/** Throws a RangeError for rates below 0 or lengths below 1. */
export function checkIndels({ insertionRate, deletionRate, meanLength = 1 }: Indels): void {
  if (!(Math.min(insertionRate, deletionRate) >= 0 && Math.max(insertionRate, deletionRate) < Infinity)) {
    throw new RangeError(
      `simulateAlignment: expected rates of indels of at least 0, got ${insertionRate}, ${deletionRate}`,
    );
  }
  if (!(meanLength >= 1 && meanLength < Infinity)) {
    throw new RangeError(`simulateAlignment: expected a mean length of indels of at least 1, got ${meanLength}`);
  }
}

/** The columns of an alignment that grows: a chain into which new ones are put, so that all sequences agree on the order. */
export class Columns {
  readonly #next = [-1]; // by column, the one behind it; 0 is the place before the first

  /** A new column behind an old one, or behind 0, the place before the first. */
  insertAfter(column: number): number {
    this.#next.push(this.#next[column]);
    return (this.#next[column] = this.#next.length - 1);
  }

  /** How many there are. */
  get count(): number {
    return this.#next.length - 1;
  }

  /** All columns from left to right. */
  inOrder(): number[] {
    const columns: number[] = [];
    for (let column = this.#next[0]; column >= 0; column = this.#next[column]) columns.push(column);
    return columns;
  }
}

/**
 * The columns that a sequence has after a branch: insertions and deletions come one after the other, each after an exponential
 * waiting time at the rate that the sequence of that moment has. Insertions fall between any two letters and at both ends,
 * deletions begin at any letter and stop at the end.
 */
export function afterIndels(
  sites: readonly number[],
  length: number,
  indels: Indels,
  columns: Columns,
  rng: RandomSource,
): number[] {
  const { insertionRate, deletionRate, meanLength = 1 } = indels;
  const current = [...sites];
  for (let left = length; ;) {
    const [inserting, deleting] = [insertionRate * (current.length + 1), deletionRate * current.length];
    if (inserting + deleting === 0) return current;
    left += Math.log(uniformFrom(rng)) / (inserting + deleting);
    if (left < 0) return current;
    const count = geometric(meanLength, rng);
    if (uniformFrom(rng) * (inserting + deleting) < inserting) insert(current, count, columns, rng);
    else current.splice(rng.integer(current.length), count);
  }
}

function insert(current: number[], count: number, columns: Columns, rng: RandomSource): void {
  const at = rng.integer(current.length + 1);
  let last = at === 0 ? 0 : current[at - 1];
  const added = Array.from({ length: count }, () => (last = columns.insertAfter(last)));
  current.splice(at, 0, ...added);
}

/** 1, 2, 3, … with the given mean, each a fixed share as likely as the one before. */
function geometric(mean: number, rng: RandomSource): number {
  if (mean === 1) return 1;
  return 1 + Math.floor(Math.log(uniformFrom(rng)) / Math.log(1 - 1 / mean));
}
