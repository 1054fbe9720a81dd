import { compile, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { clipByNorm, clipByValue, globalNorm } from '../../src/index';

const f64 = (...values: number[]) => tensor(Float64Array.from(values));

describe('clipByNorm', () => {
  it('shortens all gradients by one factor', async () => {
    const gradients = { a: f64(3, 0), b: f64(-12), c: f64(4) }; // of length 13
    expect(await globalNorm(gradients).item()).toBe(13);
    const { a, b, c } = clipByNorm(gradients, 2);
    const factor = 2 / (13 + 1e-6);
    expect(Array.from(await a.data())).toEqual([3 * factor, 0]);
    expect(await b.item()).toBe(-12 * factor);
    expect(await c.item()).toBe(4 * factor);
  });

  it('leaves shorter ones as they are, and zeros', async () => {
    const { a } = clipByNorm({ a: f64(3, 4) }, 6);
    expect(Array.from(await a.data())).toEqual([3, 4]);
    expect(Array.from(await clipByNorm({ a: f64(0, 0) }, 1).a.data())).toEqual([0, 0]);
    expect(clipByNorm({}, 1)).toEqual({});
  });

  it('acts inside a compiled function', async () => {
    const clipped = compile((g: ReturnType<typeof tensor>) => clipByNorm({ g }, 1).g);
    const [x, y] = await (await clipped(tensor([30, 40]))).data();
    expect([x, y]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });
});

describe('clipByValue', () => {
  it('holds each component within its bounds', async () => {
    const { a, b } = clipByValue({ a: f64(-3, 0.5), b: f64(7) }, 2);
    expect(Array.from(await a.data())).toEqual([-2, 0.5]);
    expect(await b.item()).toBe(2);
  });
});

describe('both', () => {
  it.each([
    [() => clipByNorm({}, 0), 'clipByNorm: expected a norm > 0, got 0'],
    [() => clipByValue({}, NaN), 'clipByValue: expected a bound > 0, got NaN'],
  ])('refuse a bound that is not positive', (call, message) => expect(call).toThrow(new RangeError(message)));
});
