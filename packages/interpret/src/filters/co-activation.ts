import type { Rng } from '@hairpin/tensors/random';
import { Pace, type LongRun } from '../long-run';
import { type ActivationBatch, forEachWindow } from './activation-batch';
import { benjaminiHochberg } from './false-discovery';
import { type EventOptions, thresholdsOf } from './filter-events';

/** Options of `coActivation`. */
export interface CoActivationOptions extends EventOptions, LongRun {
  /** Shuffles that the counts are compared with; 1 000 unless said. The least p-value is 1 / (permutations + 1). */
  permutations?: number;
  rng: Rng;
}

/** How often two filters find something in the same sequence. */
export interface FilterPair {
  /** The filters, by number; the smaller first. */
  filters: readonly [number, number];
  /** Sequences in which both do. */
  sequences: number;
  /** The mean over the shuffles. */
  expected: number;
  /** (sequences − expected) / standard deviation over the shuffles; 0 where that is 0. */
  z: number;
  /** (1 + shuffles with as many or more) / (1 + shuffles): Phipson & Smyth 2010. */
  p: number;
  /** Benjamini–Hochberg over all pairs. */
  q: number;
}

/** Which filters find something together. */
export interface CoActivation {
  /** Sequences in which each filter finds something. */
  active: readonly number[];
  /** All pairs, those of the smallest p-value first, of equal ones those of the largest z. */
  pairs: readonly FilterPair[];
}

/**
 * Which filters find something in the same sequences more often than if each did so in as many, but any. A filter is
 * active in a sequence if it exceeds its threshold somewhere; a shuffle deals the sequences of each filter out anew, by
 * itself, so that it keeps their number.
 */
export async function coActivation(batch: ActivationBatch, options: CoActivationOptions): Promise<CoActivation> {
  const { permutations = 1000, rng } = options;
  const thresholds = thresholdsOf('coActivation', batch, options);
  if (!(permutations >= 1))
    throw new RangeError(`coActivation: expected permutations of 1 or more, got ${permutations}`);
  const sets = activeSequences(batch, options, thresholds);
  const observed = pairCounts(sets);
  const chance = new NullCounts(observed);
  const pace = new Pace(options, permutations);
  for (let i = 0; i < permutations; i++) {
    chance.add(pairCounts(sets.map((set) => shuffled(set, rng))));
    await pace.step();
  }
  pace.finish();
  return { active: sets.map((set) => set.reduce((sum, value) => sum + value, 0)), pairs: chance.pairs(sets.length) };
}

/** For each filter, 1 where it exceeds its threshold anywhere in the sequence. */
function activeSequences(batch: ActivationBatch, options: EventOptions, thresholds: readonly number[]): Uint8Array[] {
  const sets = thresholds.map(() => new Uint8Array(batch.shape[0]));
  forEachWindow(batch, options, (sequence, _start, row) => {
    thresholds.forEach((threshold, filter) => {
      if (batch.activations[row + filter] > threshold) sets[filter][sequence] = 1;
    });
  });
  return sets;
}

/** Fisher–Yates. */
function shuffled(set: Uint8Array, rng: Rng): Uint8Array {
  return Uint8Array.from(rng.shuffle(set));
}

/** Sequences that two sets share, for all pairs: (0, 1), (0, 2) … (1, 2) … */
function pairCounts(sets: readonly Uint8Array[]): Uint32Array {
  const words = sets.map(packed);
  const counts = new Uint32Array((sets.length * (sets.length - 1)) / 2);
  let place = 0;
  for (let a = 0; a < sets.length; a++) {
    for (let b = a + 1; b < sets.length; b++) counts[place++] = shared(words[a], words[b]);
  }
  return counts;
}

/** 32 sequences in a word. */
function packed(set: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(set.length / 32));
  set.forEach((value, i) => (words[i >> 5] |= value << (i & 31)));
  return words;
}

function shared(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += bitCount(a[i] & b[i]);
  return count;
}

/** Bits of a word that are 1, added up in pairs, fours and bytes. */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What the shuffles gave for each pair. */
class NullCounts {
  #shuffles = 0;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #asMany: Uint32Array; // shuffles with as many as observed, or more

  constructor(private readonly observed: Uint32Array) {
    this.#sums = new Float64Array(observed.length);
    this.#squares = new Float64Array(observed.length);
    this.#asMany = new Uint32Array(observed.length);
  }

  add(counts: Uint32Array): void {
    this.#shuffles++;
    for (let pair = 0; pair < counts.length; pair++) {
      this.#sums[pair] += counts[pair];
      this.#squares[pair] += counts[pair] ** 2;
      this.#asMany[pair] += Number(counts[pair] >= this.observed[pair]);
    }
  }

  pairs(filters: number): FilterPair[] {
    const p = Array.from(this.#asMany, (count) => (1 + count) / (1 + this.#shuffles));
    const q = benjaminiHochberg(p);
    const numbers = Array.from({ length: filters }, (_, a) => a);
    const pairs = numbers.flatMap((a) => numbers.slice(a + 1).map((b): [number, number] => [a, b]));
    const all = pairs.map((own, i) => ({
      filters: own,
      sequences: this.observed[i],
      expected: this.#sums[i] / this.#shuffles,
      z: this.#z(i),
      p: p[i],
      q: q[i],
    }));
    return all.sort((a, b) => a.p - b.p || b.z - a.z);
  }

  #z(pair: number): number {
    const mean = this.#sums[pair] / this.#shuffles;
    const variance = this.#squares[pair] / this.#shuffles - mean ** 2;
    return variance > 1e-12 ? (this.observed[pair] - mean) / Math.sqrt(variance) : 0;
  }
}
