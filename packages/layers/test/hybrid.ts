import { normal, Rng, tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { AttentionPool, Conv1d, Linear, LSTM, MultiHeadAttention, Sequential } from '../src/index';
import type { Case } from './cases/case';
import { valueAndGradients } from './contracts';

/** Convolution, a bidirectional net, attention and a head: rows of unequal lengths. */
export const hybrid: readonly (readonly [string, Case])[] = [
  [
    'convolution → bidirectional LSTM → attention → pool',
    {
      of: (rng) =>
        new Sequential(
          new Conv1d({ in: 4, out: 6, width: 3, rng }),
          new LSTM({ in: 6, hidden: 4, direction: 'bidirectional', rng }),
          new MultiHeadAttention({ embed: 8, heads: 2, rng }),
          new AttentionPool({ in: 8, hidden: 5, gated: true, rng }),
          new Linear({ in: 8, out: 2, rng }),
        ),
      ...{ input: [4, 12, 4], output: [4, 2], lengths: [12, 3, 7, 9] },
    },
  ],
];

/**
 * A padded batch with NaN in the padding against its rows one by one: values, gradients of x, and the sums of all gradients of
 * parameters. Those are measured together: the pool's all but cancel in a young net, 1e-8 of the others.
 */
export async function checkOneByOne({ of, input, output, lengths = [] }: Case, tolerance: number): Promise<void> {
  const layer = of(new Rng(1));
  const [batch, longest, channels] = input;
  const [, outputs] = output;
  const drawn = await normal(new Rng(3), input).data();
  const factors = await normal(new Rng(7), output).data();
  const isInside = (i: number) => Math.floor(i / channels) % longest < lengths[Math.floor(i / channels / longest)];
  const padded = tensor(drawn.map((value, i) => (isInside(i) ? value : NaN)), { shape: input }); // prettier-ignore
  const context = { lengths: tensor(Int32Array.from(lengths)) };
  const packed = await valueAndGradients(layer, padded, context, tensor(factors, { shape: output }));
  const sums = new Map<string, Float64Array>();
  for (let row = 0; row < batch; row++) {
    const [start, end] = [row * longest * channels, (row * longest + lengths[row]) * channels];
    const x = tensor(drawn.slice(start, end), { shape: [1, lengths[row], channels] });
    const own = tensor(factors.slice(row * outputs, (row + 1) * outputs), { shape: [1, outputs] });
    const { y, gradients } = await valueAndGradients(layer, x, {}, own);
    assertClose(packed.y.slice(row * outputs, (row + 1) * outputs), y, tolerance, `row ${row}`);
    const { x: dx, ...rest } = gradients;
    assertClose(packed.gradients.x.slice(start, end), dx, tolerance, `gradient of row ${row}`);
    for (const [name, g] of Object.entries(rest))
      sums.set(
        name,
        (sums.get(name) ?? new Float64Array(g.length)).map((total, i) => total + g[i]),
      );
  }
  const together = [...sums.keys()].flatMap((name) => Array.from(packed.gradients[name]));
  assertClose(together, [...sums.values()].flatMap((values) => Array.from(values)), tolerance, 'gradients'); // prettier-ignore
}
