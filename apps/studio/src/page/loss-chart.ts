import { lineChart, type Point, type Series } from '@hairpin/interpret';
import type { LossTrack } from './loss-track';

/** Beyond this ratio equal steps down are easier seen on a logarithmic axis. */
const WIDE = 8;

/** The losses of a run so far as a picture: the part that runs in colour, those before it in grey. */
export function lossChart(tracks: readonly LossTrack[], width: number): string {
  const [current] = tracks.slice(-1);
  const losses = tracks.flatMap(({ points }) => points.map(([, loss]) => loss));
  return lineChart({
    series: [...earlier(tracks.slice(0, -1)), { name: current.name, points: current.points, colour: '#c48200' }],
    x: { name: 'step', domain: [0, Math.max(...tracks.map(({ total }) => total))] },
    y: { name: 'loss', scale: isWide(losses) ? 'log' : 'linear' },
    title: 'The loss as it falls',
    description: 'Loss by step of training, for the part that runs and those before it',
    ...{ width, height: 260 },
  });
}

/** All as one line with gaps, so that the legend names them once. */
function earlier(tracks: readonly LossTrack[]): Series[] {
  const points = tracks.flatMap(({ points }): Point[] => [...points, [NaN, NaN]]);
  return points.length > 0 ? [{ name: 'earlier parts', points, colour: '#8d897e' }] : [];
}

function isWide(losses: readonly number[]): boolean {
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  return low > 0 && high / low > WIDE;
}
