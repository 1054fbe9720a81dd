import type { RandomSource } from '../random-source';

/** What is kept to learn from, and what is held out. */
export interface Parts<T> {
  readonly kept: T[];
  readonly heldOut: T[];
}

/** How much is to be held out. */
export interface ShareOptions {
  readonly rng: RandomSource;
  /** Of the records, between 0 and 1. */
  readonly share: number;
}

/**
 * Holds out whole groups, drawn at random, as many as fit into a share of the records: what belongs together, such as the
 * sequences of a family, never stands on both sides. A group that would go beyond the share is passed over. Order is kept.
 * @throws RangeError if no group fits, or nothing would be kept
 */
export function splitByGroup<T>(
  records: readonly T[],
  { groupOf, ...options }: ShareOptions & { readonly groupOf: (record: T, index: number) => string | number },
): Parts<T> {
  const groups = records.map(groupOf);
  const heldOut = drawGroups('splitByGroup', groups, options);
  return {
    kept: records.filter((_, i) => !heldOut.has(groups[i])),
    heldOut: records.filter((_, i) => heldOut.has(groups[i])),
  };
}

/** The groups to be held out. */
export function drawGroups<G>(where: string, groups: readonly G[], { rng, share }: ShareOptions): Set<G> {
  if (!(share > 0 && share < 1)) throw new RangeError(`${where}: expected a share between 0 and 1, got ${share}`);
  const sizes = new Map<G, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes.keys()];
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const drawn = new Set<G>();
  let room = Math.round(share * groups.length);
  for (const group of order) {
    if (sizes.get(group)! > room) continue;
    drawn.add(group);
    room -= sizes.get(group)!;
  }
  if (drawn.size > 0 && drawn.size < sizes.size) return drawn;
  const largest = [...sizes.values()].reduce((most, size) => Math.max(most, size), 0);
  const what = `${sizes.size} groups of ${groups.length} records, the largest of ${largest}`;
  throw new RangeError(`${where}: no way to hold out ${(100 * share).toFixed(0)} % of ${what}`);
}
