import { parameters, Rng, tensor } from '@hairpin/tensors';
import { distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  chronoBias,
  forgetGateBias,
  GRUCell,
  LeakyIntegrator,
  LSTM,
  LSTMCell,
  MinGRUCell,
  MinLSTMCell,
  orthogonal,
  RNNCell,
  type State,
} from '../src/index';
import { draw64 } from './support';

const [batch, inputs, hidden] = [2, 3, 4];
const options = () => ({ in: inputs, hidden, dtype: 'f64' as const, rng: new Rng(3) });

type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/** The numbers of one row at one unit: sums of a product, and the unit's own place in vectors. */
interface Unit {
  /** Row of a weight [rows, v.length] times v. */
  readonly dot: (weight: string, row: number, v: ArrayLike<number>) => number;
  readonly at: (vector: string, row: number) => number;
  readonly x: ArrayLike<number>;
  readonly state: Numbers;
  /** The place of the unit. */
  readonly k: number;
}

const sigma = (z: number) => 1 / (1 + Math.exp(-z));

/** One step against an equation for a single unit, in plain numbers. */
async function follows(cell: Cell<State>, equation: (unit: Unit) => Record<string, number>): Promise<void> {
  const widths = Object.entries(cell.widths as Record<string, number>);
  const state = Object.fromEntries(widths.map(([name, width], i) => [name, draw64(20 + i, [batch, width])]));
  const x = draw64(10, [batch, inputs]);
  const weights: Record<string, ArrayLike<number>> = {};
  for (const [path, parameter] of Object.entries(parameters(cell))) weights[path] = await parameter.data();
  const dot: Unit['dot'] = (weight, row, v) =>
    Array.from(v, (value, j) => value * weights[weight][row * v.length + j]).reduce((a, b) => a + b);
  const [before, xs] = [await rowsOf(state), (await rowsOf({ x })).map((row) => row.x)];
  const after = await rowsOf(cell.step(state, x));
  for (let row = 0; row < batch; row++)
    for (let k = 0; k < hidden; k++) {
      const expected = equation({ dot, at: (name, i) => weights[name][i], x: xs[row], state: before[row], k });
      for (const [part, value] of Object.entries(expected)) expect(after[row][part][k]).toBeCloseTo(value, 12);
    }
}

async function rowsOf(state: State): Promise<Numbers[]> {
  const parts = await Promise.all(Object.entries(state).map(async ([name, t]) => [name, await t.data()] as const));
  const row = (data: ArrayLike<number>, r: number) =>
    Array.from(data).slice((r * data.length) / batch, ((r + 1) * data.length) / batch);
  return Array.from({ length: batch }, (_, r) => Object.fromEntries(parts.map(([name, data]) => [name, row(data, r)])));
}

/** W_ih·x + b_ih + W_hh·h + b_hh of gate g. */
const sum = ({ dot, at, x, state, k }: Unit, g: number): number => {
  const row = g * hidden + k;
  return dot('weightIh', row, x) + at('biasIh', row) + dot('weightHh', row, state.h) + at('biasHh', row);
};

/** The same where each unit reaches its own gates only. */
const diagonalSum = ({ dot, at, x, state, k }: Unit, g: number): number => {
  const row = g * hidden + k;
  return dot('weightIh', row, x) + at('biasIh', row) + at('weightHh', row) * state.h[k] + at('biasHh', row);
};

const remember = (unit: Unit, f: number, i: number, g: number) => f * unit.state.c[unit.k] + i * g;

describe('RNNCell', () => {
  it('is tanh of the sum', () => follows(new RNNCell(options()), (unit) => ({ h: Math.tanh(sum(unit, 0)) })));
  it('is its positive part with relu', () =>
    follows(new RNNCell({ ...options(), nonlinearity: 'relu' }), (unit) => ({ h: Math.max(0, sum(unit, 0)) })));
  it('is the sum itself with identity', () =>
    follows(new RNNCell({ ...options(), nonlinearity: 'identity' }), (unit) => ({ h: sum(unit, 0) })));
});

describe('LSTMCell', () => {
  it('has rows i, f, g, o', () =>
    follows(new LSTMCell(options()), (unit) => {
      const [i, f, g, o] = [sigma(sum(unit, 0)), sigma(sum(unit, 1)), Math.tanh(sum(unit, 2)), sigma(sum(unit, 3))];
      const c = remember(unit, f, i, g);
      return { c, h: o * Math.tanh(c) };
    }));

  it('with peepholes: i and f see the memory before, o that after', () =>
    follows(new LSTMCell({ ...options(), peepholes: true }), (unit) => {
      const { at, k, state } = unit;
      const i = sigma(sum(unit, 0) + at('peepholeI', k) * state.c[k]);
      const f = sigma(sum(unit, 1) + at('peepholeF', k) * state.c[k]);
      const c = remember(unit, f, i, Math.tanh(sum(unit, 2)));
      return { c, h: sigma(sum(unit, 3) + at('peepholeO', k) * c) * Math.tanh(c) };
    }));

  it('with tied gates: f is 1 − i, rows i, g, o', () =>
    follows(new LSTMCell({ ...options(), tiedGates: true }), (unit) => {
      const i = sigma(sum(unit, 0));
      const c = remember(unit, 1 - i, i, Math.tanh(sum(unit, 1)));
      return { c, h: sigma(sum(unit, 2)) * Math.tanh(c) };
    }));

  it('with a sigmoid candidate', () =>
    follows(new LSTMCell({ ...options(), sigmoidCandidate: true }), (unit) => {
      const c = remember(unit, sigma(sum(unit, 1)), sigma(sum(unit, 0)), sigma(sum(unit, 2)));
      return { c, h: sigma(sum(unit, 3)) * Math.tanh(c) };
    }));

  it('with a diagonal recurrence', () =>
    follows(new LSTMCell({ ...options(), diagonal: true }), (unit) => {
      const [i, f, g, o] = [0, 1, 2, 3].map((gate) => diagonalSum(unit, gate));
      const c = remember(unit, sigma(f), sigma(i), Math.tanh(g));
      return { c, h: sigma(o) * Math.tanh(c) };
    }));

  it('with peepholes, tied gates and a diagonal recurrence at once', () =>
    follows(new LSTMCell({ ...options(), peepholes: true, tiedGates: true, diagonal: true }), (unit) => {
      const { at, k, state } = unit;
      const i = sigma(diagonalSum(unit, 0) + at('peepholeI', k) * state.c[k]);
      const c = remember(unit, 1 - i, i, Math.tanh(diagonalSum(unit, 1)));
      return { c, h: sigma(diagonalSum(unit, 2) + at('peepholeO', k) * c) * Math.tanh(c) };
    }));

  it('has no weights that an option does away with', () => {
    const shapes = (cell: LSTMCell) => Object.entries(parameters(cell)).map(([name, { shape }]) => `${name} ${shape}`);
    expect(shapes(new LSTMCell({ ...options(), peepholes: true, tiedGates: true }))).toEqual([
      ...['weightIh 12,3', 'weightHh 12,4', 'biasIh 12', 'biasHh 12', 'peepholeI 4', 'peepholeO 4'],
    ]);
    expect(shapes(new LSTMCell({ ...options(), diagonal: true }))).toContain('weightHh 16');
  });
});

describe('GRUCell', () => {
  const fromX = ({ dot, at, x, k }: Unit, g: number) =>
    dot('weightIh', g * hidden + k, x) + at('biasIh', g * hidden + k);
  const mixed = ({ state, k }: Unit, z: number, n: number) => ({ h: (1 - z) * n + z * state.h[k] });

  it('resets after the product, rows r, z, n', () =>
    follows(new GRUCell(options()), (unit) => {
      const { dot, at, state, k } = unit;
      const [r, z] = [sigma(sum(unit, 0)), sigma(sum(unit, 1))];
      const n = fromX(unit, 2) + r * (dot('weightHh', 2 * hidden + k, state.h) + at('biasHh', 2 * hidden + k));
      return mixed(unit, z, Math.tanh(n));
    }));

  it('resets before the product when asked', () =>
    follows(new GRUCell({ ...options(), reset: 'before' }), (unit) => {
      const { dot, at, state, k } = unit;
      const reset = Array.from(state.h, (h, j) => sigma(sum({ ...unit, k: j }, 0)) * h);
      const n = fromX(unit, 2) + dot('weightHh', 2 * hidden + k, reset) + at('biasHh', 2 * hidden + k);
      return mixed(unit, sigma(sum(unit, 1)), Math.tanh(n));
    }));
});

describe('cells that are linear in their state', () => {
  const gate = ({ dot, at, x, k }: Unit, g: number) => dot('weight', g * hidden + k, x) + at('bias', g * hidden + k);

  it('MinGRUCell', () =>
    follows(new MinGRUCell(options()), (unit) => {
      const z = sigma(gate(unit, 0));
      return { h: (1 - z) * unit.state.h[unit.k] + z * gate(unit, 1) };
    }));

  it('MinLSTMCell', () =>
    follows(new MinLSTMCell(options()), (unit) => {
      const [f, i] = [sigma(gate(unit, 0)), sigma(gate(unit, 1))];
      return { h: (f / (f + i)) * unit.state.h[unit.k] + (i / (f + i)) * gate(unit, 2) };
    }));

  it('LeakyIntegrator', () =>
    follows(new LeakyIntegrator(options()), (unit) => {
      const a = sigma(unit.at('decay', unit.k));
      return { h: a * unit.state.h[unit.k] + (1 - a) * gate(unit, 0) };
    }));

  it('LeakyIntegrator begins with time constants spaced in their logarithm', async () => {
    const { decay } = new LeakyIntegrator({ ...options(), timeConstants: [2, 16] });
    const constants = Array.from(await decay.data(), (z) => -1 / Math.log(sigma(z)));
    [2, 4, 8, 16].forEach((tau, k) => expect(constants[k]).toBeCloseTo(tau, 10));
    expect(() => new LeakyIntegrator({ ...options(), timeConstants: [0, 1] })).toThrow('timeConstants above 0');
  });
});

describe('starts', () => {
  it('are uniform in ±1/√hidden, as in PyTorch', async () => {
    const cell = new LSTMCell({ in: 40, hidden: 25, rng: new Rng(1) });
    for (const parameter of Object.values(parameters(cell))) {
      const largest = Math.max(...Array.from(await parameter.data(), Math.abs));
      expect(largest).toBeLessThanOrEqual(0.2);
      expect(largest).toBeGreaterThan(0.18); // of 100 draws or more
    }
  });

  it('orthogonal: rows, or columns, of length 1 and at right angles', async () => {
    for (const [rows, columns] of [
      [5, 5],
      [3, 7],
      [7, 3],
    ] as const) {
      // prettier-ignore
      const q = orthogonal(new Rng(2), [rows, columns], { dtype: 'f64' });
      const product = rows <= columns ? q.matmul(q.transpose()) : q.transpose().matmul(q);
      const n = Math.min(rows, columns);
      const identity = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
      expect(distance(await product.data(), identity)).toBeLessThan(1e-14);
    }
  });

  it('chronoBias: units of an LSTM and of a GRU keep for 1 to `longest` steps, the other rows stay', async () => {
    const [longest, hidden] = [100, 400];
    for (const [gates, keeps] of [
      [4, 1],
      [3, 1],
    ] as const) {
      const before = Float32Array.from({ length: gates * hidden }, (_, i) => i);
      const after = await chronoBias(tensor(before), { gates, longest, rng: new Rng(3) }).data();
      const rows = (gate: number) => Array.from(after.subarray(gate * hidden, (gate + 1) * hidden));
      const steps = rows(keeps).map((bias) => 1 + Math.exp(bias)); // 1 / (1 − σ(bias))
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(2);
      expect(Math.max(...steps)).toBeLessThanOrEqual(longest + 1e-3);
      expect(Math.max(...steps)).toBeGreaterThan(0.9 * longest);
      expect(rows(2)).toEqual(Array.from(before.subarray(2 * hidden, 3 * hidden)));
      const first = gates === 4 ? rows(1).map((bias) => -bias) : Array.from(before.subarray(0, hidden));
      expect(rows(0)).toEqual(first);
    }
    expect(() => chronoBias(tensor(new Float32Array(8)), { gates: 4, longest: 2, rng: new Rng(1) })).toThrow(
      /more than 2/,
    );
  });

  it('forgetGateBias: the rows of f alone', async () => {
    const net = new LSTM({ in: 1, hidden: 2, rng: new Rng(1) });
    const cell = net.layers[0].forward as unknown as LSTMCell;
    const before = await cell.biasIh.data();
    const after = await forgetGateBias(cell.biasIh).data();
    expect(Array.from(after)).toEqual([...before.slice(0, 2), 1, 1, ...before.slice(4)]);
  });
});
