import { lineChart, type Point as Place } from '@hairpin/interpret';
import type { Curve, Point, Sweep } from './sweeps';

/** The two pictures of a sweep by file name: seconds and megabytes, both axes logarithmic. */
export function charts(sweep: Sweep, curves: readonly Curve[]): Record<string, string> {
  return {
    [fileOf(sweep, 'time')]: chart(sweep, curves, 'seconds a step', ({ ms }) => ms / 1000),
    [fileOf(sweep, 'memory')]: chart(sweep, curves, 'MB', ({ bytes }) => bytes / 1e6),
  };
}

/** The name of a picture's file. */
export const fileOf = ({ varied }: Sweep, what: 'time' | 'memory'): string => `growth-${varied}-${what}.svg`;

function chart(sweep: Sweep, curves: readonly Curve[], unit: string, of: (point: Point) => number): string {
  const { sizes, varied, name, fixed } = sweep;
  const places = (points: readonly Point[]): Place[] => points.map((point) => [point.size[varied], of(point)]);
  return lineChart({
    series: curves.map(({ system, points }) => ({ name: system, points: places(points) })),
    x: { name, scale: 'log', domain: [sizes[0][varied], sizes.at(-1)![varied]] },
    y: { name: unit, scale: 'log' },
    title: `Training an LSTM: ${unit} by ${name}`,
    description: `${fixed}. ${curves.map(({ system, points }) => `${system}: ${points.length} points`).join(', ')}.`,
    legend: 'bottom-right',
  });
}
