import { mul, realize, sum, taps, type Tensor, tensor, valueAndGrad } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect } from 'vitest';
import { type AttentionForm, loadWeights, MultiHeadAttention, pytorchNames } from '../../src/index';
import { asTensor, golden, type Precision, type Values } from '../data';
import { netRng } from '../support';

/** How many keys each row has, of PyTorch's mask of the keys that are hidden. */
const lengthsOf = ({ shape: [rows, keys], data }: Values): Tensor =>
  tensor(
    Int32Array.from({ length: rows }, (_, row) => data.slice(row * keys, (row + 1) * keys).filter((m) => !m).length),
  );

/** PyTorch's file with its weights in place, attending from `q` to `k`. */
function goldenAttention(precision: Precision, form: AttentionForm) {
  const file = golden('multihead_attention');
  const layer = new MultiHeadAttention({ embed: 8, heads: 2, form, dtype: precision.dtype, rng: netRng() });
  const weights = Object.entries(file).filter(([key]) => key.startsWith('param.'));
  loadWeights(layer, Object.fromEntries(weights), { prefix: 'param.' });
  const lengths = lengthsOf(file.mask);
  const run = ({ q, k }: Record<string, Tensor>) => layer.attend(q, k, k, { lengths });
  const inputs = { q: asTensor(file.q, precision), k: asTensor(file.k, precision) };
  return { file, layer, run, inputs };
}

/** Values, weights of the plain form and gradients of Σ y·upstream against PyTorch's. */
export async function checkAttention(precision: Precision, form: AttentionForm): Promise<void> {
  const { file, layer, run, inputs } = goldenAttention(precision, form);
  const loss = (leaves: Record<string, Tensor>) => sum(mul(run(leaves), asTensor(file.upstream, precision)));
  const y = run(inputs);
  const tapped = taps(y);
  expect(tapped.map(({ name, value }) => [name, value.shape])).toEqual(
    form === 'plain' ? [['attention', file.weights.shape]] : [],
  );
  const { grad } = valueAndGrad(loss as (leaves: never) => Tensor)({ ...inputs, ...pytorchNames(layer) } as never);
  const gradients = Object.entries(grad as Record<string, Tensor>);
  await realize(y, ...tapped.map(({ value }) => value), ...gradients.map(([, g]) => g));
  assertClose(await y.data(), file.y.data, precision.tolerance, 'y');
  for (const { value } of tapped) assertClose(await value.data(), file.weights.data, precision.tolerance, 'weights');
  expect(gradients.map(([key]) => `grad.${key}`).toSorted()).toEqual(
    Object.keys(file)
      .filter((key) => key.startsWith('grad.'))
      .toSorted(),
  );
  for (const [key, g] of gradients)
    assertClose(await g.data(), file[`grad.${key}`].data, precision.tolerance, `grad.${key}`);
}
