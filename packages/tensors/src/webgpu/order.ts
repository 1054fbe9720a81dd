import type { Tensor } from '../tensor';
import type { Group } from './schedule';

/**
 * An order of kernels that holds less in memory: whatever gives back as much as it takes runs as soon as it can, everything else
 * when its turn comes. So a gradient is added up as the backward pass goes, and not when all of it is there.
 */
export function thrifty(groups: readonly Group[], bytesOf: (t: Tensor) => number, kept: ReadonlySet<Tensor>): Group[] {
  const place = new Map(groups.map((group, i) => [group.root, i]));
  const readers = new Map<Tensor, number>();
  const readsOf = groups.map((group) => [...new Set(group.reads)].filter((read) => place.has(read)));
  const waiting = readsOf.map((reads) => reads.length);
  const dependents = groups.map((): number[] => []);
  readsOf.forEach((reads, i) => {
    for (const read of reads) {
      readers.set(read, (readers.get(read) ?? 0) + 1);
      dependents[place.get(read)!].push(i);
    }
  });
  const isDone = groups.map(() => false);
  const ready = new Set(groups.flatMap((_, i) => (waiting[i] === 0 ? [i] : [])));
  const givesBack = (i: number) =>
    readsOf[i].reduce((total, read) => total + (readers.get(read) === 1 && !kept.has(read) ? bytesOf(read) : 0), 0);
  const order: Group[] = [];
  let next = 0;
  while (order.length < groups.length) {
    while (isDone[next]) next++;
    const saving = [...ready].filter((i) => givesBack(i) >= bytesOf(groups[i].root));
    const chosen = saving.length > 0 ? Math.min(...saving) : next;
    isDone[chosen] = true;
    ready.delete(chosen);
    order.push(groups[chosen]);
    for (const read of readsOf[chosen]) readers.set(read, readers.get(read)! - 1);
    for (const i of dependents[chosen]) if (--waiting[i] === 0) ready.add(i);
  }
  return order;
}
