import { Conv1d, Linear, LSTM } from '@hairpin/layers';
import {
  type Device,
  matmul,
  maxPool1d,
  mean,
  parameters,
  realize,
  relu,
  reshape,
  Rng,
  square,
  sub,
  type Tensor,
  uniform,
} from '@hairpin/tensors';
import { Adam, TrainStep, type Weights } from '@hairpin/train';

/** A step whose kernels are looked at. */
export interface Step {
  readonly name: string;
  /** Makes it ready: what one call of the function does is looked at. */
  open(device: Device): Promise<{ run: () => unknown; close: () => void }>;
}

/** The steps of the other benchmarks that cost the most. */
export const steps: readonly Step[] = [
  product(512),
  product(1024),
  training('conv1d training, 64 × 1000 × 4 → 64, width 19', [64, 1000, 4], [64, 982, 64], (rng) => {
    const conv = new Conv1d({ in: 4, out: 64, width: 19, rng });
    return { weights: conv.parameters(), forward: (x) => conv.forward(x) };
  }),
  training('LSTM training, 32 × 200, 4 → 128', [32, 200, 4], [32, 200, 128], (rng) => {
    const net = new LSTM({ in: 4, hidden: 128, rng });
    return { weights: net.parameters(), forward: (x) => net.forward(x) };
  }),
  training('hybrid training, 64 × 1000 × 4', [64, 1000, 4], [64, 1], hybrid),
];

/** Like DanQ (Quang & Xie 2016): convolution, pooling, an LSTM in both directions, a dense layer over all that it gives. */
function hybrid(rng: Rng): Model {
  const [width, pool, hidden] = [26, 13, 64];
  const windows = Math.floor((1000 - width + 1) / pool);
  const conv = new Conv1d({ in: 4, out: 64, width, rng });
  const lstm = new LSTM({ in: 64, hidden, direction: 'bidirectional', rng });
  const dense = new Linear({ in: windows * 2 * hidden, out: 1, rng });
  const forward = (x: Tensor) => {
    const pooled = maxPool1d(relu(conv.forward(x)), { width: pool });
    return dense.forward(reshape(lstm.forward(pooled), [64, windows * 2 * hidden]));
  };
  return { weights: parameters({ conv, lstm, dense }), forward };
}

function product(n: number): Step {
  const open = async (device: Device) => {
    const rng = new Rng(1);
    const [a, b] = [0, 1].map(() => uniform(rng, [n, n], -1, 1, { device }));
    await realize(a, b);
    return { run: () => matmul(a, b), close: () => [a, b].forEach((t) => t.dispose()) };
  };
  return { name: `matmul, ${n}³`, open };
}

interface Model {
  readonly weights: Weights;
  readonly forward: (x: Tensor) => Tensor;
}

/** Forward, mean squared distance from random targets, backward, Adam. */
function training(name: string, shape: number[], out: number[], make: (rng: Rng) => Model): Step {
  const open = async (device: Device) => {
    const rng = new Rng(1);
    const { weights, forward } = make(rng);
    const data = { x: uniform(rng, shape, -1, 1, { device }), target: uniform(rng, out, -1, 1, { device }) };
    await realize(data.x, data.target);
    const loss = (given: typeof data) => mean(square(sub(forward(given.x), given.target)));
    const step = new TrainStep<typeof data>({ weights, optimizer: new Adam(weights), loss });
    const close = () => {
      step.dispose();
      for (const t of Object.values(data)) t.dispose();
    };
    return { run: () => step.run(data, 1e-3), close };
  };
  return { name, open };
}
