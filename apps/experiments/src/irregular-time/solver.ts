import { dormandPrince, type Dynamics, odeint, type tableaus } from '@hairpin/layers';
import { cast, normal, openDevice, parameter, setDefaultDevice, type Tensor, tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { Context } from './experiment';

type Method = keyof typeof tableaus;

/** What the solver does in f64. */
export interface SolverFacts {
  /** By what power of the step the error of each method falls. */
  readonly orders: Readonly<Record<Method, number>>;
  /** By tolerance: the error of the adaptive solution, and how often it asked for a slope. */
  readonly adaptive: readonly { readonly tolerance: number; readonly error: number; readonly evaluations: number }[];
  /** Largest difference of Dormand and Prince's error weights from Shampine's, as torchdiffeq has them. */
  readonly errorWeights: number;
  /** Largest difference of the adjoint gradient from that through the steps, in parts of the largest element. */
  readonly adjoint: number;
}

/** Solves what has a known solution, and compares gradients: on the CPU, which alone has double precision. */
export async function solverFacts({ device, rng }: Context): Promise<SolverFacts> {
  setDefaultDevice(await openDevice('cpu'));
  try {
    const orders = { euler: await order('euler'), midpoint: await order('midpoint'), rk4: await order('rk4') };
    return { orders, adaptive: await byTolerance(), errorWeights, adjoint: await adjointError(rng.fork('gradients')) };
  } finally {
    setDefaultDevice(device);
  }
}

const f64 = (values: readonly (readonly number[])[]): Tensor => tensor(values as number[][], { dtype: 'f64' });

const end = 10;

/** A spiral that winds inwards from (1, 0): y′ = [[−0.1, −1], [1, −0.1]]·y. */
const inwards: Dynamics = (_, y) => y.matmul(f64([[-0.1, 1], [-1, -0.1]])); // prettier-ignore

/** How far a solution is from e^(−0.1·t)·(cos t, sin t) at its end. */
async function errorOf(y: Tensor): Promise<number> {
  const [, , x1, x2] = await y.data();
  const shrunk = Math.exp(-0.1 * end);
  return Math.hypot(x1 - shrunk * Math.cos(end), x2 - shrunk * Math.sin(end));
}

async function order(method: Method): Promise<number> {
  const error = (steps: number) => errorOf(odeint(inwards, f64([[1, 0]]), [0, end], { method, steps }));
  return Math.log2((await error(400)) / (await error(800)));
}

async function byTolerance(): Promise<SolverFacts['adaptive']> {
  const found: SolverFacts['adaptive'][number][] = [];
  for (const tolerance of [1e-4, 1e-6, 1e-8]) {
    const { y, evaluations } = await odeint(inwards, f64([[1, 0]]), [0, end], { rtol: tolerance, atol: tolerance });
    found.push({ tolerance, error: await errorOf(y), evaluations: await evaluations.item() });
  }
  return found;
}

const { b, error } = dormandPrince;
const shampine = [1951 / 21600, 0, 22642 / 50085, 451 / 720, -12231 / 42400, 649 / 6300, 1 / 60];
const errorWeights = Math.max(...shampine.map((own, i) => Math.abs((b[i] ?? 0) - own - error[i])));

/** An equation dh/dt = W₂·tanh(W₁·[h, t]) with random weights, and both gradients of a sum over its solution. */
async function adjointError(rng: Rng): Promise<number> {
  const draw = (name: string, shape: number[], scale: number) => cast(normal(rng.fork(name), shape, 0, scale), 'f64');
  const [dim, hidden] = [4, 16];
  const parameters = {
    w1: parameter(draw('w1', [dim, hidden], 0.5)),
    t1: parameter(draw('t1', [1, hidden], 0.3)),
    w2: parameter(draw('w2', [hidden, dim], 0.5)),
  };
  const { w1, t1, w2 } = parameters;
  const f: Dynamics = (t, h) => h.matmul(w1.read()).add(t.matmul(t1.read())).tanh().matmul(w2.read());
  const [y0, times] = [draw('y0', [3, dim], 1), [0, 0.4, 1.7, 2, 3.1]];
  const gradient = async (gradient: 'direct' | 'adjoint') => {
    const solution = await odeint(f, y0, times, { rtol: 1e-8, atol: 1e-8, gradient, parameters });
    const { y0: byStart, parameters: byName } = await solution.pullback(draw('dy', [3, times.length, dim], 1));
    return Promise.all([byStart, ...Object.values(byName)].map(async (one) => Array.from(await one.data())));
  };
  const [direct, adjoint] = [await gradient('direct'), await gradient('adjoint')];
  const apart = direct.map((one, i) => largest(one.map((value, k) => value - adjoint[i][k])) / largest(one));
  return Math.max(...apart);
}

const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
