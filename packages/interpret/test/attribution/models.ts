import {
  attention,
  avgPool1d,
  concat,
  conv1d,
  type Device,
  logSumExp,
  matmul,
  maxPool1d,
  mean,
  type Model,
  reshape,
  Rng,
  scan,
  slice,
  softmax,
  sqrt,
  square,
  sum,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';

/** Weights of one device and dtype, the same numbers for all. */
export class Weights {
  readonly #rng = new Rng(17);

  constructor(
    private readonly dtype: 'f32' | 'f64',
    private readonly device: Device,
  ) {}

  normal(shape: readonly number[], std: number): Tensor {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: size }, () => Math.fround(std * this.#rng.normal()));
    return tensor(values, { shape: [...shape], dtype: this.dtype, device: this.device });
  }
}

/** One-hot letters and their references: [batch, length, 4]. */
export function letters(count: number, length: number, seed: number, dtype: 'f32' | 'f64', device: Device): Tensor {
  const rng = new Rng(seed);
  const values = new Float64Array(count * length * 4);
  for (let i = 0; i < count * length; i++) values[4 * i + rng.integer(4)] = 1;
  return tensor([...values], { shape: [count, length, 4], dtype, device });
}

type Make = (w: Weights, length: number) => Model;

const dense = (x: Tensor, w: Tensor, b: Tensor): Tensor => x.matmul(w).add(b);

const cnn: Make = (w, length) => {
  const [k1, b1] = [w.normal([8, 4, 5], 0.6), w.normal([8], 0.2)];
  const [k2, b2] = [w.normal([6, 8, 3], 0.4), w.normal([6], 0.2)];
  const left = Math.floor(Math.floor((length - 4) / 3 - 2) / 2);
  const [w1, c1, w2, c2] = [
    w.normal([left * 6, 10], 0.4),
    w.normal([10], 0.2),
    w.normal([10, 1], 0.5),
    w.normal([1], 0.1),
  ];
  return (x) => {
    const first = maxPool1d(conv1d(x, k1).add(b1).relu(), { width: 3 });
    const second = maxPool1d(conv1d(first, k2).add(b2).relu(), { width: 2 });
    return dense(dense(reshape(second, [x.shape[0], -1]), w1, c1).relu(), w2, c2);
  };
};

/** c and h of an LSTM from both ends, stacked `layers` high. */
const biLstm: Make = (w) => {
  const hidden = 6;
  const cell = (channels: number) => ({
    wx: w.normal([channels, 4 * hidden], 0.5),
    wh: w.normal([hidden, 4 * hidden], 0.5),
    b: w.normal([4 * hidden], 0.3),
  });
  const layers = [
    [cell(4), cell(4)],
    [cell(2 * hidden), cell(2 * hidden)],
  ];
  const head = w.normal([4 * hidden, 1], 0.6);
  const run = (x: Tensor, { wx, wh, b }: ReturnType<typeof cell>, reverse: boolean) => {
    const start = zeros([x.shape[0], hidden], { dtype: x.dtype, device: x.device! });
    return scan(
      ({ h, c }, xt) => {
        const z = xt.matmul(wx).add(h.matmul(wh)).add(b);
        const gate = (i: number) => slice(z, [0, i * hidden], [z.shape[0], (i + 1) * hidden]);
        const next = gate(1)
          .sigmoid()
          .mul(c)
          .add(gate(0).sigmoid().mul(gate(2).tanh()));
        const out = gate(3).sigmoid().mul(next.tanh());
        return [{ h: out, c: next }, out];
      },
      { h: start, c: start },
      x,
      { reverse },
    );
  };
  return (x) => {
    let y = x;
    let ends: Tensor[] = [];
    for (const [forward, backward] of layers) {
      const [a, b] = [run(y, forward!, false), run(y, backward!, true)];
      y = concat([a[1], b[1]], 2);
      ends = [a[0].h, b[0].h, a[0].c, b[0].c];
    }
    return concat(ends, 1).matmul(head);
  };
};

const gru: Make = (w) => {
  const hidden = 8;
  const [wx, wh, b] = [
    w.normal([4, 3 * hidden], 0.6),
    w.normal([hidden, 3 * hidden], 0.5),
    w.normal([3 * hidden], 0.3),
  ];
  const head = w.normal([hidden, 1], 0.7);
  return (x) => {
    const start = zeros([x.shape[0], hidden], { dtype: x.dtype, device: x.device! });
    const [last] = scan(
      (h, xt) => {
        const [a, u] = [xt.matmul(wx).add(b), h.matmul(wh)];
        const part = (t: Tensor, i: number) => slice(t, [0, i * hidden], [t.shape[0], (i + 1) * hidden]);
        const r = part(a, 0).add(part(u, 0)).sigmoid();
        const z = part(a, 1).add(part(u, 1)).sigmoid();
        const n = part(a, 2)
          .add(r.mul(part(u, 2)))
          .tanh();
        const next = z.mul(h).add(n.mul(z.mul(-1).add(1)));
        return [next, []];
      },
      start,
      x,
    );
    return last.matmul(head);
  };
};

/** Softmax of scores, from ops and as the fused attention. */
const attentive: Make = (w) => {
  const [q, k, v] = [w.normal([4, 8], 0.8), w.normal([4, 8], 0.8), w.normal([4, 8], 0.8)];
  const head = w.normal([8, 1], 0.8);
  return (x) => {
    const weights = softmax(matmul(x.matmul(q), x.matmul(k).permute([0, 2, 1])).mul(1 / Math.sqrt(8)));
    return mean(matmul(weights, x.matmul(v)).tanh(), 1).matmul(head);
  };
};

const fusedAttention: Make = (w) => {
  const [q, k, v] = [w.normal([4, 8], 0.8), w.normal([4, 8], 0.8), w.normal([4, 8], 0.8)];
  const head = w.normal([8, 1], 0.8);
  return (x) => {
    const heads = (t: Tensor) => reshape(t, [x.shape[0], x.shape[1], 2, 4]).permute([0, 2, 1, 3]);
    const y = attention(heads(x.matmul(q)), heads(x.matmul(k)), heads(x.matmul(v)));
    return mean(reshape(y.permute([0, 2, 1, 3]), [x.shape[0], -1, 8]).tanh(), 1).matmul(head);
  };
};

const layerNorm: Make = (w) => {
  const [w1, gamma, beta, head] = [
    w.normal([4, 12], 0.8),
    w.normal([12], 1),
    w.normal([12], 0.3),
    w.normal([12, 1], 0.6),
  ];
  return (x) => {
    const h = x.matmul(w1);
    const centred = h.sub(mean(h, -1, { keepDims: true }));
    const normal = centred.div(sqrt(mean(square(centred), -1, { keepDims: true }).add(1e-5)));
    return mean(normal.mul(gamma).add(beta).relu(), 1).matmul(head);
  };
};

const sharedLayer: Make = (w, length) => {
  const [w1, b1, head] = [w.normal([4, 4], 0.8), w.normal([4], 0.4), w.normal([length * 4, 1], 0.4)];
  const layer = (x: Tensor) => dense(x, w1, b1).tanh();
  return (x) => reshape(layer(layer(x)), [x.shape[0], -1]).matmul(head);
};

/** A choice that depends on the input, a leaky slope, and products of two. */
const choices: Make = (w) => {
  const [w1, w2, head] = [w.normal([4, 6], 1), w.normal([4, 6], 1), w.normal([6, 1], 0.7)];
  return (x) => {
    const [a, b] = [x.matmul(w1), x.matmul(w2)];
    const leaky = where(a.greater(0), a, a.mul(0.1));
    const gated = leaky.mul(b.softplus()).div(b.abs().add(1)).maximum(b.minimum(0.3)).pow(3);
    return logSumExp(gated.clamp(-3, 3), 1).matmul(head);
  };
};

const pooled: Make = (w) => {
  const [k1, head] = [w.normal([6, 4, 3], 0.7), w.normal([6, 1], 0.7)];
  return (x) =>
    sum(avgPool1d(conv1d(x, k1).sin(), { width: 2 }), 1)
      .matmul(head)
      .exp()
      .log1p();
};

/** What must be explained completely. */
export const models: Readonly<Record<string, { readonly make: Make; readonly length: number }>> = {
  'CNN with max-pool': { make: cnn, length: 40 },
  'two-layer BiLSTM': { make: biLstm, length: 200 },
  GRU: { make: gru, length: 60 },
  'dot-product attention': { make: attentive, length: 24 },
  'fused attention': { make: fusedAttention, length: 24 },
  'layer norm': { make: layerNorm, length: 20 },
  'one layer twice': { make: sharedLayer, length: 12 },
  'choices and products': { make: choices, length: 16 },
  'average pool and waves': { make: pooled, length: 17 },
};
