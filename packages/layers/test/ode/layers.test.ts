import { add, cast, cos, grad, mul, normal, Rng, sum, tanh, type Tensor, tensor } from '@hairpin/tensors';
import { checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { GRUField, GRUODE, gaussianKL, gaussianLogLikelihood, LatentODE, NeuralODE, ODERNN } from '../../src/index';
import { GRUCell, Linear, odeint, RNNCell, Sequential } from '../../src/index';
import { draw64, part, row, rows, same, stepOf } from '../support';

const f64 = (values: readonly number[] | readonly (readonly number[])[]) =>
  tensor(values as number[], { dtype: 'f64' });
const rng = new Rng(3);
const x = draw64(2, [2, 5, 2]);
const times = f64([
  [0, 0.3, 1, 1.1, 2.5],
  [-1, 0, 0.5, 2, 2.2],
]);
/** dh/dt = −h: between observations the state decays by exp(−gap). */
const decay = (_: Tensor, h: Tensor) => mul(h, -1);
const cell = (inputs: number) => new GRUCell({ in: inputs, hidden: 3, rng, dtype: 'f64' });
const fine = { method: 'rk4', steps: 4 } as const;

describe('NeuralODE', () => {
  const field = new Sequential(new Linear({ in: 2, out: 2, rng }), tanh);
  const x32 = tensor([
    [0.5, -1],
    [1, 2],
  ]);

  it('is odeint from its first time to its last', async () => {
    const net = new NeuralODE({ field, times: [0, 2], solver: { method: 'rk4', steps: 8 } });
    const y = odeint(field, x32, [0, 2], { method: 'rk4', steps: 8 });
    await same(net.forward(x32), stepOf(y, 1), 0);
    expect(Object.keys(net.parameters())).toEqual(['field.layers.0.weight', 'field.layers.0.bias']);
  });

  it('gives the states at all times, and solves with as many steps as it needs', async () => {
    const of = (outputs: 'last' | 'all') =>
      new NeuralODE({ field, times: [0, 1, 2], outputs, solver: { method: 'rk4', steps: 8 } });
    const all = of('all').forward(x32);
    expect(all.shape).toEqual([2, 3, 2]);
    await same(of('last').forward(x32), stepOf(all, 2), 0);
    const { y, accepted } = await of('all').solve(x32);
    await same(y, all, 1e-4);
    expect(Math.min(...(await accepted.data()))).toBeGreaterThan(1);
  });

  it('within a number of steps has the gradient of what it computes, direct and adjoint', async () => {
    const through = (gradient: 'direct' | 'adjoint') => {
      const net = new NeuralODE({
        field,
        solver: { method: 'dopri5', maxSteps: 12, gradient, rtol: 1e-4, atol: 1e-5 },
      });
      return grad((wrt: { x: Tensor; p: ReturnType<typeof net.parameters> }) => sum(net.forward(wrt.x)))({
        x: x32,
        p: net.parameters(),
      });
    };
    const [direct, adjoint] = [through('direct'), through('adjoint')];
    await same(adjoint.x, direct.x, 1e-3);
    for (const name of Object.keys(direct.p)) await same(adjoint.p[name], direct.p[name], 1e-3);
  });

  it('reads the time where it is asked to', async () => {
    const seen: number[][] = [];
    const spy = new Sequential(
      (z: Tensor) => (
        seen.push([...z.shape]),
        part(z.reshape([2, 1, 3]), 0, 1)
          .reshape([2, 3])
          .slice([0, 0], [undefined, 2])
      ),
    );
    const net = new NeuralODE({ field: spy, timeDependent: true, solver: { method: 'euler' } });
    await same(net.forward(x32), mul(x32, 2), 1e-7); // one Euler step of y′ = y
    expect(seen).toEqual([[2, 3]]);
  });

  it('refuses what does not fit', () => {
    expect(() => new NeuralODE({ field, times: [1] })).toThrow('two times or more, got 1');
    expect(() => new NeuralODE({ field, outputs: 'all' }).forward(tensor([[[1, 2]]]))).toThrow(
      'input [batch, dim], got [1, 1, 2]',
    );
  });
});

describe('ODERNN', () => {
  it('is an equation up to each observation and a cell at it', async () => {
    const gru = cell(2);
    const net = new ODERNN({ field: decay, cell: gru, ...fine, steps: 16 });
    const y = net.forward(x, { given: { times } });
    let h = mul(draw64(1, [2, 3]), 0);
    const when = await times.data();
    for (let i = 0; i < 5; i++) {
      const gap = [0, 1].map((r) => (i === 0 ? 0 : when[5 * r + i] - when[5 * r + i - 1]));
      h = gru.step({ h: mul(h, f64(gap.map((g) => [Math.exp(-g)]))) }, stepOf(x, i)).h;
      await same(stepOf(y, i), h, 1e-6);
    }
  });

  it('without times it is the net of steps 0, 1, 2 …', async () => {
    const net = new ODERNN({ field: decay, cell: cell(2), ...fine });
    await same(
      net.forward(x),
      net.forward(x, {
        given: {
          times: f64([
            [0, 1, 2, 3, 4],
            [7, 8, 9, 10, 11],
          ]),
        },
      }),
      1e-14,
    );
  });

  it('in reverse it goes back in time', async () => {
    const gru = cell(2);
    const back = new ODERNN({ field: decay, cell: gru, direction: 'reverse', ...fine });
    const there = new ODERNN({ field: decay, cell: gru, ...fine });
    await same(
      back.forward(x, { given: { times } }).flip(1),
      there.forward(x.flip(1), { given: { times: times.flip(1) } }),
      1e-14,
    );
  });

  it('what is missing is not read, and a step without any observation leaves the state to the equation', async () => {
    const net = new ODERNN({ field: decay, cell: cell(4), masked: true, ...fine });
    const seen = [1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0];
    const mask = tensor(seen, { shape: [2, 5, 2] });
    const values = await x.data();
    const holes = tensor(
      values.map((v, i) => (seen[i] ? v : NaN)),
      { shape: x.shape, dtype: 'f64' },
    );
    const y = net.forward(holes, { given: { times, mask } });
    await same(y, net.forward(x, { given: { times, mask } }), 0);
    const [before, at] = [stepOf(row(y, 0), 0), stepOf(row(y, 0), 1)]; // row 0 sees nothing at 0.3
    await same(at, mul(before, Math.exp(-0.3)), 1e-6);
  });

  it('a padded batch is its rows one by one, with NaN in times, values and mask, both ways', async () => {
    for (const direction of ['forward', 'reverse'] as const) {
      const net = new ODERNN({ field: decay, cell: cell(4), masked: true, direction, ...fine });
      const pad = (t: Tensor, inner: number) =>
        t.data().then((all) =>
          tensor(
            Float64Array.from(all, (v, i) => (i >= inner * 8 ? NaN : v)),
            { shape: t.shape },
          ),
        );
      const mask = draw64(5, [2, 5, 2]).greater(-0.5);
      const given = { times: await pad(times, 1), mask: cast(mask, 'f64') };
      const whole = net.run(await pad(x, 2), { given, lengths: rows([5, 3]) });
      const short = (t: Tensor) => part(row(t, 1), 0, 3);
      const alone = net.run(short(x), { given: { times: short(times), mask: short(mask) } });
      await same(short(whole.y), alone.y, 1e-14);
      await same(row(whole.h, 1), alone.h, 1e-14);
    }
  });

  it('its gradient', async () => {
    const net = new ODERNN({ field: (t, h) => mul(h, cos(t)), cell: cell(2), method: 'midpoint', steps: 2 });
    await checkGradient(
      (wrt: { x: Tensor; times: Tensor; p: ReturnType<typeof net.parameters> }) =>
        net.forward(wrt.x, { given: { times: wrt.times } }),
      { x, times, p: net.parameters() },
    );
  });

  it('refuses what does not fit', () => {
    const net = new ODERNN({ field: decay, cell: cell(2) });
    expect(() => net.forward(row(x, 0).reshape([5, 2]))).toThrow('input [batch, length, 2], got [5, 2]');
    expect(() => net.forward(x, { given: { times: f64([0, 1]) } })).toThrow('context.given.times [2, 5]');
    expect(() => net.forward(x, { given: { mask: times } })).toThrow('context.given.mask [2, 5, 2]');
    expect(() => new ODERNN({ field: decay, cell: cell(2), steps: 0 })).toThrow(
      'steps to be a whole number ≥ 1, got 0',
    );
  });
});

describe('GRUODE', () => {
  it('its field is equation 3 in plain numbers', async () => {
    const field = new GRUField({ hidden: 2, rng: new Rng(9), dtype: 'f64' });
    const h = [0.3, -0.8];
    const [u, b, c, d] = await Promise.all(
      [field.gates, field.gatesBias, field.candidate, field.candidateBias].map((p) => p.data()),
    );
    const dot = (w: ArrayLike<number>, at: number, v: number[]) => w[2 * at] * v[0] + w[2 * at + 1] * v[1];
    const s = (z: number) => 1 / (1 + Math.exp(-z));
    const [r, z] = [0, 2].map((from) => [0, 1].map((i) => s(dot(u, from + i, h) + b[from + i])));
    const reset = h.map((v, i) => r[i] * v);
    const expected = [0, 1].map((i) => (1 - z[i]) * (Math.tanh(dot(c, i, reset) + d[i]) - h[i]));
    const found = await field.forward(f64([h])).data();
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 14));
  });

  it('a state within ±1 stays there, however long', async () => {
    const field = new GRUField({ hidden: 3, rng: new Rng(4), dtype: 'f64' });
    const { y } = await odeint(field, f64([[1, -1, 0.9]]), [0, 50]);
    expect(Math.max(...Array.from(await y.data(), Math.abs))).toBeLessThanOrEqual(1);
  });

  it('is an ODERNN of that field', async () => {
    const net = new GRUODE({ in: 2, hidden: 3, rng: new Rng(1), dtype: 'f64', method: 'midpoint' });
    const plain = new ODERNN({ field: net.field, cell: net.cell, method: 'midpoint' });
    await same(net.forward(x, { given: { times } }), plain.forward(x, { given: { times } }), 0);
    const names = Object.keys(net.parameters());
    expect(names.slice(0, 4)).toEqual(['field.gates', 'field.gatesBias', 'field.candidate', 'field.candidateBias']);
  });
});

describe('LatentODE', () => {
  const rng = new Rng(6);
  const net = new LatentODE({
    encoder: new ODERNN({
      field: new Sequential(new Linear({ in: 3, out: 3, rng }), tanh),
      cell: new RNNCell({ in: 1, hidden: 3, rng }),
      direction: 'reverse',
    }),
    posterior: new Linear({ in: 3, out: 4, rng }),
    field: new Sequential(new Linear({ in: 2, out: 2, rng }), tanh),
    decoder: new Linear({ in: 2, out: 1, rng }),
  });
  const seq = normal(new Rng(8), [3, 4, 1]);
  const given = {
    times: tensor([
      [0, 0.5, 1, 2],
      [0, 1, 1.5, 2],
      [1, 2, 3, 4],
    ]),
  };

  it('starts at the mean and follows the equation through the times', async () => {
    const { y, z, mean } = net.run(seq, { given });
    const solved = odeint(net.field, mean, given.times, { method: 'rk4' });
    await same(z, solved, 1e-6);
    await same(y, net.decoder.forward(solved), 1e-6);
  });

  it('the pieces of the bound, by hand', async () => {
    const kl = gaussianKL(
      f64([
        [1, 0],
        [0, 0],
      ]),
      f64([
        [0, Math.log(4)],
        [0, 0],
      ]),
    );
    const found = await kl.data();
    expect(found[0]).toBeCloseTo(0.5 + 0.5 * (4 - 1 - Math.log(4)), 14);
    expect(found[1]).toBe(0);
    const [a, b] = [f64([1, 2, NaN]).reshape([1, 3, 1]), f64([0, 2, 5]).reshape([1, 3, 1])];
    const seen = tensor([true, true, false]).reshape([1, 3, 1]);
    const ll = await gaussianLogLikelihood(a, b, { std: 2, seen }).item();
    expect(ll).toBeCloseTo(-1 / 8 - 2 * Math.log(2) - Math.log(2 * Math.PI), 14);
  });

  it('the bound is the likelihood less the KL, of what was seen alone', async () => {
    const lengths = rows([4, 2, 3]);
    const { y, kl } = net.run(seq, { given, lengths });
    const bound = await net.elbo(seq, { given, lengths, std: 0.5, klWeight: 0.1 }).data();
    const short = gaussianLogLikelihood(part(row(seq, 1), 0, 2), part(row(y, 1), 0, 2), { std: 0.5 });
    expect(bound[1]).toBeCloseTo((await short.item()) - 0.1 * (await kl.data())[1], 5);
  });

  it('while training it draws, around the mean and with the standard deviation', async () => {
    expect(() => net.forward(seq, { training: true })).toThrow('LatentODE: training needs context.rng');
    const many = tensor(
      Float32Array.from({ length: 4000 }, (_, i) => [0.3, -1][i % 2]),
      { shape: [2000, 2, 1] },
    );
    const { z, mean, logVar } = net.run(many, { training: true, rng: new Rng(1) });
    const [first, m, v] = [await stepOf(z, 0).data(), await mean.data(), await logVar.data()];
    const units = Array.from(first, (value, i) => (value - m[i]) / Math.exp(v[i] / 2));
    const average = units.reduce((a, b) => a + b, 0) / units.length;
    const variance = units.reduce((a, b) => a + (b - average) ** 2, 0) / units.length;
    expect(Math.abs(average)).toBeLessThan(0.08); // five standard errors of 4 000 draws
    expect(Math.abs(variance - 1)).toBeLessThan(0.12);
  });

  it('learns: a step along the gradient of the bound raises it', async () => {
    const loss = (p: ReturnType<typeof net.parameters>) => (void p, sum(net.elbo(seq, { given, std: 0.3 })));
    const before = await loss(net.parameters()).item();
    const gradients = grad(loss)(net.parameters());
    for (const [name, p] of Object.entries(net.parameters())) p.assign(add(p.read(), mul(gradients[name], 1e-4)));
    expect(await loss(net.parameters()).item()).toBeGreaterThan(before);
  });

  it('wants an encoder that goes back', () => {
    const encoder = new ODERNN({ field: decay, cell: cell(1) });
    expect(() => new LatentODE({ encoder, posterior: net.posterior, field: decay, decoder: net.decoder })).toThrow(
      "direction: 'reverse'",
    );
  });
});
