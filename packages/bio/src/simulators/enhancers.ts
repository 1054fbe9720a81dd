import { reverseComplement } from '../edits/reverse-complement';
import { choiceFrom, happens } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { sequenceWith } from './sequence-with';

/** The distances at which an enhancer reaches its promoter: from the motif's first letter to the one before the promoter's. */
export interface Reach {
  readonly nearestBp: number;
  readonly farthestBp: number;
}

/** A leaky integrator h′ = r·h + x, x = 1 where an enhancer begins, and the states in which a promoter is active. */
export interface EnhancerMemory {
  readonly r: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The memory with which one enhancer within reach, and none beyond it, makes a promoter active: the ends of the window lie
 * half a step outside, at r^(nearest − ½) and r^(farthest + ½), where no state falls.
 */
export function enhancerMemory(r: number, { nearestBp, farthestBp }: Reach): EnhancerMemory {
  if (!(r > 0 && r < 1)) throw new RangeError(`enhancerMemory: expected r between 0 and 1, got ${r}`);
  return { r, low: r ** (farthestBp + 0.5), high: r ** (nearestBp - 0.5) };
}

/** Σ r^(t − s) over the enhancers that begin at s ≤ t: the state of the integrator after position t. */
export function enhancerState(enhancers: readonly number[], t: number, r: number): number {
  return enhancers.filter((s) => s <= t).reduce((state, s) => state + r ** (t - s), 0);
}

/** Where enhancers and a promoter lie, and what follows. */
export interface EnhancerEvent {
  /** Where enhancers begin, in rising order; all lie before the promoter. */
  readonly enhancers: readonly number[];
  /** Where the promoter begins. */
  readonly promoter: number;
  /** Of the integrator just before the promoter, after position `promoter − 1`. */
  readonly state: number;
  readonly isActive: boolean;
}

/** How many events, and of what kind. */
export interface SimulateEnhancersOptions {
  readonly rng: RandomSource;
  readonly memory: EnhancerMemory;
  readonly reach: Reach;
  /** 1 000 unless said. */
  readonly count?: number;
  /** 50 000 unless said. */
  readonly lengthBp?: number;
  /** Enhancers have up to so many, 3 unless said. */
  readonly mostEnhancers?: number;
  /** The share of events whose first enhancer stands right at an end of the reach, within or beyond: 0.2 unless said. */
  readonly atEdges?: number;
}

const MOTIF = 'TGAGTCA'; // AP-1, found in many enhancers
const PROMOTER = 'TATAAA';

/**
 * Events along a line: a promoter and one or more enhancers before it, half of the first ones within reach. Positions only, since
 * there may be hundreds of thousands of events; `enhancerLetters` writes one as a sequence.
 */
export function simulateEnhancers({ rng, memory, reach, ...options }: SimulateEnhancersOptions): EnhancerEvent[] {
  const { count = 1000, lengthBp = 50_000, mostEnhancers = 3, atEdges = 0.2 } = options;
  const { nearestBp, farthestBp } = reach;
  const last = lengthBp - PROMOTER.length;
  if (!(nearestBp > MOTIF.length && farthestBp >= nearestBp && farthestBp + 2 <= last)) {
    throw new RangeError(
      `simulateEnhancers: expected a reach within ${MOTIF.length + 1} and ${last - 2} bp, got ${nearestBp} to ${farthestBp}`,
    );
  }
  return Array.from({ length: count }, () => {
    const promoter = farthestBp + 2 + rng.integer(last - farthestBp - 1);
    const distances = [firstDistance(reach, promoter, atEdges, rng)];
    for (let more = rng.integer(mostEnhancers); more > 0; more--) {
      const distance = MOTIF.length + rng.integer(promoter - MOTIF.length);
      if (distances.every((other) => Math.abs(other - distance) >= MOTIF.length)) distances.push(distance);
    }
    return eventOf(distances, promoter, memory);
  });
}

function firstDistance({ nearestBp, farthestBp }: Reach, promoter: number, atEdges: number, rng: RandomSource): number {
  if (happens(rng, atEdges)) return choiceFrom(rng, [nearestBp - 1, nearestBp, farthestBp, farthestBp + 1]);
  if (happens(rng, 0.5)) return nearestBp + rng.integer(farthestBp - nearestBp + 1);
  return MOTIF.length + rng.integer(promoter - MOTIF.length);
}

function eventOf(distances: readonly number[], promoter: number, { r, low, high }: EnhancerMemory): EnhancerEvent {
  const enhancers = distances.map((distance) => promoter - 1 - distance).sort((a, b) => a - b);
  const state = enhancerState(enhancers, promoter - 1, r);
  return { enhancers, promoter, state, isActive: state >= low && state <= high };
}

/** An event as a sequence with the motif of an enhancer and of a promoter, and both nowhere else on either strand. */
export function enhancerLetters(
  { enhancers, promoter }: Pick<EnhancerEvent, 'enhancers' | 'promoter'>,
  { rng, lengthBp = 50_000, enhancer = MOTIF, core = PROMOTER }: EnhancerLettersOptions,
): string {
  const elements = [
    ...enhancers.map((position) => ({ position, letters: enhancer })),
    { position: promoter, letters: core },
  ];
  const avoid = [enhancer, core].flatMap((word) => [word, reverseComplement(word)]);
  return sequenceWith(simulateLetters(lengthBp, rng), { rng, elements, avoid });
}

/** How an event is written. */
export interface EnhancerLettersOptions {
  readonly rng: RandomSource;
  /** 50 000 unless said. */
  readonly lengthBp?: number;
  /** `TGAGTCA` unless said. */
  readonly enhancer?: string;
  /** The motif of the promoter, `TATAAA` unless said. */
  readonly core?: string;
}
