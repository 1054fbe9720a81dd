import { afterAll, describe, expect, it } from 'vitest';
import { explain, type Tensor, tensor } from '../../src/index';
import { closeDevices, devices } from '../../src/testing/index';
import { type Cell, gruAfter, lstm, madeUp } from './cells';
import { byScan, elementsOf, tensorsOf, valuesAndGradients, valuesOf } from './evaluate';

const all = await devices();
const gpu = all[1].device;
afterAll(() => closeDevices(all));

const bytesOf = (t: Tensor): number => 4 * t.size;

describe('the bytes that live at once in an unfused graph', () => {
  const cpu = all[0].device!;
  const x = tensor([1, 2, 3, 4], { device: cpu }); // 16 bytes, a leaf

  it('are those of a result and of what it is made of', async () => {
    const chain = x.exp().square().neg(); // two at a time
    expect((await explain(chain)).unfusedBytes).toBe(32);
  });

  it('stay with a result that is read again later, and not with views', async () => {
    const early = x.exp();
    const late = early.square().neg().reshape([2, 2]).reshape([4]).add(early); // exp, neg and the sum
    expect((await explain(late)).unfusedBytes).toBe(48);
    expect((await explain(x.exp().reshape([2, 2]))).unfusedBytes).toBe(16);
  });
});

describe.skipIf(!gpu)('the memory of a training step', () => {
  const cells: readonly Cell[] = [lstm(4, 32), gruAfter(4, 32), madeUp(4, 32)];

  it.each(cells)('$name: at most 1.3 times the largest sum of live bytes in the unfused graph', async (cell) => {
    const inputs = tensorsOf(valuesOf(cell, { batch: 8, length: 100 }), 'f32', gpu!);
    await elementsOf({ ...inputs.init, ...inputs.xs, ...inputs.captured });
    const results = Object.values(valuesAndGradients(byScan, cell, inputs, {}));
    const { temporaryBytes, unfusedBytes } = await explain(...results);
    const needed = temporaryBytes + results.reduce((total, t) => total + bytesOf(t), 0);
    expect(temporaryBytes).toBeGreaterThan(0);
    expect(needed).toBeLessThan(1.3 * unfusedBytes);
  });
});
