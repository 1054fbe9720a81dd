import { lineBatches } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import type { DataStore } from '../frame/job';
import type { Source } from './learn';
import { asTensors, duration, type Entry, type Series } from './series';

/** A chemical oscillator seen now and then: observations in the order of their times. */
type Observed = readonly Pick<Entry, 'time' | 'x' | 'known'>[];

/** Where they come from. */
export const oscillatorSet = 'timeseries_sporadic_bxlator';
const file = 'BXLator.csv.gz';
const longest = 30; // observations of a series; the set has 29 at most
const lasts = 50; // units of time in the set
const centres = [0.9, 4] as const; // of the two values, and how far they swing
const swings = [0.6, 1] as const;

/** Series to learn from and others to be tested on, each with half of its values hidden; undefined where the set is not here. */
export async function readOscillators(
  data: DataStore,
  rng: Rng,
): Promise<(Source & { readonly test: readonly Series[] }) | undefined> {
  const input = await data.dataset(oscillatorSet, file);
  if (!input) return undefined;
  const byName = new Map<string, Pick<Entry, 'time' | 'x' | 'known'>[]>();
  for await (const lines of lineBatches(input)) for (const line of lines) readLine(line, byName);
  const all = [...byName.values()].map((rows) => rows.sort((a, b) => a.time - b.time));
  const learn = all.slice(0, 700);
  const hidden = (part: string, from: number, to: number) =>
    asTensors(
      all.slice(from, to).map((rows, i) => hideHalf(rows, rng.fork(part).fork(i))),
      longest,
    );
  return {
    draw: (own, rows) =>
      asTensors(
        Array.from({ length: rows }, () => hideHalf(own.choice(learn), own)),
        longest,
      ),
    validation: hidden('validation', 700, 764),
    test: [hidden('test', 764, 828), hidden('test 2', 828, 892), hidden('test 3', 892, 956)],
  };
}

/** `0.0,22.1,1.03,5.06,1.0,1.0,0.0`: series, time, two values, whether each was observed. */
function readLine(line: string, byName: Map<string, Pick<Entry, 'time' | 'x' | 'known'>[]>): void {
  const [name, time, a, b, hasA, hasB] = line.split(',');
  if (!Number.isFinite(Number(time)) || line.trim() === '') return; // the line of names
  if (!byName.has(name)) byName.set(name, []);
  const x = [(Number(a) - centres[0]) / swings[0], (Number(b) - centres[1]) / swings[1]] as const;
  byName.get(name)!.push({ time: (duration * Number(time)) / lasts, x, known: [Number(hasA), Number(hasB)] });
}

/** Half of the times are hidden from the net, and asked for. */
const hideHalf = (rows: Observed, rng: Rng): Entry[] =>
  rows.map(({ time, x, known }) => {
    const isHidden = rng.next() < 0.5;
    const none = [0, 0] as const;
    return { time, x, known, truth: x, mask: isHidden ? none : known, asked: isHidden ? known : none };
  });
