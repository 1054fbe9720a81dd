/**
 * Directions that are carried along a trajectory, Q of Q_t·R_t = J_t·Q_{t−1}: each a row of its own, so that the loops run along
 * memory (several times as fast as a matrix library's).
 */
export class Directions {
  private q: Float64Array; // [count, width]
  private carried: Float64Array;

  constructor(
    private readonly width: number,
    private readonly count: number,
  ) {
    this.q = new Float64Array(count * width).map((_, i) => Number(i % (width + 1) === 0));
    this.carried = new Float64Array(count * width);
  }

  /** Carries each on by the Jacobian [width, width] that starts at `offset`. */
  carry(jacobian: ArrayLike<number>, offset: number): void {
    const { width, count, q, carried } = this;
    for (let r = 0; r < count; r++)
      for (let i = 0; i < width; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += jacobian[offset + i * width + j] * q[r * width + j];
        carried[r * width + i] = sum;
      }
    [this.q, this.carried] = [carried, q];
  }

  /** Makes them orthonormal again by modified Gram–Schmidt; ln R_ii of each, −∞ where one died. */
  separate(): Float64Array {
    const { width, count, q } = this;
    const growth = new Float64Array(count);
    for (let r = 0; r < count; r++) {
      const own = q.subarray(r * width, (r + 1) * width);
      const norm = Math.hypot(...own);
      growth[r] = Math.log(norm);
      if (norm > 0) for (let i = 0; i < width; i++) own[i] /= norm;
      for (let other = r + 1; other < count; other++) project(own, q, other * width);
    }
    return growth;
  }
}

/** Takes out of the numbers from `at` on what lies along a unit vector. */
function project(unit: Float64Array, q: Float64Array, at: number): void {
  let along = 0;
  for (let i = 0; i < unit.length; i++) along += unit[i] * q[at + i];
  for (let i = 0; i < unit.length; i++) q[at + i] -= along * unit[i];
}
