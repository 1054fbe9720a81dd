/** dy/dt at a state. */
export type Slope = (y: Float64Array) => Float64Array;

/** y + h·Σ wᵢ·kᵢ */
export function moved(
  y: Float64Array,
  h: number,
  weights: readonly number[],
  slopes: readonly Float64Array[],
): Float64Array {
  const next = Float64Array.from(y);
  weights.forEach((weight, stage) => {
    const k = slopes[stage];
    for (let i = 0; i < next.length; i++) next[i] += h * weight * k[i];
  });
  return next;
}
