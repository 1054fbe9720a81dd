import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { simulateCellTypes, simulateCopying, simulateExpression, simulateNetwork } from '../../src/index';
import { mean, sd } from './statistics';

describe('simulateNetwork', () => {
  const rng = new Rng(1);

  it('relaxes to production over decay without regulations: x = 3 + (x₀ − 3)·e^−t', () => {
    const times = [0, 0.5, 1, 4];
    const { levels, measured } = simulateNetwork({ rng, genes: 1, regulations: [], times, start: [0] });
    times.forEach((t, i) => expect(Math.abs(levels[i] - 3 * (1 - Math.exp(-t)))).toBeLessThan(0.004)); // of Euler's steps
    expect(measured).toEqual(levels);
  });

  it('lets a delayed regulation show after its delay', () => {
    const regulations = [{ from: 0, to: 1, sign: 'activates' as const, delay: 2 }];
    const times = [1, 1.9, 5];
    const { levels } = simulateNetwork({ rng, genes: 2, regulations, times, start: [0, 1] });
    expect(levels[1]).toBeCloseTo(Math.exp(-1), 2); // gene 0 was 0 up to the start, so that nothing is made
    expect(levels[3]).toBeCloseTo(Math.exp(-1.9), 2);
    expect(levels[5]).toBeGreaterThan(2);
  });

  it('oscillates as a ring of three repressors', () => {
    const regulations = [0, 1, 2].map((from) => ({ from, to: (from + 1) % 3, sign: 'represses' as const, delay: 1 }));
    const times = Array.from({ length: 800 }, (_, i) => 60 + i / 10);
    const { levels } = simulateNetwork({ rng, genes: 3, regulations, times });
    const first = times.map((_, i) => levels[3 * i]);
    const middle = mean(first);
    const rises = first.flatMap((level, i) => (i > 0 && first[i - 1] < middle && level >= middle ? [times[i]] : []));
    expect(rises.length).toBeGreaterThan(3);
    const periods = rises.slice(1).map((time, i) => time - rises[i]);
    expect(Math.max(...periods) - Math.min(...periods)).toBeLessThan(0.25); // it keeps its period, up to the sampling
    expect(sd(first)).toBeGreaterThan(0.3);
  });

  it('says which gene or time is wrong', () => {
    const regulations = [{ from: 0, to: 3, sign: 'represses' as const, delay: 0 }];
    expect(() => simulateNetwork({ rng, genes: 3, regulations, times: [0] })).toThrow('genes below 3 and a delay of at least 0, got 0 → 3'); // prettier-ignore
    expect(() => simulateNetwork({ rng, genes: 1, regulations: [], times: [1, 0.5] })).toThrow('rise from 0, got 0.5');
  });
});

describe('simulateExpression', () => {
  const times = Array.from({ length: 60 }, (_, i) => 5 * i);
  const { values, amplitudes, peaks } = simulateExpression({
    rng: new Rng(2),
    times,
    period: 75,
    genes: 200,
    noiseSd: 0.2,
  });

  it('cycles with the period, height and time it says', () => {
    const periodic = Array.from(amplitudes.keys()).filter((gene) => amplitudes[gene] > 0);
    expect(Math.abs(periodic.length - 100)).toBeLessThan(36);
    for (const gene of periodic) {
      const own = values.subarray(60 * gene, 60 * gene + 60);
      const cos = mean(times.map((t, i) => 2 * own[i] * Math.cos((2 * Math.PI * t) / 75))); // four whole periods
      const sin = mean(times.map((t, i) => 2 * own[i] * Math.sin((2 * Math.PI * t) / 75)));
      expect(Math.abs(Math.hypot(cos, sin) - amplitudes[gene])).toBeLessThan(0.18); // 5 standard errors
      const off = Math.atan2(sin, cos) - (2 * Math.PI * peaks[gene]) / 75;
      expect(Math.abs(Math.atan2(Math.sin(off), Math.cos(off)))).toBeLessThan(0.4);
    }
  });

  it('only scatters elsewhere', () => {
    const still = Array.from(amplitudes.keys()).filter((gene) => amplitudes[gene] === 0);
    const scatter = sd(still.flatMap((gene) => [...values.subarray(60 * gene, 60 * gene + 60)]));
    expect(Math.abs(scatter - 0.2)).toBeLessThan(0.01);
    expect(() => simulateExpression({ rng: new Rng(1), times, period: 0 })).toThrow('a period above 0, got 0');
  });
});

describe('simulateCellTypes', () => {
  const { features, starts, types, values, shape } = simulateCellTypes({ rng: new Rng(3), types: 5, count: 30 });

  it('starts each type where its features say, by one linear map', () => {
    expect(shape).toEqual([150, 10, 2]);
    // five types, four features: the fifth start follows from the first four
    const rows = [0, 1, 2, 3, 4].map((type) => [...features.subarray(4 * type, 4 * type + 4)]);
    const combination = solve(rows.slice(0, 4), rows[4]);
    for (const state of [0, 1]) {
      const predicted = combination.reduce((sum, c, type) => sum + c * starts[2 * type + state], 0);
      expect(predicted).toBeCloseTo(starts[8 + state], 8);
    }
  });

  it('follows one law: each step turns by half a radian and shrinks by a tenth', () => {
    const noise: number[] = [];
    types.forEach((type, series) => {
      let [x, y] = starts.subarray(2 * type, 2 * type + 2);
      for (let t = 0; t < 10; t++) {
        [x, y] = [0.9 * (x * Math.cos(0.5) - y * Math.sin(0.5)), 0.9 * (x * Math.sin(0.5) + y * Math.cos(0.5))];
        noise.push(values[(series * 10 + t) * 2] - x, values[(series * 10 + t) * 2 + 1] - y);
      }
    });
    expect(Math.abs(sd(noise) - 0.05)).toBeLessThan(0.0035); // 3 000 values
  });
});

/** c with Σ c·rows = target, by elimination. */
function solve(rows: number[][], target: number[]): number[] {
  const n = rows.length;
  const m = target.map((value, i) => [...rows.map((row) => row[i]), value]);
  for (let k = 0; k < n; k++) {
    const pivot = m.slice(k).reduce((best, row, i) => (Math.abs(row[k]) > Math.abs(m[best][k]) ? i + k : best), k);
    [m[k], m[pivot]] = [m[pivot], m[k]];
    for (let i = 0; i < n; i++) if (i !== k) m[i] = m[i].map((value, j) => value - (m[i][k] / m[k][k]) * m[k][j]);
  }
  return m.map((row, k) => row[n] / row[k]);
}

describe('simulateCopying', () => {
  it('asks for the symbols again after the gap', () => {
    const { inputs, targets, shape } = simulateCopying({ rng: new Rng(4), count: 20, gap: 30, width: 5, symbols: 4 });
    expect(shape).toEqual([20, 40]);
    for (let row = 0; row < 20; row++) {
      const own = [...inputs.subarray(40 * row, 40 * row + 40)];
      const word = own.slice(0, 5);
      expect(word.every((symbol) => symbol >= 1 && symbol <= 4)).toBe(true);
      expect(own.slice(5)).toEqual([...Array<number>(30).fill(0), 5, 0, 0, 0, 0]);
      expect([...targets.subarray(40 * row, 40 * row + 40)]).toEqual([...Array<number>(35).fill(0), ...word]);
    }
    expect(() => simulateCopying({ rng: new Rng(1), count: 1, gap: -1 })).toThrow('expected gap ≥ 0');
  });
});
