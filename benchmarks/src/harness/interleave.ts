/** Does a contender's work once and settles when it is done. */
export type Turn = () => Promise<unknown>;

export interface Pace {
  /** Timed turns of each contender. */
  readonly rounds?: number;
  /** Untimed ones before them. */
  readonly warmUp?: number;
  readonly now?: () => number;
}

/**
 * Times contenders in turn and gives the milliseconds of each turn. Taking turns lets a machine that slows down or speeds
 * up during the run do so for all of them alike. One whose turn rejects is out, and its reason stands in its place.
 */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, Turn>>,
  { rounds = 7, warmUp = 1, now = () => performance.now() }: Pace = {},
): Promise<Record<Name, number[] | Error>> {
  const entries = Object.entries(contenders) as [Name, Turn][];
  const times = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[] | Error>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, turn] of entries) {
      const list = times[name];
      if (list instanceof Error) continue;
      const start = now();
      const failure = await turn().then(() => undefined, asError);
      if (failure) times[name] = failure;
      else if (round >= 0) list.push(now() - start);
    }
  }
  return times;
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
