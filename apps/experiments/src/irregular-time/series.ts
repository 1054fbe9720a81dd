import { type ObservedSpiral, simulateSpirals, spiralAt } from '@hairpin/bio';
import { tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/**
 * Series of two values at times of their own. All but the times are [rows, length, 2].
 * x: what was observed · mask: 1 where a net sees it · times: [rows, length] · known: 1 where x is something to learn from ·
 * truth: what a net is to say · asked: 1 where that is tested
 */
export type Series = Readonly<Record<'x' | 'mask' | 'times' | 'known' | 'truth' | 'asked', Tensor>>;

/** The numbers of a series, one entry for each time. */
export interface Entry {
  readonly time: number;
  readonly x: readonly [number, number];
  readonly mask: readonly [number, number];
  readonly known: readonly [number, number];
  readonly truth: readonly [number, number];
  readonly asked: readonly [number, number];
}

/** Units of time that a series lasts: so many that slopes are about as large as what they change. */
export const duration = 10;

/** Series of one length as tensors; shorter ones stand still at their last time, where nothing is seen or asked. */
export function asTensors(rows: readonly (readonly Entry[])[], length: number): Series {
  const shape = [rows.length, length, 2];
  const full = rows.map((row) => Array.from({ length }, (_, k) => row[k] ?? nothing(row.at(-1)!.time)));
  const pairs = (name: Exclude<keyof Entry, 'time'>) =>
    tensor(Float32Array.from(full.flatMap((row) => row.flatMap((entry) => [...entry[name]]))), { shape });
  const times = Float32Array.from(full.flatMap((row) => row.map(({ time }) => time)));
  return {
    ...{ x: pairs('x'), mask: pairs('mask'), known: pairs('known'), truth: pairs('truth'), asked: pairs('asked') },
    times: tensor(times, { shape: [rows.length, length] }),
  };
}

const zeros = [0, 0] as const;
const nothing = (time: number): Entry => ({ time, x: zeros, mask: zeros, known: zeros, truth: zeros, asked: zeros });

/** Spirals of two to three turns. The points that are dropped are asked for, without their noise. */
export function drawSpirals(rng: Rng, rows: number, settings: { observations: number; dropped: number }): Series {
  return asTensors(simulateSpirals({ rng, count: rows, ...settings }).map(entriesOf), settings.observations);
}

const entriesOf = ({ spiral, times, values, isGiven }: ObservedSpiral): Entry[] =>
  Array.from(times, (time, k): Entry => {
    const given = isGiven[k];
    return {
      ...{ time: duration * time, x: [values[2 * k], values[2 * k + 1]], truth: spiralAt(spiral, time) },
      ...{ mask: [given, given], known: [1, 1], asked: [1 - given, 1 - given] },
    };
  });
