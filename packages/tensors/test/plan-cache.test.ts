import { afterAll, describe, expect, it } from 'vitest';
import { compile, tensor, type Tensor } from '../src/index';
import { closeDevices, devices } from '../src/testing/index';

const all = await devices();
afterAll(() => closeDevices(all));

describe.each(all)('a plan kept for a structure, on $name', ({ device }) => {
  const x = (): Tensor => tensor([1, 2, 3], device ? { device } : {});

  it.skipIf(!device)('serves other numbers, also where the first ones were equal', async () => {
    const f = (a: number, b: number) => x().mul(a).add(b).data();
    expect([...(await f(2, 2))]).toEqual([4, 6, 8]);
    expect([...(await f(2, 3))]).toEqual([5, 7, 9]);
    expect([...(await f(5, 1))]).toEqual([6, 11, 16]);
  });

  it.skipIf(!device)('does not mistake one number for another under compile', async () => {
    const f = compile((x: Tensor, a: number, b: number) => x.mul(a).add(b).add(2).mul(2));
    expect([...(await (await f(x(), 2, 2)).data())]).toEqual([12, 16, 20]);
    expect([...(await (await f(x(), 2, 3)).data())]).toEqual([14, 18, 22]);
  });

  it.skipIf(!device)('tells wirings apart', async () => {
    const [a, b] = [x(), x().mul(10)];
    expect([...(await a.sub(b).data())]).toEqual([-9, -18, -27]);
    expect([...(await b.sub(a).data())]).toEqual([9, 18, 27]);
    expect([...(await a.sub(a).data())]).toEqual([0, 0, 0]);
  });
});
