/**
 * Coefficients of erfinv(x) / x, highest power first: `central` in w − 2.5 where w = −ln((1 − x)(1 + x)) < 5, `tail`
 * in √w − 3 elsewhere. Giles 2012, "Approximating the erfinv function", GPU Computing Gems, single precision.
 */
export const erfinvCoefficients = {
  central: [
    2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3,
    0.246640727, 1.50140941,
  ],
  tail: [
    -2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3,
    1.00167406, 2.83297682,
  ],
} as const;

const horner = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, c) => sum * x + c);

function erfinv(x: number): number {
  if (Math.abs(x) === 1) return x * Infinity; // the tail's leading coefficient is negative: it would return −x·∞
  const w = -Math.log((1 - x) * (1 + x));
  return x * (w < 5 ? horner(erfinvCoefficients.central, w - 2.5) : horner(erfinvCoefficients.tail, Math.sqrt(w) - 3));
}

/**
 * The standard normal quantile Φ⁻¹(u): −∞ at 0, 0 at ½, ∞ at 1, NaN outside. Relative error below 2e-7 for u from
 * 2⁻²⁵ to 1 − 2⁻²⁵, which is all that 24 bits reach; not meant for smaller tails.
 */
export const inverseNormalCdf = (u: number): number => Math.SQRT2 * erfinv(2 * u - 1);

/**
 * 32 random bits as a standard normal number, |z| < 5.5. The middle of the bits' cell of 2⁻²⁴ stands for u: never 0
 * or 1, symmetric about ½, and 2u − 1 is an odd multiple of 2⁻²⁴, hence exact in f32.
 */
export const normalFromBits = (bits: number): number => inverseNormalCdf(((bits >>> 8) + 0.5) / 2 ** 24);
