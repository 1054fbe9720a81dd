import {
  compile,
  conv1d,
  type Device,
  max,
  normal,
  parameter,
  type Parameter,
  Rng,
  tensor,
  type Tensor,
  valueAndGrad,
} from '../src/index';

/** A convolution, a maximum over positions, a dense head, and Adam: every kind of kernel in one step. */
export function makeStep(device: Device, filters: number) {
  const rng = new Rng(7);
  const weights = {
    conv: parameter(normal(rng, [filters, 4, 5], 0, 0.3, { device })),
    head: parameter(normal(rng, [filters, 1], 0, 0.3, { device })),
  };
  const state = (p: Parameter) =>
    parameter(tensor(new Float32Array(p.shape.reduce((a, b) => a * b)), { shape: p.shape, device }));
  const moments = { conv: state(weights.conv), head: state(weights.head) };
  const step = compile((x: Tensor, y: Tensor, rate: number) => {
    const loss = (w: typeof weights) =>
      max(conv1d(x, w.conv).relu(), 1).matmul(w.head).reshape([-1]).sub(y).square().mean();
    const { value, grad } = valueAndGrad(loss)(weights);
    for (const name of ['conv', 'head'] as const) {
      const moment = moments[name].read().mul(0.9).add(grad[name].mul(0.1));
      moments[name].assign(moment);
      weights[name].assign(weights[name].read().sub(moment.mul(rate)));
    }
    return value;
  });
  const bytes = [...Object.values(weights), ...Object.values(moments)].reduce(
    (total, p) => total + 4 * p.shape.reduce((a, b) => a * b),
    0,
  );
  return { device, step, bytes };
}

export type Trained = ReturnType<typeof makeStep>;

function batch(device: Device, length: number) {
  const isOdd = (i: number) => Math.floor(i / (4 * length)) % 2;
  const x = Float32Array.from({ length: 8 * length * 4 }, (_, i) => Math.sin(i * (1.7 + isOdd(i))));
  return [tensor(x, { shape: [8, length, 4], device }), tensor([1, 0, 1, 0, 1, 0, 1, 0], { device })] as const;
}

/** The loss of the last of `steps` steps on the same batch. */
export async function train({ device, step }: Trained, length: number, steps: number): Promise<number> {
  let last = NaN;
  for (let i = 0; i < steps; i++) {
    using loss = await step(...batch(device, length), 0.01);
    if (i === steps - 1) last = await loss.item();
  }
  return last;
}
