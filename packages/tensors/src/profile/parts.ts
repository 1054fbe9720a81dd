import type { Ceilings } from './ceilings';
import type { Observation } from './observe';
import type { PartRecord } from './recording';
import { mean, typical } from './statistics';

/** What a part of a step costs, and how fast it runs. */
export interface Rates {
  /** The ops in it, the last of them named last. */
  readonly name: string;
  /** Milliseconds in one call of the function: the median of the repeats. */
  readonly ms: number;
  /** Its part of the time of all dispatches, 0 … 1. */
  readonly share: number;
  /**
   * Floating-point operations, where they are known: a product of m × k by k × n counts 2·m·n·k, every other op 1 an element. An own
   * kernel (gather, sort, attention) says of itself what it counts, roughly.
   */
  readonly flop?: number;
  /** Bytes that must be read and written: each element of each buffer once. Caches may see more, and pay less. */
  readonly bytes: number;
  /** 10⁹ operations, and 10⁹ bytes, in a second. */
  readonly gflops?: number;
  readonly gigabytesPerSecond: number;
  /** How near it comes to the nearer of the adapter's ceilings, 0 … 1, and which that is. */
  readonly ofCeiling?: { readonly share: number; readonly of: 'flop' | 'bytes' };
}

/** One dispatch; on the CPU, one op. */
export interface DispatchProfile extends Rates {
  /** Equal for dispatches of one kernel. */
  readonly kernel: string;
  readonly workgroups?: readonly [number, number, number];
}

/** All dispatches of one kernel. */
export interface KernelProfile extends Rates {
  readonly dispatches: number;
}

/**
 * Each dispatch with its typical time. A function that does not run the same dispatches every time (it looks at data) is told by
 * its last call.
 */
export function dispatchesOf(calls: readonly Observation[], ceilings?: Ceilings): DispatchProfile[] {
  const runs = calls.map((call) => call.runs.flatMap(({ parts }) => parts));
  const keyOf = (parts: readonly PartRecord[]) => parts.map(({ kernel }) => kernel).join('\n');
  const last = runs.at(-1)!;
  const same = runs.filter((parts) => parts.length === last.length && keyOf(parts) === keyOf(last));
  const isCoarse = calls.some((call) => call.runs.some(({ grainMs }) => grainMs > 0));
  const times = last.map((_, i) => (isCoarse ? mean : typical)(same.map((parts) => parts[i].ms)));
  const total = times.reduce((a, b) => a + b, 0);
  return last.map(({ name, kernel, workgroups, flop, bytes }, i) => ({
    ...ratesOf({ name, ms: times[i], flop, bytes }, total, ceilings),
    kernel,
    ...(workgroups && { workgroups }),
  }));
}

/** Dispatches summed by kernel, the longest first. */
export function kernelsOf(dispatches: readonly DispatchProfile[], ceilings?: Ceilings): KernelProfile[] {
  const total = dispatches.reduce((sum, { ms }) => sum + ms, 0);
  const groups = new Map<string, DispatchProfile[]>();
  for (const dispatch of dispatches) groups.set(dispatch.kernel, [...(groups.get(dispatch.kernel) ?? []), dispatch]);
  const lines = [...groups.values()].map((group) => {
    const sum = (of: (dispatch: DispatchProfile) => number) => group.reduce((a, dispatch) => a + of(dispatch), 0);
    const flop = group.every((dispatch) => dispatch.flop !== undefined) ? sum((d) => d.flop!) : undefined;
    const cost = { name: group[0].name, ms: sum(({ ms }) => ms), flop, bytes: sum(({ bytes }) => bytes) };
    return { ...ratesOf(cost, total, ceilings), dispatches: group.length };
  });
  return lines.sort((a, b) => b.ms - a.ms);
}

type Measured = Pick<Rates, 'name' | 'ms' | 'bytes'> & { readonly flop: number | undefined };

function ratesOf({ name, ms, flop, bytes }: Measured, total: number, ceilings?: Ceilings): Rates {
  const perSecond = (amount: number) => (ms > 0 ? amount / ms / 1e6 : 0);
  const gigabytesPerSecond = perSecond(bytes);
  const gflops = flop === undefined ? undefined : perSecond(flop);
  const ofCeiling = ceilings && nearest(gflops ?? 0, gigabytesPerSecond, ceilings);
  const share = total > 0 ? ms / total : 0;
  return {
    name,
    ms,
    share,
    ...(flop !== undefined && { flop, gflops }),
    bytes,
    gigabytesPerSecond,
    ...(ofCeiling && { ofCeiling }),
  };
}

/** The ceiling that a kernel would reach first if it ran faster and faster (Williams et al. 2009). */
function nearest(gflops: number, gigabytesPerSecond: number, ceilings: Ceilings): NonNullable<Rates['ofCeiling']> {
  const [flop, bytes] = [gflops / ceilings.gflops, gigabytesPerSecond / ceilings.gigabytesPerSecond];
  return flop > bytes ? { share: flop, of: 'flop' } : { share: bytes, of: 'bytes' };
}
