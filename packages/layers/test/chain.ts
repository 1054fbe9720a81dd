import {
  mean,
  mul,
  normal,
  realize,
  relu,
  Rng,
  softplus,
  sub,
  type Tensor,
  tensor,
  valueAndGrad,
} from '@hairpin/tensors';
import { expect } from 'vitest';
import {
  Conv1d,
  GlobalLogSumExpPool,
  GlobalMeanPool,
  type Layer,
  LayerNorm,
  Linear,
  LSTM,
  MaxPool1d,
  ResidualConv1d,
  Sequential,
} from '../src/index';
import { distance } from './contracts';
import { rows } from './support';

/** Convolution, norm, both directions, a pool and a head: what reads sequences of unequal lengths from end to end. */
const chain = (pool: Layer) => (rng: Rng) =>
  new Sequential(
    ...[
      new Conv1d({ in: 4, out: 6, width: 5, padding: 'same', bias: false, rng }),
      new LayerNorm({ channels: 6 }),
      relu,
    ],
    ...[new LSTM({ in: 6, hidden: 4, direction: 'bidirectional', rng }), pool, new Linear({ in: 8, out: 1, rng })],
  );

/** Models by name, each [batch, length, 4] → [batch, 1]. */
export const chains: Readonly<Record<string, (rng: Rng) => Layer>> = {
  'convolution, norm, LSTM, mean': chain(new GlobalMeanPool()),
  'dilated residual convolution, max pool, LSTM, log-sum-exp': (rng) =>
    new Sequential(
      ...[
        new Conv1d({ in: 4, out: 6, width: 3, rng }),
        new ResidualConv1d({ channels: 6, width: 3, dilation: 2, rng }),
      ],
      new MaxPool1d({ width: 2 }),
      ...[new LSTM({ in: 6, hidden: 4, direction: 'bidirectional', rng }), new GlobalLogSumExpPool()],
      new Linear({ in: 8, out: 1, rng }),
    ),
};

const lengths = [20, 5, 13];
const labels = [1, 0, 1];

/** The loss of a batch, and its gradients by input and parameters: binary cross-entropy from logits. */
async function lossAndGradients(model: Layer, x: Tensor, y: readonly number[], own?: readonly number[]) {
  const target = tensor([...y]);
  const loss = ({ x }: { x: Tensor }) => {
    const z = model.forward(x, own ? { lengths: rows(own) } : {}).reshape([-1]);
    return mean(sub(softplus(z), mul(target, z)));
  };
  const { value, grad } = valueAndGrad(loss)({ x, ...model.parameters() });
  const gradients = Object.entries(grad as Record<string, Tensor>);
  await realize(value, ...gradients.map(([, g]) => g));
  const data = gradients.map(async ([name, g]) => [name, Array.from(await g.data())] as const);
  return { value: await value.item(), gradients: Object.fromEntries(await Promise.all(data)) };
}

/** Loss and gradients of a padded batch, with NaN in the padding, against the mean of its rows one by one. */
export async function checkChain(make: (rng: Rng) => Layer, tolerance = 1e-6): Promise<void> {
  const model = make(new Rng(1));
  const longest = Math.max(...lengths);
  const letters = await normal(new Rng(2), [lengths.length, longest, 4]).data();
  const isPadding = (i: number) => Math.floor(i / 4) % longest >= lengths[Math.floor(i / 4 / longest)];
  const padded = tensor(
    Float32Array.from(letters, (value, i) => (isPadding(i) ? NaN : value)),
    {
      shape: [lengths.length, longest, 4],
    },
  );
  const packed = await lossAndGradients(model, padded, labels, lengths);
  const total: Record<string, number[]> = {};
  let value = 0;
  for (const [row, length] of lengths.entries()) {
    const begin = row * longest * 4;
    const x = tensor(letters.slice(begin, begin + length * 4), { shape: [1, length, 4] });
    const alone = await lossAndGradients(model, x, [labels[row]]);
    value += alone.value / lengths.length;
    for (const [name, gradient] of Object.entries(alone.gradients)) {
      const share = gradient.map((g) => g / lengths.length);
      if (name === 'x') (total.x ??= []).push(...share, ...new Array<number>((longest - length) * 4).fill(0));
      else total[name] = (total[name] ?? share.map(() => 0)).map((sum, i) => sum + share[i]);
    }
  }
  expect(distance([packed.value], [value])).toBeLessThan(tolerance);
  for (const [name, gradient] of Object.entries(packed.gradients))
    expect(distance(gradient, total[name]), name).toBeLessThan(tolerance);
}
