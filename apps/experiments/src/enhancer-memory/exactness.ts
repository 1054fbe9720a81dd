import type { EnhancerEvent } from '@hairpin/bio';
import type { DType } from '@hairpin/tensors';
import { startsOf, type World } from './events';
import { byFormula, byLoop, byNet, inParallel } from './ways';

/** How far the ways to compute a memory are apart, as a share of the largest state. */
export interface Exactness {
  /** From the sum of powers. */
  readonly loop: number;
  readonly net: number;
  readonly parallel: number;
  /** Steps at which the net has other bits than the loop. */
  readonly otherBits: number;
  /** The parallel form from the loop. */
  readonly fromLoop: number;
}

/** Computes the states of all steps of some events in every way, on the default device. */
export async function exactnessOf(events: readonly EnhancerEvent[], world: World, dtype: DType): Promise<Exactness> {
  const { length, memory } = world;
  const x = startsOf(events, length, dtype);
  const formula = byFormula(events, length, memory.r);
  const ways = [byLoop, byNet, inParallel].map((way) => way(memory.r, x).data());
  const [loop, net, parallel] = await Promise.all(ways);
  return {
    ...{ loop: distance(loop, formula), net: distance(net, formula), parallel: distance(parallel, formula) },
    otherBits: loop.filter((value, i) => value !== net[i]).length,
    fromLoop: distance(parallel, loop),
  };
}

/** max |a − b| / max |b| */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [apart, largest] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    apart = Math.max(apart, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return apart / largest;
}
