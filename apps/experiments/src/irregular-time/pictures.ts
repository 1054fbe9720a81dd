import { lineChart, type Point, type Series as Line } from '@hairpin/interpret';
import type { Learned } from './learn';
import { say } from './learn';
import type { Pelts } from './pelts';
import type { Series } from './series';

/** Error of each net by how much was dropped. */
export const errorByDropped = (
  shares: readonly number[],
  learned: Readonly<Record<string, { readonly errors: readonly number[] }>>,
): string =>
  lineChart({
    series: Object.entries(learned).map(([name, { errors }]) => ({
      name,
      points: shares.map((share, i) => [100 * share, errors[i]] as const),
    })),
    ...{ x: { name: 'points dropped, %' }, y: { name: 'mean squared error', scale: 'log' } },
    ...{
      title: 'Error by share of dropped points',
      description: 'Mean squared error by share of dropped points, one line for each net',
    },
  });

/** Error of each net while it learned. */
export const errorBySteps = (learned: Readonly<Record<string, Learned>>): string =>
  lineChart({
    series: Object.entries(learned).map(([name, { points }]) => ({ name, points })),
    ...{ x: { name: 'step of training' }, y: { name: 'mean squared error', scale: 'log' }, legend: 'bottom-left' },
    ...{ title: 'How they learn', description: 'Mean squared error by step of training, one line for each net' },
  });

/** The first spiral of a batch: seen points, the true curve, and what the first two nets say at all its times. */
export async function spiralsBetween(learned: Readonly<Record<string, Learned>>, batch: Series): Promise<string> {
  const length = batch.times.shape[1];
  const pairs = (values: ArrayLike<number>): Point[] =>
    Array.from({ length }, (_, k) => [values[2 * k], values[2 * k + 1]] as const);
  const lines: Line[] = [
    { name: 'truth', points: pairs(await batch.truth.data()), colour: 'currentColor', dash: '2 4' },
  ];
  for (const [name, { net }] of Object.entries(learned).slice(0, 2))
    lines.push({ name, points: pairs(await say(net, batch).data()) });
  return lineChart({
    ...{
      series: lines,
      x: { name: 'x' },
      y: { name: 'y' },
      width: 460,
      height: 440,
      title: 'A spiral between its points',
    },
    description: 'A spiral that was seen at half of its points, as it was and as two nets complete it',
  });
}

/** Pelts of lynx by year, as counted and as equations have them. */
export const lynxByYear = ({ years, logs }: Pelts, found: Readonly<Record<string, readonly Point[]>>): string =>
  lineChart({
    series: [
      {
        name: 'counted',
        points: years.map((year, i) => [year, Math.exp(logs[i][0])] as const),
        colour: 'currentColor',
        dash: '2 4',
      },
      ...Object.entries(found).map(([name, points]) => ({ name, points })),
    ],
    ...{ x: { name: 'year' }, y: { name: 'lynx, ten thousands' } },
    ...{ title: 'Lynx by year', description: 'Pelts of lynx by year, as counted and as two equations have them' },
  });
