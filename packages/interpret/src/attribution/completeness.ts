import { tensor, type Tensor } from '@hairpin/tensors';
import { type Attribution, IncompleteAttribution } from './attribution';
import type { Method } from './method';
import { like } from './references';
import type { Totals } from './totals';

/** Below this share of the outputs themselves a gap is rounding (f32 keeps seven digits). */
const ROUNDING = 1e-5;

/** |delta| / Σ |contributions|. */
function completenessError(delta: number, absolute: number): number {
  if (absolute > 0 || Number.isNaN(delta)) return Math.abs(delta) / absolute;
  return delta === 0 ? 0 : Infinity;
}

/** Measures how far contributions are from complete, and raises what is past the tolerance. */
export function finish(method: Method, totals: Totals, x: Tensor, tolerance: number): Attribution {
  const { shape, contributions, multipliers, hypothetical, output, reference } = totals;
  const size = contributions.length / Math.max(output.length, 1);
  const delta = new Float64Array(output.length);
  const error = Float64Array.from(output, (value, i) => {
    const own = contributions.subarray(i * size, (i + 1) * size);
    const absolute = own.reduce((a, b) => a + Math.abs(b), 0);
    const total = own.reduce((a, b) => a + b, 0);
    delta[i] = total - (value - reference[i]);
    const found = completenessError(delta[i], absolute);
    const rounding = ROUNDING * (Math.abs(value) + Math.abs(reference[i]));
    if (!(found <= tolerance) && !(Math.abs(delta[i]) <= rounding))
      throw new IncompleteAttribution(i, found, method.name, tolerance);
    return found;
  });
  const dtype = x.dtype === 'f64' ? 'f64' : 'f32';
  const whole = (values: Float64Array) =>
    tensor(like(dtype, values), { shape: [output.length, ...shape], dtype, ...(x.device && { device: x.device }) });
  return {
    contributions: whole(contributions),
    multipliers: whole(multipliers),
    hypothetical: whole(hypothetical),
    ...{ output, reference, delta, error },
  };
}
