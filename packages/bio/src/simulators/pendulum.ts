/** θ″ = −2·damping·frequency·θ′ − frequency²·θ: small swings of a damped pendulum. */
export interface Pendulum {
  /** Radians per unit of time without damping, above 0. */
  readonly frequency: number;
  /** Of critical damping: above 0 and below 1, so that it swings. */
  readonly damping: number;
}

/** A complex number. */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/** One of the two eigenvalues, which are conjugate: −damping·frequency ± i·frequency·√(1 − damping²). */
export function pendulumEigenvalue(pendulum: Pendulum): Eigenvalue {
  const { frequency, damping } = pendulum;
  if (frequency > 0 && damping > 0 && damping < 1) {
    return { re: -damping * frequency, im: frequency * Math.sqrt(1 - damping ** 2) };
  }
  throw new RangeError(`pendulum: expected frequency > 0 and 0 < damping < 1, got ${frequency} and ${damping}`);
}

/** The step from which on Euler's forward method grows where the pendulum decays: h* = −2·Re λ / |λ|². */
export function criticalEulerStep(pendulum: Pendulum): number {
  const { re, im } = pendulumEigenvalue(pendulum);
  return (-2 * re) / (re ** 2 + im ** 2);
}

/** Angle and velocity at given times after a start with angle 1 and velocity 0, by the closed form.   [times, 2] */
export function swing(pendulum: Pendulum, times: readonly number[]): Float64Array {
  const { re, im } = pendulumEigenvalue(pendulum);
  return Float64Array.from(
    times.flatMap((t) => {
      const [decay, phase] = [Math.exp(re * t), im * t];
      const angle = decay * (Math.cos(phase) - (re / im) * Math.sin(phase));
      const velocity = -decay * ((re ** 2 + im ** 2) / im) * Math.sin(phase);
      return [angle, velocity];
    }),
  );
}
