import { grad, softplus, sum, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { logHalfLife, logSoftplus } from '../../src/index';
import { golden, hasGolden } from '../golden';

const f64 = (values: readonly number[]) => tensor(Float64Array.from(values));
const list = async (x: Tensor) => Array.from(await x.data());

describe('logSoftplus', () => {
  it('is log log(1 + e^z), on both sides of −15', async () => {
    const z = [-40, -15.001, -15, -14.999, -3, 0, 2, 50];
    const expected = z.map((x) => Math.log(Math.log1p(Math.exp(x)))); // double precision carries it as far as −700
    assertClose(await list(logSoftplus(f64(z))), expected, 1e-14);
  });

  it('has the gradient of its value', () => checkGradient(logSoftplus, f64([-30, -15.5, -14, -1, 0, 5])));

  it('neither underflows nor overflows in f32', async () => {
    const z = tensor([-1e4, -200, 200, 1e30]);
    assertClose((await list(logSoftplus(z))).slice(0, 3), [-1e4, -200, Math.log(200)], 1e-6);
    const slopes = await list(grad((x: Tensor) => sum(logSoftplus(x)))(z));
    assertClose(slopes, [1, 1, 1 / 200, 1e-30], 1e-6);
  });
});

describe('logHalfLife', () => {
  it('is 0 where the rate is ln 2', async () => {
    expect(await logHalfLife(f64([0])).item()).toBeCloseTo(0, 15); // softplus(0) = ln 2
    const z = f64([-4, 1, 6]);
    const rates = await list(softplus(z));
    assertClose(await list(logHalfLife(z)), rates.map((rate) => Math.log(Math.LN2 / rate)), 1e-14); // prettier-ignore
  });
});

it.skipIf(!hasGolden)("softplus, of which it is the logarithm, equals PyTorch's to 1e-10", async () => {
  const { zb, softplus: expected } = golden('losses');
  const z = f64(zb.data);
  assertClose(await list(softplus(z)), expected.data, 1e-10);
  assertClose(await list(logSoftplus(z)), expected.data.map(Math.log), 1e-10);
});
