import { slice, sum, taps, tensor, type Tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { AdditiveAttention, AttentionPool, scaledDotProductAttention } from '../../src/index';
import { draw64, netRng, rows, same } from '../support';

const rng = netRng();
const x = draw64(2, [2, 4, 3]);
const numbers = async (t: Tensor) => Array.from(await t.data());

/** The bag's mean by equations 8 and 9 in plain numbers, for one row. */
function poolByHand(bag: number[][], V: number[][], w: number[], U?: number[][]): number[] {
  const dot = (a: number[], b: number[]) => a.reduce((total, value, i) => total + value * b[i], 0);
  const gate = (h: number[], k: number) => (U ? 1 / (1 + Math.exp(-dot(U[k], h))) : 1);
  const scores = bag.map((h) => Math.exp(dot(w, V.map((row, k) => Math.tanh(dot(row, h)) * gate(h, k))))); // prettier-ignore
  const total = scores.reduce((a, b) => a + b);
  return bag[0].map((_, c) => bag.reduce((z, h, i) => z + (scores[i] / total) * h[c], 0));
}

const asRows = async (t: Tensor) => {
  const data = await numbers(t);
  return Array.from({ length: t.shape[0] }, (_, i) => data.slice(i * t.shape[1], (i + 1) * t.shape[1]));
};

describe('AttentionPool', () => {
  it.each([false, true])('is the equation of the paper, gated: %s', async (gated) => {
    const pool = new AttentionPool({ in: 3, hidden: 5, gated, rng, dtype: 'f64' });
    const [V, w, U] = [
      await asRows(pool.V.read()),
      await numbers(pool.w.read()),
      pool.U && (await asRows(pool.U.read())),
    ];
    const y = pool.forward(x, { lengths: rows([4, 2]) });
    const bags = [await asRows(slice(x, [0], [1]).reshape([4, 3])), await asRows(slice(x, [1], [2]).reshape([4, 3]))];
    const expected = [poolByHand(bags[0], V, w, U), poolByHand(bags[1].slice(0, 2), V, w, U)];
    assertClose(await y.data(), expected.flat(), 1e-13);
    await checkGradient(({ x }) => pool.forward(x), { x, ...pool.parameters() });
  });

  it('has 128 units and shows its weights, which add up to 1, or to 0 for an empty bag', async () => {
    const pool = new AttentionPool({ in: 3, gated: true, rng, dtype: 'f64', name: 'instances' });
    expect(Object.values(pool.parameters()).map(({ shape }) => shape)).toEqual([[128, 3], [128, 3], [128]]);
    const y = pool.forward(x, { lengths: rows([3, 0]) });
    const [{ name, value }] = taps(y);
    expect([name, value.shape]).toEqual(['instances', [2, 4]]);
    assertClose(await sum(value, 1).data(), [1, 0], 1e-12);
    expect((await numbers(y)).slice(3)).toEqual([0, 0, 0]);
  });

  it('says which input it wants', () => {
    const pool = new AttentionPool({ in: 3, rng });
    expect(() => pool.forward(draw64(1, [2, 3]))).toThrow(
      'AttentionPool: expected input [batch, instances, 3], got [2, 3]',
    );
  });
});

describe('AdditiveAttention', () => {
  it('is the equation of the paper, by hand', async () => {
    const layer = new AdditiveAttention({ query: 1, keys: 1, hidden: 1, rng });
    layer.queryWeight.assign(tensor([[2]]));
    layer.keyWeight.assign(tensor([[-1]]));
    layer.score.assign(tensor([3]));
    const y = layer.attend(tensor([[[0.5]]]), tensor([[[1], [2]]]), tensor([[[10], [20]]]));
    const [a, b] = [Math.exp(3 * Math.tanh(0)), Math.exp(3 * Math.tanh(-1))];
    assertClose(await y.data(), [(10 * a + 20 * b) / (a + b)], 1e-6);
  });

  it('gives zeros where there is no key, and masks as it is told', async () => {
    const layer = new AdditiveAttention({ query: 3, keys: 3, hidden: 4, rng, dtype: 'f64' });
    const y = layer.attend(x, x, x, { lengths: rows([0, 2]) });
    expect((await numbers(slice(y, [0], [1]))).every((value) => value === 0)).toBe(true);
    const mask = tensor([[[true, true, false, false]]]);
    await same(slice(layer.attend(x, x, x, { mask }), [1]), slice(y, [1]));
    await checkGradient(({ x }) => layer.forward(x), { x, ...layer.parameters() }, { elements: 8 });
    expect(() => layer.attend(draw64(1, [2, 4, 2]), x)).toThrow('queries [batch, queries, 3], keys [batch, keys, 3]');
    const wrong = tensor([true, false]);
    expect(() => layer.attend(x, x, x, { mask: wrong })).toThrow('a bool mask');
  });
});

describe('scaledDotProductAttention', () => {
  it('is the same with one head as without heads, in both forms', async () => {
    const [q, k, v] = [draw64(3, [2, 4, 3]), draw64(4, [2, 5, 3]), draw64(5, [2, 5, 2])];
    const heads = [q, k, v].map((t) => t.reshape([2, 1, ...t.shape.slice(1)])) as [Tensor, Tensor, Tensor];
    const options = { causal: true, lengths: rows([5, 2]), scale: 0.7 };
    const plain = scaledDotProductAttention(q, k, v, options);
    expect(taps(plain).map(({ value }) => value.shape)).toEqual([[2, 4, 5]]);
    await same(scaledDotProductAttention(...heads, options).reshape([2, 4, 2]), plain);
    await same(scaledDotProductAttention(q, k, v, { ...options, form: 'blocked' }), plain, 1e-12);
    expect(() => scaledDotProductAttention(q, v, k)).toThrow('scaledDotProductAttention: expected q [batch');
  });
});
