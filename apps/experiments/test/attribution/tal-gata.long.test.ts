import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auprcOf, positivesOf } from './planted';
import { hasTalGata, shuffles, talGataNet, testSequences } from './tal-gata';

/** All positives of each task, on whatever `HAIRPIN_DEVICE` names. */
describe.skipIf(!hasTalGata)('the published network of TAL1 and GATA, all positives', () => {
  let device: Awaited<ReturnType<typeof openDevice>>;
  beforeAll(async () => setDefaultDevice((device = await openDevice())));
  afterAll(() => device.close());

  it.each([0, 1, 2])('task %i: DeepSHAP over 20 shuffles finds the planted positions', async (task) => {
    const net = talGataNet();
    const some = positivesOf(testSequences(), task);
    const shap = await auprcOf(net, some, task, shuffles(20));
    const uniform = await auprcOf(net, some, task, 'uniform');
    const plain = await auprcOf(net, some, task, 'gradient');
    const all = { DeepSHAP: shap, 'uniform reference': uniform, 'input × gradient': plain };
    const numbers = Object.entries(all).map(([name, value]) => `${name} ${value.toFixed(3)}`);
    console.log(`task ${task + 1}, ${some.length} positives: AUPRC of ${numbers.join(', ')}`);
    expect(shap).toBeGreaterThan(0.8);
    if (task < 2) expect(shap).toBeGreaterThan(uniform);
  });
});
