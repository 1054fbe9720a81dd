import { afterAll, describe, it } from 'vitest';
import { closeDevices, devices } from '../src/testing/index';
import { products } from './products';

const all = await devices();
const cpu = all[0]!.device!;

for (const { name, device } of all.filter((entry) => entry.device !== cpu))
  describe.skipIf(!device)(`on ${name}`, () => products(device ?? cpu, cpu).forEach((row) => it(row.name, row.run)));

afterAll(() => closeDevices(all));
