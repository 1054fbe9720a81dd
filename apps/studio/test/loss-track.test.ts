import { expect, it } from 'vitest';
import { lossChart } from '../src/page/loss-chart';
import { LossTrack } from '../src/page/loss-track';

const trackOf = (steps: number, loss: (step: number) => number): LossTrack => {
  const track = new LossTrack('training', steps);
  for (let step = 1; step <= steps; step++) track.add(step, loss(step));
  return track;
};

it('keeps every loss while they are few', () => {
  expect(trackOf(3, (step) => 1 / step).points).toEqual([
    [1, 1],
    [2, 1 / 2],
    [3, 1 / 3],
  ]);
});

it('keeps means once they are many, over the same number of steps each', () => {
  const { points, last } = trackOf(10_000, (step) => step);
  expect(last).toBe(10_000);
  expect(points.length).toBeLessThan(400);
  expect(points.length).toBeGreaterThan(190);
  const width = points[1][0] - points[0][0];
  for (const [i, [step, loss]] of points.slice(1, -1).entries()) {
    expect(step - points[i][0]).toBe(width);
    expect(loss).toBe(step - (width - 1) / 2); // the mean of the numbers that end with this step
  }
});

it('draws what spans orders of magnitude on a logarithmic axis, and earlier parts under one name', () => {
  const wide = lossChart([trackOf(10, () => 0.5), trackOf(10, () => 0.4), trackOf(10, (step) => 10 ** -step)], 400);
  expect(wide).toContain('>0.01<');
  expect(wide.match(/earlier parts/g)?.length).toBe(1);
  expect(lossChart([trackOf(10, (step) => 1 - step / 20)], 400)).not.toContain('earlier parts');
});
