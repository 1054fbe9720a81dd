import type { Rng } from '@hairpin/tensors/random';

/** Draws the examples of an epoch, by number; some may come twice and some not at all. Always as many. */
export type Sampler = (rng: Rng) => ArrayLike<number>;

/**
 * Every class as often as any other: classes take turns, and each turn draws an example of the class, with replacement. In a rare
 * class examples repeat; validate on data that were not balanced.
 * @param labels class of each example
 * @param size examples of an epoch; as many as there are unless said
 */
export function balanced(labels: ArrayLike<number>, size = labels.length): Sampler {
  const classes = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const list = classes.get(labels[i]);
    if (list) list.push(i);
    else classes.set(labels[i], [i]);
  }
  if (classes.size === 0) throw new RangeError('balanced: expected at least one label, got none');
  const lists = [...classes].sort(([a], [b]) => a - b).map(([, list]) => list);
  return (rng) => Uint32Array.from({ length: size }, (_, i) => rng.choice(lists[i % lists.length]));
}
