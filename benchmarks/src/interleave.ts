/** One turn of one contender: does its work once and settles when the work is done. */
export type Turn = () => Promise<unknown>;

export interface Measured {
  medianMs: number;
  timesMs: number[];
}

/**
 * Times contenders in turn, `rounds` times over after `warmUp` untimed ones. Taking turns lets a machine that
 * slows down or speeds up during the run do so for all of them alike.
 */
export async function interleave<Name extends string>(
  contenders: Record<Name, Turn>,
  { rounds = 7, warmUp = 2, now = () => performance.now() } = {},
): Promise<Record<Name, Measured>> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const start = now();
      await contenders[name]();
      if (round >= 0) times[name].push(now() - start);
    }
  }
  const measured = names.map((name) => [name, { medianMs: median(times[name]), timesMs: times[name] }]);
  return Object.fromEntries(measured) as Record<Name, Measured>;
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
