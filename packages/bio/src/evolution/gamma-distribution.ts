/** ln Γ(x) for x > 0, to some 1e-15 of its size (Lanczos 1964, with the nine coefficients of Godfrey for g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x); // Γ(x)·Γ(1 − x) = π / sin πx
  const base = x + LANCZOS_G - 0.5;
  const sum = LANCZOS.reduce((total, coefficient, k) => total + (k === 0 ? coefficient : coefficient / (x - 1 + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The share of a gamma distribution of this shape and scale 1 below x: the regularised incomplete gamma function P. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? front * risingSeries(shape, x) : 1 - front * continuedFraction(shape, x);
}

/** Σ x^k / (a·(a + 1)⋯(a + k)); each term is at most x / (a + k) of the one before. */
function risingSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 − a − 1·(1 − a) / (x + 3 − a − 2·(2 − a) / (x + 5 − a − …))), from the front (Lentz 1976). */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 1000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

/** The x below which a share `p` of a gamma distribution of this shape and scale 1 lies, by halving. */
export function gammaQuantile(shape: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  let [low, high] = [0, 1];
  while (gammaCdf(shape, high) < p) high *= 2;
  while (low < high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break; // nothing lies between
    if (gammaCdf(shape, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
