import { decayRate, gradientReach, lyapunovSpectrum } from '@hairpin/interpret';
import { setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cells, running } from './recurrent-dynamics';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('over 50 000 steps in f32', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });

  it.each(['GRU', 'LSTM'] as const)('the gradient of a %s falls by its largest exponent within 2 %%', async (name) => {
    const net = running(cells[name]('f32'), { batch: 1, steps: 50_000, dtype: 'f32' });
    const { slope } = decayRate((await gradientReach(net)).states.values, { from: 100 });
    const { exponents, standardErrors } = await lyapunovSpectrum(net, { count: 1, discard: 100 });
    console.log(`${name}: slope ${slope.toFixed(5)}, λ₁ ${exponents[0].toFixed(5)} ± ${standardErrors[0].toFixed(5)}`);
    expect(Math.abs(slope / exponents[0] - 1)).toBeLessThan(0.02);
  });
});
