import { gradient } from '@hairpin/interpret';
import { setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { auprcOf, positivesOf } from './planted';
import {
  encoded,
  expectedGradients,
  expectedLogits,
  hasTalGata,
  shuffles,
  talGataNet,
  testSequences,
} from './tal-gata';

const device = await webgpuDevice();
if (device) setDefaultDevice(device);
afterAll(() => device?.close());

/** The published network on sequences with planted TAL1 and GATA motifs; the full count is in the long tests. */
describe.skipIf(!device || !hasTalGata)('the published network of TAL1 and GATA', () => {
  const net = talGataNet();
  const all = testSequences();

  it('gives its stored logits', async () => {
    const logits = await net.forward(encoded(all.map(({ sequence }) => sequence))).data();
    const expected = expectedLogits();
    let furthest = 0;
    all.forEach(({ name }, i) =>
      expected.get(name)!.forEach((value, k) => (furthest = Math.max(furthest, Math.abs(logits[3 * i + k] - value)))),
    );
    expect(all.length).toBe(800);
    expect(furthest).toBeLessThan(1e-5 * 12); // of the largest logit, about 12
  });

  it('gives its stored gradients', async () => {
    const expected = Object.entries(expectedGradients());
    const x = encoded(expected.map(([name]) => all.find((s) => s.name === name)!.sequence));
    const { contributions } = await gradient(net.forward.bind(net), x, { target: 0 });
    const found = await contributions.data();
    let furthest = 0;
    expected.forEach(([, rows], i) =>
      rows.forEach((row, a) =>
        row.forEach((value, t) => (furthest = Math.max(furthest, Math.abs(found[(i * 200 + t) * 4 + a] - value)))),
      ),
    );
    expect(expected.length).toBe(5);
    expect(furthest).toBeLessThan(2e-5); // the stored ones have five decimals
  });

  it.each([0, 1, 2])('task %i: DeepSHAP finds the planted positions', async (task) => {
    const some = positivesOf(all, task, 24);
    const shap = await auprcOf(net, some, task, shuffles(20));
    const plain = await auprcOf(net, some, task, 'gradient');
    console.log(`task ${task}, 24 positives: DeepSHAP ${shap.toFixed(3)}, input × gradient ${plain.toFixed(3)}`);
    expect(shap).toBeGreaterThan(0.8);
    if (task < 2) expect(shap).toBeGreaterThan(plain); // at the third logit, which is not saturated, the gradient does as well
  });
});
