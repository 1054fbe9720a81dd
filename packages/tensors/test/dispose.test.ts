import { afterAll, describe, expect, it } from 'vitest';
import { type Device, DisposedError, parameter, realize, ShapeError, tensor, type Tensor } from '../src/index';
import { closeDevices, devices } from '../src/testing/index';

const all = await devices();
const cpu = all[0]!.device!;

for (const { name, device } of all) describe.skipIf(!device)(`memory on ${name}`, () => laws(device!, name === 'cpu'));

function laws(device: Device, isCpu: boolean): void {
  const on = (...values: number[]): Tensor => tensor(values, { device });
  const list = async (x: { data(): Promise<ArrayLike<number>> }): Promise<number[]> => Array.from(await x.data());

  it('a disposed tensor says so wherever it is used', async () => {
    const x = on(1, 2);
    x.dispose();
    x.dispose(); // twice is once
    const message = 'Tensor(f32[2]) was disposed of before it was used';
    expect(() => x.add(1)).toThrow(new DisposedError(`add: ${message}`));
    await expect(x.data()).rejects.toThrow(new DisposedError(`data: ${message}`));
    await expect(realize(x)).rejects.toThrow(new DisposedError(`realize: ${message}`));
  });

  it('what was pending on a disposed tensor says so too', async () => {
    const x = on(1, 2);
    const y = x.mul(7).add(1);
    x.dispose();
    await expect(y.data()).rejects.toThrow(DisposedError);
    expect(await list(on(1, 2).mul(7).add(1))).toEqual([8, 15]); // the same graph, of tensors that live
  });

  it('what was computed before lives on', async () => {
    const x = on(1, 2);
    const y = x.add(1);
    await realize(y);
    x.dispose();
    expect(await list(y)).toEqual([2, 3]);
  });

  it('`using` disposes at the end of a block', () => {
    let kept: Tensor;
    {
      using x = on(1);
      kept = x;
    }
    expect(() => kept.add(1)).toThrow(DisposedError);
  });

  it('data() gives a copy', async () => {
    const x = on(1, 2);
    (await x.data())[0] = 99;
    expect(await list(x)).toEqual([1, 2]);
  });

  it('a parameter outlives what it was read as and assigned from', async () => {
    const w = parameter(on(1).add(0));
    w.read().dispose();
    expect(await list(w)).toEqual([1]);
    w.read().dispose();
    expect(await list(w)).toEqual([1]);
    const value = on(5).add(0);
    await realize(value);
    w.assign(value);
    await realize(w);
    value.dispose();
    expect(await list(w)).toEqual([5]);
  });

  it.skipIf(isCpu)('operands of two devices are refused with the remedy', async () => {
    const there = tensor([1], { device: cpu });
    expect(() => on(1).add(there)).toThrow(
      'add: operands live on different devices; move one with data() and tensor()',
    );
    expect(await list(on(1).add(tensor(await there.data(), { device })))).toEqual([2]);
  });

  it('item() wants one element', async () => {
    await expect(on(1, 2).item()).rejects.toThrow(new ShapeError('item: expected a tensor with one element, got [2]'));
  });
}

afterAll(() => closeDevices(all));
