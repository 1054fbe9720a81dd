import { Linear, odeint, Sequential } from '@hairpin/layers';
import { compile, type Parameter, Rng, tanh, type Tensor, tensor } from '@hairpin/tensors';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Benchmark, Contender } from './harness/benchmark';
import { dopri5 } from './ode/dopri5';
import { netInJavaScript } from './ode/net';
import { rk4 } from './ode/rk4';
import { hairpinDevice } from './systems/hairpin';
import { type Tf, tfjs, tfjsNotes } from './systems/tfjs';
import { uniform } from './training/examples';

const [batch, dim, hidden, end, steps] = [64, 4, 64, 5, 100];
const tolerances = { rtol: 1e-5, atol: 1e-7 };

/** How long does the solution of an equation whose slope is a net take? */
export const ode: Benchmark = {
  name: 'ode',
  question: `How long does the solution of y′ = f(y) take from 0 to ${end}, for ${batch} states of ${dim} numbers, f a net of ${hidden} tanh units?`,
  notes: [
    `RK4 takes ${steps} equal steps. The adaptive solver is Dormand–Prince 5(4), rtol ${tolerances.rtol}, atol ${tolerances.atol}, each state with its own steps. What is read back is the last state.`,
    'Nobody else here has a solver. tfjs is RK4 in its own products and activations; an adaptive one would read the device after each step. JavaScript is both methods in f64 on one thread of the processor, one state after the other, with the same choice of steps.',
    ...tfjsNotes,
  ],
  cases: [
    {
      name: 'RK4',
      systems: [
        { name: 'hairpin', open: withRk4 },
        ...tfjs(withTfjs),
        { name: 'JavaScript', open: () => inJavaScript((f, y) => rk4(f, y, { end, steps })) },
      ],
      tolerance: 1e-4, // 100 steps in f32
    },
    {
      name: 'adaptive',
      systems: [
        { name: 'hairpin', open: withAdaptive },
        { name: 'JavaScript', open: () => inJavaScript((f, y) => dopri5(f, y, { end, ...tolerances })) },
      ],
      tolerance: 1e-3, // a hundred times rtol: each solver has erred in every step
    },
  ],
};

const initial = () => uniform(new Rng(1), batch, dim);

/** The slope: a net of two layers. */
function field() {
  const rng = new Rng(2);
  return new Sequential(new Linear({ in: dim, out: hidden, rng }), tanh, new Linear({ in: hidden, out: dim, rng }));
}

async function withRk4(): Promise<Contender> {
  await hairpinDevice();
  const { values, shape } = initial();
  const [y0, f] = [tensor(values, { shape }), field()];
  const run = compile((y: Tensor) => last(odeint(f, y, [0, end], { method: 'rk4', steps })));
  const turn = async () => {
    using y = await run(y0);
    return (await y.data()) as Float32Array;
  };
  return { turn, close: () => [run, y0].forEach((owner) => owner.dispose()) };
}

const last = (y: Tensor): Tensor => y.slice([0, 1]).reshape([batch, dim]);

async function withAdaptive(): Promise<Contender> {
  await hairpinDevice();
  const { values, shape } = initial();
  const [y0, f] = [tensor(values, { shape }), field()];
  const turn = async () => {
    const { y } = await odeint(f, y0, [0, end], tolerances);
    return (await last(y).data()) as Float32Array;
  };
  return { turn, close: () => y0.dispose() };
}

/** [hidden, dim], [hidden], [dim, hidden], [dim] */
async function weights(): Promise<Float32Array[]> {
  await hairpinDevice();
  const cells: Parameter[] = Object.values(field().parameters());
  return Promise.all(cells.map(async (cell) => (await cell.read().data()) as Float32Array));
}

async function withTfjs(tf: Tf): Promise<Contender> {
  const [w, b, v, c] = await weights();
  const [inner, outer] = [tf.tensor2d(w, [hidden, dim]), tf.tensor2d(v, [dim, hidden])];
  const [shift, offset] = [b, c].map((bias) => tf.tensor1d(bias) as Tensor1D);
  const y0 = tf.tensor2d(initial().values, [batch, dim]);
  const f = (y: Tensor2D): Tensor2D => {
    const units = tf.tanh(tf.add(tf.matMul(y, inner, false, true), shift)) as Tensor2D;
    return tf.add(tf.matMul(units, outer, false, true), offset);
  };
  const h = end / steps;
  const step = (y: Tensor2D): Tensor2D => {
    const k1 = f(y);
    const k2 = f(tf.add(y, tf.mul(k1, h / 2)));
    const k3 = f(tf.add(y, tf.mul(k2, h / 2)));
    const k4 = f(tf.add(y, tf.mul(k3, h)));
    return tf.add(y, tf.mul(tf.add(tf.add(k1, k4), tf.mul(tf.add(k2, k3), 2)), h / 6));
  };
  const turn = async () => {
    const y = tf.tidy(() => Array.from({ length: steps }).reduce<Tensor2D>(step, y0));
    const numbers = (await y.data()) as Float32Array;
    y.dispose();
    return numbers;
  };
  return { turn, close: () => tf.dispose([inner, outer, shift, offset, y0]) };
}

type Solve = (f: (y: Float64Array) => Float64Array, y: Float64Array) => Float64Array;

async function inJavaScript(solve: Solve): Promise<Contender> {
  const f = netInJavaScript(await weights(), { dim, hidden });
  const { values } = initial();
  const solveRow = (row: number) => solve(f, Float64Array.from(values.subarray(row * dim, (row + 1) * dim)));
  const turn = async () => Array.from({ length: batch }, (_, row) => [...solveRow(row)]).flat();
  return { turn, close: () => undefined };
}
