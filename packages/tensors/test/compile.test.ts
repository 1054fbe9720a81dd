import { afterAll, describe, expect, it } from 'vitest';
import {
  bernoulli,
  compile,
  type Device,
  grad,
  isFinite,
  normal,
  type Parameter,
  parameter,
  Rng,
  setDefaultDevice,
  tensor,
  type Tensor,
  uniform,
  valueAndGrad,
  where,
} from '../src/index';
import { closeDevices, devices, distance } from '../src/testing/index';

const all = await devices();
const sameFloats = 1e-6; // the same operations, fused otherwise

for (const { name, device } of all) describe.skipIf(!device)(`compile on ${name}`, () => laws(device!, name === 'cpu'));

function laws(device: Device, runsAsItStands: boolean): void {
  const on = (values: number[] | number[][], dtype: 'f32' | 'i32' = 'f32') => tensor(values, { device, dtype });
  const weight = (...values: number[]): Parameter => parameter(on(values));
  const list = async (x: Tensor | Parameter): Promise<number[]> => [...(await x.data())];

  describe.skipIf(runsAsItStands)('traces once for each', () => {
    const cases: [string, unknown, unknown][] = [
      ['shape', on([1, 2]), on([1, 2, 3])],
      ['dtype', on([1, 2]), on([1, 2], 'i32')],
      ['boolean', true, false],
      ['string', 'a', 'b'],
      ['object', new Rng(1), new Rng(1)],
      ['structure', [on([1])], { x: on([1]) }],
      ['presence of an argument', on([1]), undefined],
    ];
    it.each(cases)('%s', async (_, first, second) => {
      let traces = 0;
      const f = compile((x: Tensor, __: unknown) => (traces++, x.add(1)));
      for (const other of [first, first, second, second, first]) await f(on([1]), other);
      expect([traces, f.plans]).toEqual([2, 2]);
    });

    it('and not for another number', async () => {
      let traces = 0;
      const f = compile((x: Tensor, by: number) => (traces++, x.mul(by)));
      const results = [await f(on([1, 2]), 3), await f(on([1, 2]), -0.5)];
      expect(await Promise.all(results.map(list))).toEqual([
        [3, 6],
        [-0.5, -1],
      ]);
      expect(traces).toBe(1);
    });

    it('and again after dispose()', async () => {
      let traces = 0;
      const f = compile((x: Tensor) => (traces++, x.add(1)));
      await f(on([1]));
      f.dispose();
      expect(f.plans).toBe(0);
      expect(await list(await f(on([1])))).toEqual([2]);
      expect(traces).toBe(2);
    });

    it('and forgets the least recently used of many', async () => {
      const f = compile((x: Tensor, _: string) => x.add(1));
      for (let i = 0; i < 40; i++) await f(on([1]), `${i}`);
      expect(f.plans).toBe(32);
    });
  });

  it('takes numbers from outside as constants', async () => {
    let outside = 2;
    const f = compile((x: Tensor) => x.mul(outside));
    const before = await list(await f(on([1])));
    outside = 5;
    const after = await list(await f(on([1])));
    expect([before, after]).toEqual([[2], runsAsItStands ? [5] : [2]]);
  });

  it('gives back the nest that f returns', async () => {
    const w = weight(7);
    const f = compile((x: Tensor) => ({ twice: [x.mul(2), x], name: 'x', w, nothing: undefined }));
    const { twice, name, w: same, nothing } = await f(on([1, 2]));
    expect(await Promise.all([...twice, same].map(list))).toEqual([[2, 4], [1, 2], [7]]);
    expect([name, nothing]).toEqual(['x', undefined]);
  });

  it('gives results of their own: disposing of an equal one, or of the argument, leaves the other', async () => {
    const f = compile((x: Tensor) => [x.add(1), x.add(1)]);
    const x = on([1]);
    const [a, b] = await f(x);
    a!.dispose();
    x.dispose();
    expect(await list(b!)).toEqual([2]);
  });

  it('keeps a hundred losses', async () => {
    const w = weight(0);
    const step = compile((by: Tensor) => {
      w.assign(w.add(by));
      return w.mul(10).sum();
    });
    const losses: Tensor[] = [];
    for (let i = 0; i < 100; i++) losses.push(await step(on([1])));
    const read = await Promise.all(losses.map((loss) => loss.item()));
    expect(read).toEqual(Array.from({ length: 100 }, (_, i) => 10 * (i + 1)));
  });

  it('runs calls that nobody awaits one after the other, each with its own numbers', async () => {
    const w = weight(1);
    const step = compile((factor: number, more: Tensor) => {
      w.assign(w.mul(factor).add(more));
      return w.read();
    });
    const results = await Promise.all([2, 3, 4].map((factor) => step(factor, on([factor / 2]))));
    expect(await Promise.all(results.map(list))).toEqual([[3], [10.5], [44]]);
  });

  describe('parameters', () => {
    const change = (w: Parameter) => w.assign(w.mul(2).add(1));

    it.each([
      ['as it stands', async (w: Parameter) => change(w)],
      ['compiled', async (w: Parameter) => compile((_: Tensor) => change(w))(on([0]))],
    ])('keep old versions for who read them, %s', async (_, run) => {
      const w = weight(1, 2);
      const before = w.read();
      const doubled = w.mul(2);
      await run(w);
      const between = w.read();
      await run(w);
      expect(await list(w)).toEqual([7, 11]);
      expect(await list(between)).toEqual([3, 5]);
      expect(await list(before)).toEqual([1, 2]);
      expect(await list(doubled)).toEqual([2, 4]);
    });

    it('keep old versions that were realised or returned', async () => {
      const w = weight(1);
      await w.data();
      const before = w.read();
      const f = compile((_: Tensor) => {
        const old = w.read();
        change(w);
        return { old, now: w.read() };
      });
      const { old, now } = await f(on([0]));
      await f(on([0]));
      expect([await list(before), await list(old), await list(now), await list(w)]).toEqual([[1], [1], [3], [7]]);
    });

    it('are swapped inside one step', async () => {
      const [a, b] = [weight(1, 2), weight(3, 4)];
      const swap = compile((_: Tensor) => {
        const [x, y] = [a.read(), b.read()];
        a.assign(y);
        b.assign(x);
      });
      await swap(on([0]));
      expect([await list(a), await list(b)]).toEqual([
        [3, 4],
        [1, 2],
      ]);
      await swap(on([0]));
      expect([await list(a), await list(b)]).toEqual([
        [1, 2],
        [3, 4],
      ]);
    });

    it('are read as they were assigned last', async () => {
      const w = weight(1);
      const f = compile((x: Tensor) => {
        const seen = [w.read()];
        for (let i = 0; i < 3; i++) {
          w.assign(w.add(x));
          seen.push(w.read());
        }
        return seen;
      });
      expect(await Promise.all((await f(on([10]))).map(list))).toEqual([[1], [11], [21], [31]]);
      w.assign(on([5])); // from outside, between two steps
      expect(await Promise.all((await f(on([10]))).map(list))).toEqual([[5], [15], [25], [35]]);
      expect(await list(w)).toEqual([35]);
    });

    it('are rearranged: a row is read where another one is written', async () => {
      const w = weight(1, 2, 3, 4);
      const step = compile((order: Tensor) => w.assign(w.read().take(order)));
      await step(tensor(Int32Array.of(3, 0, 1, 2), { device }));
      await step(tensor(Int32Array.of(3, 0, 1, 2), { device }));
      expect(await list(w)).toEqual([3, 4, 1, 2]);
    });

    it('feed neighbours of themselves', async () => {
      const w = parameter(on([1, 2, 3, 4]));
      const step = compile((_: Tensor) => w.assign(w.flip(0).sub(w)));
      await step(on([0]));
      expect(await list(w)).toEqual([3, 1, -1, -3]);
    });

    it('need no tensor among the arguments, whatever the default device', async () => {
      const w = weight(1);
      const step = compile((by: number) => (w.assign(w.add(by)), w.read()));
      try {
        for (const other of all) if (other.device) await againstDefault(other.device, () => step(1));
      } finally {
        setDefaultDevice(undefined);
      }
      expect(await list(w)).toEqual([1 + all.filter((other) => other.device).length]);
    });

    async function againstDefault(other: Device, run: () => Promise<unknown>): Promise<void> {
      setDefaultDevice(other);
      await run();
    }
  });

  it('takes a last batch that is smaller', async () => {
    const w = weight(1, 1);
    const loss = (x: Tensor) => x.matmul(w).square().mean();
    const step = compile((x: Tensor) => {
      const { value, grad: dw } = valueAndGrad((_: Parameter) => loss(x))(w);
      w.assign(w.sub(dw.mul(0.1)));
      return value;
    });
    expect(
      await (
        await step(
          on([
            [1, 0],
            [0, 1],
            [1, 1],
          ]),
        )
      ).item(),
    ).toBeCloseTo(2);
    expect(await list(w)).toEqual([Math.fround(0.8), Math.fround(0.8)].map((x) => expect.closeTo(x, 6)));
    expect(await (await step(on([[1, 0]]))).item()).toBeCloseTo(0.64);
  });

  it('lets no NaN reach the weights', async () => {
    const w = weight(0.5, 0.5);
    const step = compile((x: Tensor) => {
      const { value, grad: dw } = valueAndGrad((_: Parameter) => x.mul(w).exp().sum())(w);
      const isFine = isFinite(value).logicalAnd(isFinite(dw.square().sum()));
      w.assign(where(isFine, w.sub(dw.mul(0.1)), w));
      return value;
    });
    await step(on([1, 2]));
    const good = await list(w);
    expect(good[0]).not.toBe(0.5);
    for (const bad of [
      [NaN, 1],
      [Infinity, 0],
      [1000, 1],
    ])
      expect(Number.isFinite(await (await step(on(bad))).item())).toBe(false);
    expect(await list(w)).toEqual(good);
    await step(on([1, 2]));
    expect(await list(w)).not.toEqual(good);
  });

  it('equals the function as it stands over ten steps of Adam', async () => {
    const [compiled, eager] = [adam(device), adam(device)];
    const step = compile(compiled.step);
    for (let i = 1; i <= 10; i++) {
      const x = uniform(new Rng(i), [8, 3], -1, 1, { device });
      const loss = await step(x, 0.1 / i, 1 - 0.9 ** i, 1 - 0.999 ** i);
      const expected = eager.step(x, 0.1 / i, 1 - 0.9 ** i, 1 - 0.999 ** i);
      expect(distance(await loss.data(), await expected.data())).toBeLessThan(sameFloats * i); // rounding feeds on
    }
    for (const [i, w] of compiled.weights.entries())
      expect(distance(await w.data(), await eager.weights[i]!.data())).toBeLessThan(10 * sameFloats);
  });

  it('continues the draws of a generator as if it were not there', async () => {
    const draw = (rng: Rng) => (x: Tensor) => [
      uniform(rng, [3]).add(x),
      normal(rng, [2]),
      bernoulli(rng, [4], 0.5).cast('f32'),
    ];
    const [rng, same] = [new Rng(5), new Rng(5)];
    const [compiled, plain] = [compile(draw(rng)), draw(same)];
    for (let i = 0; i < 3; i++) {
      const found = await compiled(on([1, 2, 3]));
      for (const [k, y] of plain(on([1, 2, 3])).entries())
        expect(distance(await found[k]!.data(), await y.data())).toBeLessThan(1e-5); // normals agree to that
    }
    expect(rng.state).toEqual(same.state);
    const together = await Promise.all([compiled(on([0, 0, 0])), compiled(on([0, 0, 0]))]);
    expect(await list(together[0][0]!)).not.toEqual(await list(together[1][0]!));
  });

  it('refuses a function that is async, asks for data or meets another compiled one', async () => {
    await expect(compile(async (x: Tensor) => x.add(1))(on([1]))).rejects.toThrow(
      'compile: the function must not be async',
    );
    const inner = compile((x: Tensor) => x.add(1));
    if (runsAsItStands) return;
    await expect(compile((x: Tensor) => inner(x))(on([1]))).rejects.toThrow('call the plain function there');
    await expect(compile((x: Tensor) => void x.data())(on([1]))).rejects.toThrow('data: inside compile() nothing runs');
  });

  it('passes on what f throws, and lives', async () => {
    let isBroken = true;
    const f = compile((x: Tensor) => {
      if (isBroken) throw new RangeError('broken');
      return x.add(1);
    });
    await expect(f(on([1]))).rejects.toThrow(new RangeError('broken'));
    isBroken = false;
    expect(await list(await f(on([1])))).toEqual([2]);
  });
}

/** A layer trained by Adam: parameters and both of its moments are assigned in the step. */
function adam(device: Device) {
  const rng = new Rng(3);
  const start = (shape: number[]) => parameter(uniform(rng, shape, -1, 1, { device }));
  const weights = [start([3, 4]), start([4])];
  const state = weights.map((w) => ({ w, m: parameter(w.read().mul(0)), v: parameter(w.read().mul(0)) }));
  const loss = ([w, b]: Parameter[], x: Tensor) => x.matmul(w!).add(b!).tanh().sum(1).sub(1).square().mean();
  const step = (x: Tensor, rate: number, bias1: number, bias2: number) => {
    const gradients = grad(loss)(weights, x);
    const value = loss(weights, x);
    state.forEach(({ w, m, v }, i) => {
      m.assign(m.mul(0.9).add(gradients[i]!.mul(0.1)));
      v.assign(v.mul(0.999).add(gradients[i]!.square().mul(0.001)));
      w.assign(w.sub(m.div(bias1).mul(rate).div(v.div(bias2).sqrt().add(1e-8))));
    });
    return value;
  };
  return { weights, step };
}

afterAll(() => closeDevices(all));
