import { describe, expect, it } from 'vitest';
import { gradientReach, lyapunovSpectrum } from '../../src/index';
import { gpu } from '../webgpu';
import { driven } from './recurrences';

describe.skipIf(!gpu)('the gradient over 50 000 steps', () => {
  it('falls by the largest Lyapunov exponent within 2 %', async () => {
    const steps = 50_000;
    const net = driven({ device: gpu!, dtype: 'f32' }, { width: 32, steps, gain: 1.5 });
    const { states } = await gradientReach(net);
    const { exponents, standardErrors } = await lyapunovSpectrum(net, { count: 1, discard: 100 });
    const slope = (states.values[steps] - states.values[100]) / (steps - 100);
    console.log(`slope ${slope.toFixed(5)}, λ₁ ${exponents[0].toFixed(5)} ± ${standardErrors[0].toFixed(5)}`);
    console.log(`ln ‖∂L/∂h₀‖ = ${states.values[steps].toFixed(0)}`);
    expect([...states.values].every(Number.isFinite)).toBe(true);
    expect(Math.abs(slope / exponents[0] - 1)).toBeLessThan(0.02);
  });
});
