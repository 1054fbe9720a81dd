import { describe, expect, it } from 'vitest';
import { grad, mul, parameter, stopGradient, tensor, type Tensor } from '../src/index';
import { allClose, assertClose, checkGradient, distance } from '../src/testing/index';

describe('distance', () => {
  it('is the largest difference over the largest number expected', () => {
    expect(distance([1, 2, 4], [1, 2.5, 5])).toBe(0.2);
    expect(distance([0.5, 0], [0, 0])).toBe(0.5);
    expect(distance([], [])).toBe(0);
  });

  it('takes NaN for NaN and an infinity for itself alone', () => {
    expect(distance([NaN, Infinity, 1], [NaN, Infinity, 2])).toBe(0.5);
    expect(distance([NaN], [1])).toBe(Infinity);
    expect(distance([1], [NaN])).toBe(Infinity);
    expect(distance([Infinity], [-Infinity])).toBe(Infinity);
    expect(allClose([1e30], [Infinity], 1)).toBe(false);
  });

  it('refuses results of two lengths', () => {
    expect(() => distance([1], [1, 2])).toThrow('distance: expected 2 elements, got 1');
  });

  it('shows the worst place', () => {
    const message = 'loss: distance 2.50e-1 exceeds 0.1; at 1 of 2 expected 4, got 3';
    expect(() => assertClose([1, 3], [1, 4], 0.1, 'loss')).toThrow(message);
    expect(() => assertClose([1, 3], [1, 4], 0.3)).not.toThrow();
  });
});

describe('checkGradient', () => {
  const x = tensor(Float64Array.of(0.5, -1.5, 2));
  const cube = (t: Tensor) => t.mul(t).mul(t);

  it('passes a right gradient of both orders', async () => {
    await checkGradient(cube, x);
    await checkGradient(cube, x, { order: 2 });
    await checkGradient(({ a, b }: { a: Tensor; b: Tensor }) => a.matmul(b), { a: x, b: x.exp() });
  });

  it('finds a gradient that stops on its way', async () => {
    await expect(checkGradient((t: Tensor) => t.mul(stopGradient(t)), x)).rejects.toThrow(
      /checkGradient: input 0 at \d/,
    );
  });

  it('nudges parameters and puts them back', async () => {
    const w = parameter(x);
    await checkGradient(() => cube(w.read()), [w]);
    expect([...(await w.data())]).toEqual([0.5, -1.5, 2]);
    const g = grad(([p]: (typeof w)[]) => mul(p!, 2).sum())([w]);
    expect([...(await g[0]!.data())]).toEqual([2, 2, 2]);
  });
});
