/** Invocations of a workgroup. */
export const workgroup = 64;

/** Floating-point operations from which a larger tile of a product pays: it loads less, and small products have too few of them. */
export const largeWork = 4e6;

/** Invocations that a kernel should have before several of them share one result. */
const wanted = { software: 512, hardware: 4096 };
/** Steps of a fold that each of them keeps at least. */
const leastSteps = 16;

/** Results that one workgroup each would leave a device half idle: then a long fold is worth a second dispatch. */
export const fewGroups = (isSoftware: boolean): number => wanted[isSoftware ? 'software' : 'hardware'] / workgroup;

/** How many of a workgroup's `owners` share each of `units` folds of `steps` steps: a power of two. */
export function partsOf(units: number, steps: number, isSoftware: boolean, owners = workgroup): number {
  const least = wanted[isSoftware ? 'software' : 'hardware'];
  let parts = 1;
  while (parts < owners && (units * parts * workgroup) / owners < least && steps >= 2 * parts * leastSteps) parts *= 2;
  return parts;
}

/**
 * The head of a kernel whose workgroups hold `each` units, shared by several owners each: `i` is the unit of `owner`, `part` the
 * owner's share of it. A unit past the end still reaches every barrier: it repeats the last one, and `isReal` is false.
 */
export const sharedHead = (owner: string, each: string, count: string): string => `  let own = ${owner} % ${each};
  let part = ${owner} / ${each};
  let place = (group.y * groups.x + group.x) * ${each} + own;
  let isReal = place < ${count};
  let i = min(place, ${count} - 1u);`;
