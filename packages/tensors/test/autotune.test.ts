import { afterAll, describe, expect, it } from 'vitest';
import { autotune, type Device, explain, sum, tensor, useTuning } from '../src/index';
import { closeDevices, devices } from '../src/testing/index';
import { lstm } from './scan/cells';
import { assertAllClose, byScan, elementsOf, tensorsOf, values, valuesOf } from './scan/evaluate';

const all = await devices();
const cpu = all[0].device!;
const gpu = all[1].device;
afterAll(() => closeDevices(all));

const cell = lstm(2, 5);
const inputsOn = (device: Device) => tensorsOf(valuesOf(cell, { batch: 17, length: 4 }), 'f32', device);
const lastOn = (device: Device) => byScan(cell, inputsOn(device), {})['last h'];
const kernelOn = async (device: Device) => (await explain(lastOn(device))).loops[0].kernel!;

describe.skipIf(!gpu)('autotune', () => {
  it('remembers the rows that it measured to be best', async () => {
    const record = await autotune(() => [sum(lastOn(gpu!))]);
    const { key, rowsPerWorkgroup } = await kernelOn(gpu!);
    expect(Object.keys(record.rows)).toEqual([key]);
    expect(rowsPerWorkgroup).toBe(record.rows[key]);
  });

  it.each([4, 8, 16])('%i rows give what the CPU gives, with one row left over', async (rows) => {
    const { key } = await kernelOn(gpu!);
    const { device: adapter } = await explain(lastOn(gpu!));
    expect(await useTuning({ adapter, rows: { [key]: rows } }, gpu)).toBe(true);
    expect((await kernelOn(gpu!)).rowsPerWorkgroup).toBe(rows);
    const run = (device: Device) => elementsOf(values(byScan, cell, inputsOn(device), {}));
    assertAllClose(await run(gpu!), await run(cpu), 2e-5);
  });

  it('leaves a device alone that the record was not measured on', async () => {
    const before = await kernelOn(gpu!);
    expect(await useTuning({ adapter: 'another', rows: { [before.key]: 4 } }, gpu)).toBe(false);
    expect(await kernelOn(gpu!)).toEqual(before);
  });
});

it('autotune finds nothing to choose on the CPU', async () => {
  expect(await autotune(() => tensor([1], { device: cpu }).neg())).toEqual({ adapter: 'CPU', rows: {} });
});
