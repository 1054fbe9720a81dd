import { type EnhancerEvent, enhancerMemory, type EnhancerMemory, type Reach, simulateEnhancers } from '@hairpin/bio';
import { type DType, tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** A promoter that enhancers reach over a fiftieth to two fifths of a sequence, and the memory that knows it. */
export interface World {
  readonly length: number;
  readonly reach: Reach;
  readonly memory: EnhancerMemory;
}

/** The memory lasts a fifth of a sequence, and its r is a number of f32: then f32 and f64 are asked for the same. */
export function worldOf(length: number): World {
  const reach = { nearestBp: length / 50, farthestBp: (2 * length) / 5 };
  return { length, reach, memory: enhancerMemory(Math.fround(1 - 5 / length), reach) };
}

/** Events of that world, with up to three enhancers. */
export function eventsOf({ length, reach, memory }: World, rng: Rng, count: number): EnhancerEvent[] {
  return simulateEnhancers({ rng, memory, reach, count, lengthBp: length });
}

/** 1 where an enhancer begins.   → [events, length, 1] */
export function startsOf(events: readonly EnhancerEvent[], length: number, dtype: DType = 'f32'): Tensor {
  const values = new (dtype === 'f64' ? Float64Array : Float32Array)(events.length * length);
  events.forEach(({ enhancers }, row) => enhancers.forEach((at) => (values[row * length + at] = 1)));
  return tensor(values, { shape: [events.length, length, 1], dtype });
}

/** The positions just before the promoters, where the states are read.   → [events, 1] */
export const beforePromoters = (events: readonly EnhancerEvent[]): Tensor =>
  tensor(
    Int32Array.from(events, ({ promoter }) => promoter - 1),
    { shape: [events.length, 1] },
  );
