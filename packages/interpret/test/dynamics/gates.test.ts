import { scan, sigmoid, tap, taps, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { autocorrelation, eventAverage, gateStatistics } from '../../src/index';

/** Two rows of three steps of two units; the second row ends after two. */
const gates = { values: [0, 1, 0.05, 0.95, 1, 0.5, 0.95, 0.5, 0.5, 0.25, 9, 9], shape: [2, 3, 2] };
const lengths = [3, 2];

describe('gateStatistics', () => {
  it('counts what is open and what is closed, within the rows', () => {
    const { mean, standardDeviation, closed, open, count } = gateStatistics(gates, { lengths });
    expect(count).toBe(5);
    expect([...mean]).toEqual([0.5, 0.64].map((value) => expect.closeTo(value, 12)));
    const variance = [0.5, 0.45, 0.5, 0.45, 0].reduce((sum, value) => sum + value ** 2, 0) / 5;
    expect(standardDeviation[0]).toBeCloseTo(Math.sqrt(variance), 12);
    expect([...closed]).toEqual([0.4, 0]);
    expect([...open]).toEqual([0.4, 0.4]);
    expect([...gateStatistics(gates, { lengths, low: 0.01, high: 0.99 }).closed]).toEqual([0.2, 0]);
  });

  it('reads what a tap inside a cell gives', async () => {
    const xs = tensor([[[9], [-9], [9], [9]]]);
    const cell = (c: Tensor, x: Tensor): [Tensor, []] => [tap(sigmoid(x), 'forget').mul(c), []];
    const [last] = scan<Tensor, Tensor, []>(cell, tensor([[1]]), xs);
    const [{ value }] = taps(last);
    const { open, closed } = gateStatistics({ values: await value.data(), shape: value.shape });
    expect([open[0], closed[0]]).toEqual([0.75, 0.25]);
  });

  it('names the shape that it wants', () => {
    expect(() => gateStatistics({ values: [1], shape: [1] })).toThrow('of shape [batch, length, units], got [1]');
    expect(() => gateStatistics({ values: [1], shape: [1, 2, 1] })).toThrow('[1, 2, 1] needs 2 numbers, got 1');
  });
});

describe('autocorrelation', () => {
  it('of a wave of period 4 is 0 at a quarter, negative at half and positive at a whole of it', async () => {
    const wave = Array.from({ length: 400 }, (_, t) => [1, 0, -1, 0][t % 4]);
    const { values, shape } = await autocorrelation({ values: wave, shape: [1, 400, 1] }, { maxLag: 4 });
    expect(shape).toEqual([1, 5]);
    expect([...values]).toEqual([1, 0, -0.995, 0, 0.99].map((value) => expect.closeTo(value, 12))); // 199 and 198 of 200 pairs
  });

  it('keeps rows apart, and says NaN of what never changes', async () => {
    const steps = { values: [1, 5, 1, 5, -1, 5, -1, 5], shape: [2, 2, 2] };
    const { values } = await autocorrelation(steps, { maxLag: 1 });
    expect([...values]).toEqual([1, 0.5, NaN, NaN]); // pairs 1·1 and −1·−1 of the squares' 4
    const stopped = autocorrelation(steps, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });
});

describe('eventAverage', () => {
  it('averages what surrounds the events, without what lies outside', () => {
    const { offsets, mean, standardErrors, counts } = eventAverage(gates, {
      ...{ lengths, before: 1, after: 1 },
      events: [[1, 2], [0]],
    });
    expect(offsets).toEqual([-1, 0, 1]);
    expect(counts).toEqual([2, 3, 2]);
    expect(mean.shape).toEqual([3, 2]);
    const expected = [(0 + 0.05) / 2, (1 + 0.95) / 2, (0.05 + 1 + 0.95) / 3, (0.95 + 0.5 + 0.5) / 3, 0.75, 0.375];
    expect([...mean.values]).toEqual(expected.map((value) => expect.closeTo(value, 12)));
    expect(standardErrors.values[0]).toBeCloseTo(0.025, 12); // of 0 and 0.05: sd 0.05/√2, over √2
  });

  it('refuses events outside of their row', () => {
    expect(() => eventAverage(gates, { lengths, events: [[1], [2]] })).toThrow('events from 0 to 1 in row 1, got 2');
    expect(() => eventAverage(gates, { events: [[1]] })).toThrow('the events of 2 rows, got those of 1');
  });
});
