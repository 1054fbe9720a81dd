import {
  exp,
  type Parameter,
  parameter,
  permute,
  relu,
  reshape,
  Rng,
  sigmoid,
  softmax,
  takeAlong,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';
import { BatchNorm1d, Conv1d, Layer, Linear, type Mapping } from '../../src/index';

const LONGEST = 24; // 20 residues and two empty places on either side
const CHANNELS = 6; // queries, keys and values

const alphabet = 'ACDEFGHIKLMNPQRSTVWY';
const rng = new Rng(1);

/**
 * Attention of one head that sees how far apart positions are: what a query meets is a key, and a distance and direction
 * (Dai et al. 2019, as Avsec et al. 2021 use it).   x: [batch, length, in] → [batch, length, CHANNELS]
 */
class RelativeAttention extends Layer {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly relative: Linear;
  readonly out: Linear;
  readonly contentBias: Parameter; // [1, 1, 1, CHANNELS]
  readonly relativeBias: Parameter; // [1, 1, 1, CHANNELS]

  constructor(inputs: number) {
    super();
    const linear = (width: number) => new Linear({ in: width, out: CHANNELS, rng });
    [this.query, this.key, this.value] = [linear(inputs), linear(inputs), linear(inputs)];
    [this.relative, this.out] = [linear(CHANNELS), linear(CHANNELS)];
    [this.contentBias, this.relativeBias] = [0, 1].map(() => parameter(zeros([1, 1, 1, CHANNELS])));
  }

  /** `mask` [batch, 1, length] is false at keys that nobody sees. */
  attend(x: Tensor, mask: Tensor): Tensor {
    const query = this.query.forward(x).mul(1 / Math.sqrt(CHANNELS));
    const [key, value] = [this.key.forward(x), this.value.forward(x)];
    const [content, relative] = [this.contentBias, this.relativeBias].map((b) => query.add(b.reshape([CHANNELS])));
    const distances = relative.matmul(this.relative.forward(distanceFeatures()).transpose());
    const scores = content.matmul(permute(key, [0, 2, 1])).add(shifted(distances));
    return this.out.forward(softmax(where(mask, scores, scores.sub(10_000)), -1).matmul(value));
  }

  forward(x: Tensor): Tensor {
    return this.attend(x, tensor(new Uint8Array(1).fill(1), { shape: [1, 1, 1], dtype: 'bool' }));
  }
}

/** Score (i, j) out of scores (i, j − i): [batch, L, 2L − 1] → [batch, L, L] */
function shifted(scores: Tensor): Tensor {
  const [batch] = scores.shape;
  const places = Int32Array.from({ length: LONGEST ** 2 }, (_, k) => (k % LONGEST) - Math.floor(k / LONGEST));
  const index = tensor(
    places.map((p) => p + LONGEST - 1),
    { shape: [1, LONGEST, LONGEST] },
  );
  return takeAlong(scores, index.broadcastTo([batch, LONGEST, LONGEST]), 2);
}

/** Three functions of how far apart two positions are, each also with the sign of the direction: [2L − 1, 6]. */
function distanceFeatures(): Tensor {
  const places = Array.from({ length: 2 * LONGEST - 1 }, (_, k) => k - LONGEST + 1);
  const bump = (d: number) => d ** 3 * Math.exp((-4 * d) / LONGEST); // gamma(shape 4, rate 4 / L): mean L, deviation L / 2
  const highest = Math.max(...places.map((p) => bump(Math.abs(p))));
  const of = (d: number) => [2 ** (-d / 8), Number(d < 1), bump(d) / highest];
  return tensor(places.map((p) => of(Math.abs(p)).flatMap((f) => [f, f * Math.sign(p)])));
}

/** A published network that scores how readily a peptide aggregates (Thompson et al. 2025).   x: see `peptides` → [batch] */
export class Canya extends Layer {
  readonly conv = new Conv1d({ in: 20, out: 100, width: 3, padding: 'same', rng });
  readonly attention = new RelativeAttention(100);
  readonly dense = new Linear({ in: LONGEST * CHANNELS, out: 64, rng });
  readonly norm = new BatchNorm1d({ channels: 64, eps: 1e-3 });
  readonly out = new Linear({ in: 64, out: 1, rng });

  forward(x: Tensor): Tensor {
    const inside = x.notEqual(-1).cast('f32').max(2, { keepDims: true }).greater(0); // [batch, length, 1]
    const found = where(inside, exp(this.conv.forward(where(inside, x, 0))), 0);
    const seen = this.attention.attend(found, permute(inside, [0, 2, 1]));
    const flat = reshape(seen, [x.shape[0], LONGEST * CHANNELS]);
    return sigmoid(this.out.forward(relu(this.norm.forward(this.dense.forward(flat))))).reshape([-1]);
  }
}

/** Where the parts of the network stand in its Keras file; only the last product of the attention has a bias. */
export const canyaNames: Mapping = {
  conv: 'seq_conv',
  'conv.bias': null,
  ...Object.fromEntries(
    ['query', 'key', 'value', 'relative', 'out'].flatMap((part, k) => [
      [`attention.${part}`, `multi_head_attention_wpos/dense${['', '_1', '_2', '_3', '_4'][k]}`],
      ...(part === 'out' ? [] : [[`attention.${part}.bias`, null]]),
    ]),
  ),
  'attention.contentBias': 'multi_head_attention_wpos/r_w',
  'attention.relativeBias': 'multi_head_attention_wpos/r_r',
  dense: 'Dense_mha',
  norm: 'BN',
  out: 'output_activation',
};

/** Peptides of at most 20 residues, one-hot with two empty places on either side and −1 behind: [batch, 24, 20] */
export function peptides(sequences: readonly string[]): Tensor {
  const rows = sequences.map((sequence) => {
    const letters = [...`  ${sequence}  `].map((residue) => [...alphabet].map((letter) => Number(letter === residue)));
    return [...letters, ...Array.from({ length: LONGEST - letters.length }, () => Array<number>(20).fill(-1))];
  });
  return tensor(rows);
}
