import type { Rng } from '@hairpin/tensors/random';

/** Examples by number. Splits of sequences by chromosome or similarity are in `@hairpin/bio`. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

const ascending = (examples: Iterable<number>): Uint32Array => Uint32Array.from(examples).sort();

function without(size: number, chosen: Iterable<number>): Uint32Array {
  const isChosen = new Uint8Array(size);
  for (const i of chosen) isChosen[i] = 1;
  return ascending(Array.from({ length: size }, (_, i) => i).filter((i) => !isChosen[i]));
}

const asSplit = (size: number, test: Iterable<number>): Split => ({
  train: without(size, test),
  test: ascending(test),
});

function checkShare(name: string, share: number): void {
  if (!(share > 0 && share < 1)) throw new RangeError(`${name}: expected a share between 0 and 1, got ${share}`);
}

/** Sets a share of `size` examples apart, at random. @param share of the examples that test, between 0 and 1 */
export function randomSplit(size: number, share: number, rng: Rng): Split {
  checkShare('randomSplit', share);
  const order = rng.shuffle(Uint32Array.from({ length: size }, (_, i) => i));
  return asSplit(size, order.slice(0, Math.round(share * size)));
}

/** Sets the same share of each class apart, at random. @param labels class of each example */
export function stratifiedSplit(labels: ArrayLike<number>, share: number, rng: Rng): Split {
  checkShare('stratifiedSplit', share);
  const test = byKey(labels).flatMap((list) => rng.shuffle(list).slice(0, Math.round(share * list.length)));
  return asSplit(labels.length, test);
}

/**
 * Sets whole groups apart, at random, until a share of the examples is reached: what belongs together, such as the copies of a
 * gene, never stands on both sides.
 * @param groups group of each example
 */
export function groupSplit(groups: ArrayLike<number | string>, share: number, rng: Rng): Split {
  checkShare('groupSplit', share);
  const test: number[] = [];
  for (const group of rng.shuffle(byKey(groups))) if (test.length < share * groups.length) test.push(...group);
  return asSplit(groups.length, test);
}

/** How examples are dealt to folds. */
export interface FoldOptions {
  /** Class of each example: each fold gets its share of each. */
  readonly labels?: ArrayLike<number>;
  /** Group of each example: a group stays together. Not with `labels`. */
  readonly groups?: ArrayLike<number | string>;
}

/** k splits; each example tests in one of them. */
export function kFold(size: number, k: number, rng: Rng, { labels, groups }: FoldOptions = {}): Split[] {
  if (!Number.isInteger(k) || k < 2 || k > size)
    throw new RangeError(`kFold: expected from 2 to ${size} folds, got ${k}`);
  if (labels && groups) throw new RangeError('kFold: expected labels or groups, got both');
  for (const [name, list] of Object.entries({ labels, groups }))
    if (list && list.length !== size)
      throw new RangeError(`kFold: expected ${size} ${name}, one for each example, got ${list.length}`);
  const folds: number[][] = Array.from({ length: k }, () => []);
  if (groups) {
    // The largest groups first, each to the fold that has least: folds come out as even as groups allow.
    const lists = rng.shuffle(byKey(groups)).sort((a, b) => b.length - a.length);
    if (lists.length < k) throw new RangeError(`kFold: expected at least ${k} groups, got ${lists.length}`);
    for (const list of lists) folds.reduce((least, fold) => (fold.length < least.length ? fold : least)).push(...list);
  } else {
    const lists = labels ? byKey(labels) : [Array.from({ length: size }, (_, i) => i)];
    let next = 0; // dealing goes on where the last class ended, so that folds differ by one example at most
    for (const list of lists) for (const i of rng.shuffle(list)) folds[next++ % k].push(i);
  }
  return folds.map((fold) => asSplit(size, fold));
}

/** Examples by key, in the order in which keys first come. */
function byKey(keys: ArrayLike<number | string>): number[][] {
  const lists = new Map<number | string, number[]>();
  for (let i = 0; i < keys.length; i++) {
    const list = lists.get(keys[i]);
    if (list) list.push(i);
    else lists.set(keys[i], [i]);
  }
  return [...lists.values()];
}
