import { cos, type Parameter, parameter, realize, Rng, slice, tensor, type Tensor } from '@hairpin/tensors';
import { odeint } from '../../src/index';

/** What the tests on WebGPU ask of a solver in single precision. */
export const tolerance = { rtol: 1e-5, atol: 1e-6 };

/** A layer whose rate changes with time, the same on every device: small, for each of its uses is compiled. */
export async function network(dtype: 'f32' | 'f64') {
  const draw = (seed: number, shape: number[], scale: number) => {
    const rng = new Rng(seed);
    const values = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * rng.normal());
    return parameter(tensor(Float32Array.from(values), { shape, dtype }));
  };
  const net: Record<string, Parameter> = { w: draw(1, [3, 3], 0.6), b: draw(2, [3], 0.3) };
  const f = (t: Tensor, y: Tensor) => y.matmul(net.w).add(net.b).tanh().mul(cos(t).add(0.5));
  await realize(...Object.values(net));
  return { net, f };
}

export const batch = 256;
const rng = new Rng(7);
const states = Float32Array.from({ length: batch * 3 }, () => rng.normal());
/** Six times for each trajectory, forth for one half of them and back for the other. */
const times = Float32Array.from(
  Array.from({ length: batch }, (_, i) => {
    const row = Array.from({ length: 6 }, () => 3 * rng.next()).sort((a, b) => a - b);
    return i % 2 === 0 ? row : row.reverse();
  }).flat(),
);

/** All trajectories in one call. */
export async function solveAll(dtype: 'f32' | 'f64') {
  const { net, f } = await network(dtype);
  const [y0, at] = [tensor(states, { shape: [batch, 3], dtype }), tensor(times, { shape: [batch, 6], dtype })];
  return { f, net, y0, at, solution: await odeint(f, y0, at, tolerance) };
}

/** One row of a batch. */
export const rowOf = (t: Tensor, i: number): Tensor => slice(t, [i], [i + 1]);
