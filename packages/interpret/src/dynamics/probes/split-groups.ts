import type { Rng } from '@hairpin/tensors';

/** Something that belongs together, such as the positions of one sequence: it is never on both sides of a split. */
export type Group = string | number;

/** Rows in parts of about equal size, each group in one of them: the largest first, each to the smallest part. */
export function groupParts(rows: Int32Array, groups: ArrayLike<Group>, parts: number, rng: Rng): Int32Array[] {
  const members = [...byGroup(rows, groups).values()];
  if (members.length < parts)
    throw new RangeError(`probe: expected at least ${parts} groups for as many folds, got ${members.length}`);
  const order = rng.shuffle(members).sort((a, b) => b.length - a.length);
  const found: number[][] = Array.from({ length: parts }, () => []);
  for (const group of order) found.reduce((least, part) => (part.length < least.length ? part : least)).push(...group);
  return found.map((part) => Int32Array.from(part).sort());
}

/** Whole groups drawn until they hold a fraction of the rows, and the rest. */
export function drawGroups(
  rows: Int32Array,
  groups: ArrayLike<Group>,
  fraction: number,
  rng: Rng,
): { readonly drawn: Int32Array; readonly rest: Int32Array } {
  if (!(fraction > 0 && fraction < 1))
    throw new RangeError(`probe: expected a fraction of the rows between 0 and 1 as heldOut, got ${fraction}`);
  const isDrawn = new Set<number>();
  for (const group of rng.shuffle([...byGroup(rows, groups).values()]))
    if (isDrawn.size < fraction * rows.length) for (const row of group) isDrawn.add(row);
  return { drawn: rows.filter((row) => isDrawn.has(row)), rest: rows.filter((row) => !isDrawn.has(row)) };
}

function byGroup(rows: Int32Array, groups: ArrayLike<Group>): Map<Group, number[]> {
  const members = new Map<Group, number[]>();
  for (const row of rows) {
    const own = members.get(groups[row]);
    if (own) own.push(row);
    else members.set(groups[row], [row]);
  }
  return members;
}
