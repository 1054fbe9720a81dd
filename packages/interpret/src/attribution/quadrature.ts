/** How an integral from 0 to 1 becomes a weighted sum. */
export type Quadrature = 'gaussLegendre' | 'riemannLeft' | 'riemannMiddle' | 'riemannRight' | 'trapezoid';

/** A place in [0, 1] and its weight; the weights add up to 1. */
export interface Node {
  readonly alpha: number;
  readonly weight: number;
}

/** `steps` places and weights of a rule. */
export function quadrature(rule: Quadrature, steps: number): Node[] {
  if (!Number.isInteger(steps) || steps < (rule === 'trapezoid' ? 2 : 1))
    throw new RangeError(
      `integratedGradients: expected a whole number of steps ≥ ${rule === 'trapezoid' ? 2 : 1} for ${rule}, got ${steps}`,
    );
  if (rule === 'gaussLegendre') return gaussLegendre(steps);
  if (rule === 'trapezoid')
    return Array.from({ length: steps }, (_, i) => ({
      alpha: i / (steps - 1),
      weight: (i === 0 || i === steps - 1 ? 0.5 : 1) / (steps - 1),
    }));
  const shift = { riemannLeft: 0, riemannMiddle: 0.5, riemannRight: 1 }[rule];
  return Array.from({ length: steps }, (_, i) => ({ alpha: (i + shift) / steps, weight: 1 / steps }));
}

/** The roots of the Legendre polynomial of degree n by Newton's method, moved to [0, 1]: exact for polynomials of degree 2n − 1. */
function gaussLegendre(n: number): Node[] {
  return Array.from({ length: n }, (_, i) => {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let derivative = 1;
    for (let round = 0; round < 100; round++) {
      const [value, slope] = legendre(n, x);
      derivative = slope;
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    return { alpha: (x + 1) / 2, weight: 1 / ((1 - x * x) * derivative * derivative) };
  });
}

/** Pₙ(x) and its derivative, by the three-term recurrence. */
function legendre(n: number, x: number): [number, number] {
  let [before, now] = [1, x];
  for (let k = 2; k <= n; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
  if (n === 0) return [1, 0];
  return [now, (n * (x * now - before)) / (x * x - 1)];
}
