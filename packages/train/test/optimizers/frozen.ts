import { tensor } from '@hairpin/tensors';
import { expect, it } from 'vitest';
import { bits, make, net, optimizers } from './net';

const frozenPaths = ['encoder.weight', 'encoder.bias'];

/** −0 and a subnormal: what subtracting 0 or a pass through arithmetic would change. */
const delicate = tensor([-0, 1e-40, -1e-40, 1, -1, 3.4e38, 0, 0.1]);

/**
 * What holds on every device for weights whose learning rate is multiplied by 0.
 * @param isCompiled whether the device compiles, so that a function is traced once
 */
export function itFreezes(isCompiled: boolean): void {
  it.each(optimizers)('keeps every bit of frozen weights over 1 000 steps of %s', async (_, optimizer) => {
    const groups = { 'encoder.*': { scale: 0 } };
    const { weights, step } = net(optimizer, { learningRate: 0.01, groups });
    const before = await Promise.all(frozenPaths.map((path) => bits(weights[path])));
    const head = await bits(weights['head.weight']);
    const first = await make(step, 1);
    expect(await make(step, 999)).toBeLessThan(first);
    expect(await Promise.all(frozenPaths.map((path) => bits(weights[path])))).toEqual(before);
    expect(await bits(weights['head.weight'])).not.toEqual(head);
    step.dispose();
  });

  it('keeps −0 and subnormal numbers', async () => {
    const { weights, step } = net(optimizers[3][1], { groups: { 'encoder.bias': { scale: 0 } } });
    weights['encoder.bias'].assign(delicate);
    const before = await bits(weights['encoder.bias']);
    await make(step, 2);
    expect(await bits(weights['encoder.bias'])).toEqual(before);
    step.dispose();
  });

  it('thaws them when told to', async () => {
    const { weights, optimizer, step, traces } = net(optimizers[3][1], { groups: { 'encoder.*': { scale: 0 } } });
    await make(step, 3);
    const [before, tracesBefore] = [await bits(weights['encoder.weight']), traces()];
    optimizer.setScale('encoder.*', 0.1);
    await make(step, 1);
    expect(await bits(weights['encoder.weight'])).not.toEqual(before);
    optimizer.setScale('encoder.*', 0);
    const again = await bits(weights['encoder.weight']);
    await make(step, 1);
    expect(await bits(weights['encoder.weight'])).toEqual(again);
    if (isCompiled) expect([tracesBefore, traces()]).toEqual([1, 1]);
    step.dispose();
  });
}
