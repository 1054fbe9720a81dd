import { patiently } from '../harness/patience';
import { median } from '../harness/statistics';
import type { Curve, Point, Size } from './sweeps';

/** Makes a system ready for a size. */
export type Open = (size: Size) => Promise<{
  turn: () => Promise<unknown>;
  close: () => void | Promise<void>;
  peakBytes: () => number;
}>;

const cost = ({ batch, steps, hidden }: Size): number => batch * steps * hidden;

/**
 * Measures sizes one by one, from the smallest, as long as a step takes less than `limitMs`. Time is guessed from the size before:
 * what would take longer is not begun, for it could not be stopped.
 */
export async function climb(
  system: string,
  sizes: readonly Size[],
  open: Open,
  limitMs: number,
  onPoint: (point: Point) => void = () => undefined,
): Promise<Curve> {
  const points: Point[] = [];
  for (const [i, size] of sizes.entries()) {
    const last = points.at(-1);
    const guess = last ? last.ms * growthFrom(last.size, size) : 0;
    const outcome =
      guess > limitMs ? `about ${(guess / 1000).toFixed(0)} s a step` : await measure(size, open, limitMs);
    if (typeof outcome === 'string')
      return { system, points, missing: sizes.slice(i).map((left) => ({ size: left, reason: outcome })) };
    points.push(outcome);
    onPoint(outcome);
  }
  return { system, points, missing: [] };
}

/** A loop over time costs a step's dispatches, however small they are: time grows with the steps, and with the rest once that is large. */
const growthFrom = (from: Size, to: Size): number =>
  from.steps === to.steps ? Math.sqrt(cost(to) / cost(from)) : to.steps / from.steps;

async function measure(size: Size, open: Open, limitMs: number): Promise<Point | string> {
  const { turn, close, peakBytes } = await open(size);
  const timed = async () => {
    const start = performance.now();
    await patiently(turn(), 3 * limitMs); // the first one compiles
    return performance.now() - start;
  };
  try {
    const first = await timed();
    const times: number[] = [];
    for (let spent = 0; times.length < 3 && spent < limitMs; spent += times.at(-1)!) times.push(await timed());
    return { size, ms: median(times), first, bytes: peakBytes() };
  } catch (error) {
    return (error as Error).message;
  } finally {
    await close();
  }
}
