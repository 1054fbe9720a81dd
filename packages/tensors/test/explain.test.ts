import { afterAll, describe, expect, it } from 'vitest';
import {
  cumsum,
  type Device,
  explain,
  scan,
  sum,
  take,
  tanh,
  type Tensor,
  tensor,
  valueAndGrad,
  zeros,
} from '../src/index';
import { assertClose, closeDevices, devices } from '../src/testing/index';
import { lstm } from './scan/cells';
import { byScan, tensorsOf, valuesOf } from './scan/evaluate';

const all = await devices();
const cpu = all[0].device!;
const gpu = all[1].device;
afterAll(() => closeDevices(all));

/** Loss and gradients of an LSTM's last state. */
function step(device: Device, channels = 9): Tensor[] {
  const cell = lstm(channels, 5);
  const inputs = tensorsOf(valuesOf(cell, { batch: 2, length: 7 }), 'f32', device);
  const loss = (captured: typeof inputs.captured) => sum(byScan(cell, { ...inputs, captured }, {})['last h']);
  const { value, grad } = valueAndGrad(loss)(inputs.captured);
  return [value, ...Object.values(grad)];
}

describe.skipIf(!gpu)('explain on WebGPU', () => {
  it('says what was taken out of a loop, how one kernel runs it, and every dispatch', async () => {
    const found = await explain(...step(gpu!));
    const [forward, backward] = found.loops;
    expect(found.loops).toHaveLength(2);
    expect(forward).toMatchObject({ batch: 2, length: 7, reverse: false, state: ['[2, 5]', '[2, 5]'] });
    expect(forward.hoisted).toHaveLength(1);
    expect(forward.hoisted[0]).toMatch(/contract.*\[2, 7, 20\]$/);
    expect(forward.body.contract).toBe(1); // h · Uᵀ; x · Wᵀ went before the loop
    expect(forward.kernel).toMatchObject({ barriersPerStep: 1, matrices: ['[5, 20]'] });
    expect(backward).toMatchObject({ reverse: true, kernel: { matrices: ['[20, 5]'] } });
    expect(found.dispatches.filter(({ name }) => name === 'scan')).toHaveLength(2);
    expect(found.dispatches.every(({ wgsl }) => wgsl.includes('@compute'))).toBe(true);
    const page = String(found);
    expect(page).toContain('loop 2: 7 steps, from the last, 2 rows');
    expect(page).toContain(found.dispatches.find(({ name }) => name === 'scan')!.wgsl);
  });

  it('says that a product of few channels stays in the loop', async () => {
    const [forward] = (await explain(...step(gpu!, 4))).loops;
    expect(forward.hoisted).toEqual([]);
    expect(forward.kernel?.matrices.toSorted()).toEqual(['[4, 20]', '[5, 20]']);
  });

  it('says that rows are looked up by the kernel that folds them', async () => {
    const device = gpu!;
    const x = tensor(
      Float32Array.from({ length: 48 }, (_, i) => Math.sin(i)),
      { shape: [6, 2, 4], device },
    );
    const rows = tensor(Int32Array.of(11, 3, 4, 0, 5, 7), { shape: [2, 3], device });
    const found = take(x.reshape([12, 4]), rows.sub(1))
      .add(1)
      .max(1);
    expect((await explain(found)).dispatches.map(({ name }) => name)).toEqual(['max']);
    const largest = (row: number[], c: number) => Math.max(...row.map((r) => Math.sin(4 * r + c) + 1));
    const expected = [[10, 2, 3], [0, 4, 6]].flatMap((row) => [0, 1, 2, 3].map((c) => largest(row, c))); // prettier-ignore
    assertClose(await found.data(), expected, 1e-6); // row −1 is row 0
  });

  it('says why a body has no kernel', async () => {
    const x = tensor([1, 2, 3, 4], { shape: [1, 2, 2], device: gpu! });
    const [h] = scan((h: Tensor, x: Tensor) => [tanh(cumsum(h.add(x))), []], zeros([1, 2], { device: gpu! }), x);
    const { loops } = await explain(h);
    expect(loops[0].kernel).toBeUndefined();
    expect(loops[0].fallback).toBe('cumsum, which is not in the algebra of a kernel');
  });
});

describe('explain', () => {
  it('describes loops where there is nothing to compile', async () => {
    const found = await explain(...step(cpu));
    expect(found.loops.map(({ fallback }) => fallback)).toEqual(Array(2).fill('the CPU device runs the plain loop'));
    expect(found.dispatches).toEqual([]);
  });

  it('refuses what is computed already', async () => {
    await expect(explain(tensor([1], { device: cpu }))).rejects.toThrow('explain: these tensors are computed already');
    await expect(explain()).rejects.toThrow('explain: expected at least one tensor');
  });
});
