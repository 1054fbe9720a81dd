import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { simulateAccessibility, simulateMethylation, simulateSpirals, spiralAt } from '../../src/index';
import { mean, sd } from './statistics';

describe('simulateMethylation', () => {
  const decays = [0, 0.5, 0.95];
  const { methylated, averages, measured, shape } = simulateMethylation({
    rng: new Rng(1),
    decays,
    count: 20,
    length: 300,
  });

  it('averages each site with its own decay, from 0 on', () => {
    expect(shape).toEqual([20, 300, 3]);
    for (let row = 0; row < 20; row++) {
      decays.forEach((decay, site) => {
        for (let t = 0; t < 300; t++) {
          const at = (row * 300 + t) * 3 + site;
          const before = t === 0 ? 0 : averages[at - 3];
          expect(averages[at]).toBeCloseTo(decay * before + (1 - decay) * methylated[at], 6);
        }
      });
    }
    expect(Math.min(...averages)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...averages)).toBeLessThanOrEqual(1);
  });

  it('has methylation of 0 or 1 that changes as often as said, and the noise that was asked for', () => {
    expect(new Set(methylated)).toEqual(new Set([0, 1]));
    let changes = 0;
    for (let i = 3; i < methylated.length; i++) if (i % 900 >= 3 && methylated[i] !== methylated[i - 3]) changes++;
    expect(changes / (20 * 299 * 3)).toBeCloseTo(0.05, 2);
    const noise = measured.map((value, i) => value - averages[i]);
    expect(Math.abs(sd(noise) - 0.05)).toBeLessThan(0.002); // 18 000 values: 5 standard errors are 0.0013
    expect(Math.abs(mean(noise))).toBeLessThan(0.002);
  });

  it('refuses an average that never moves', () => {
    expect(() => simulateMethylation({ rng: new Rng(1), decays: [1] })).toThrow('decays from 0 to below 1, got 1');
  });
});

describe('simulateSpirals', () => {
  const spirals = simulateSpirals({ rng: new Rng(2), count: 60, observations: 100, dropped: 0.5 });

  it('sees each spiral at times of its own, with the noise that was asked for', () => {
    expect(new Set(spirals.flatMap(({ times }) => [...times])).size).toBeGreaterThan(5900);
    const residuals = spirals.flatMap(({ spiral, times, values }) =>
      Array.from(times).flatMap((t, k) => spiralAt(spiral, t).map((value, c) => values[2 * k + c] - value)),
    );
    expect(residuals).toHaveLength(12_000);
    expect(Math.abs(sd(residuals) - 0.02)).toBeLessThan(0.0007); // 5 standard errors
    for (const { times } of spirals) {
      expect([...times]).toEqual([...times].sort((a, b) => a - b));
      expect(times[0] > 0 && times[99] < 1).toBe(true);
    }
  });

  it('turns half of them either way and drops half of the points, never the first', () => {
    expect(spirals.filter(({ spiral }) => spiral.turn > 0)).toHaveLength(30);
    expect(spirals.every(({ isGiven }) => isGiven[0] === 1)).toBe(true);
    expect(Math.abs(mean(spirals.flatMap(({ isGiven }) => [...isGiven])) - 0.505)).toBeLessThan(0.033); // 5 standard errors
  });

  it('is where the closed form says', () => {
    const [x, y] = spiralAt({ radius: 1, growth: 2, angle: 0, turn: Math.PI }, 0.5); // a quarter turn, 2 from the middle
    expect(x).toBeCloseTo(0, 12);
    expect(y).toBeCloseTo(2, 12);
  });
});

describe('simulateAccessibility', () => {
  const { signal, isOpen, openings, closings } = simulateAccessibility({
    rng: new Rng(3),
    length: 20_000,
    noiseSd: 0.3,
  });

  it('lists every border, and no other place', () => {
    const changes = Array.from(isOpen.keys()).filter((i) => i > 0 && isOpen[i] !== isOpen[i - 1]);
    expect([...openings, ...closings].sort((a, b) => a - b)).toEqual(changes);
    expect(closings.every((at) => isOpen[at] === 0)).toBe(true);
    expect(openings.every((at) => isOpen[at] === 1)).toBe(true);
    const stretches = changes.slice(1).map((at, i) => at - changes[i]);
    expect([Math.min(...stretches), Math.max(...stretches)]).toEqual([20, 100]);
  });

  it('has the signal and the noise', () => {
    const open = signal.filter((_, i) => isOpen[i] === 1);
    const closed = signal.filter((_, i) => isOpen[i] === 0);
    expect([mean(open), mean(closed)].map((value) => Number(value.toFixed(1)))).toEqual([1, 0]);
    expect(Math.abs(sd(open) - 0.3)).toBeLessThan(0.012);
    expect(Math.abs(sd(closed) - 0.3)).toBeLessThan(0.012);
  });

  it('refuses stretches of nothing', () => {
    expect(() => simulateAccessibility({ rng: new Rng(1), stretch: [0, 5] })).toThrow('at least 1, got 0 to 5');
  });
});
