import { afterAll, describe, expect, it } from 'vitest';
import {
  compile,
  customGradient,
  exp,
  grad,
  mul,
  type Parameter,
  parameter,
  stopGradient,
  sum,
  tensor,
  type Tensor,
} from '../src/index';
import { closeDevices, devices } from '../src/testing/index';

const list = await devices();
afterAll(() => closeDevices(list));

describe.each(list)('customGradient on $name', ({ device }) => {
  const on = device && { device };
  /** eˣ with a gradient that is clipped at 1, as the pullback says and no op does. */
  const gentle = (x: Tensor) => {
    const y = exp(x);
    return customGradient(y, [x], (dy) => [mul(dy, stopGradient(y).minimum(1))]);
  };

  it.skipIf(!device)('gives the value as it is, and the gradient as the pullback says', async () => {
    const x = tensor([-1, 0, 2], on);
    const found = await gentle(x).data();
    [-1, 0, 2].forEach((value, i) => expect(found[i]).toBeCloseTo(Math.exp(value), 5));
    const dx = await grad((given: Tensor) => sum(mul(gentle(given), 3)))(x).data();
    [3 * Math.exp(-1), 3, 3].forEach((value, i) => expect(dx[i]).toBeCloseTo(value, 5));
  });

  it.skipIf(!device)('reaches parameters, and nothing that the value was computed from otherwise', async () => {
    const [w, v] = [parameter(tensor([2], on)), parameter(tensor([5], on))];
    const f = (_: { w: Parameter; v: Parameter }) => sum(customGradient(mul(w, v), [w], (dy) => [mul(dy, 10)]));
    const gradients = grad(f)({ w, v });
    expect([await gradients.w.item(), await gradients.v.item()]).toEqual([10, 0]);
  });

  it.skipIf(!device)('compiles', async () => {
    const step = compile((x: Tensor) => grad((given: Tensor) => sum(gentle(given)))(x));
    const dx = await (await step(tensor([-1, 3], on))).data();
    [Math.exp(-1), 1].forEach((value, i) => expect(dx[i]).toBeCloseTo(value, 5));
    step.dispose();
  });
});
