/**
 * e^A of a square matrix, row by row: the power series of A / 2^s, squared s times, so that its terms fall fast (scaling and
 * squaring, Moler & Van Loan 2003, method 3).   [n, n] → [n, n]
 */
export function matrixExponential(matrix: ArrayLike<number>, n: number): Float64Array {
  if (matrix.length !== n * n)
    throw new RangeError(`matrixExponential: expected ${n} × ${n} numbers, got ${matrix.length}`);
  const values = Float64Array.from(matrix);
  const largest = largestRowSum(values, n);
  if (!Number.isFinite(largest)) throw new RangeError('matrixExponential: expected finite numbers');
  const squarings = Math.max(0, Math.ceil(Math.log2(largest)) + 2); // then no row sum is above ¼
  const scaled = values.map((value) => value / 2 ** squarings);
  let result = series(scaled, n);
  for (let i = 0; i < squarings; i++) result = product(result, result, n);
  return result;
}

function largestRowSum(values: Float64Array, n: number): number {
  const sums = new Float64Array(n);
  values.forEach((value, at) => (sums[Math.floor(at / n)] += Math.abs(value)));
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

const TERMS = 14; // (¼)^14 / 14! is below 1e-19

/** 1 + A + A²/2! + A³/3! + … */
function series(matrix: Float64Array, n: number): Float64Array {
  let term = Float64Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0));
  const sum = term.slice();
  for (let k = 1; k <= TERMS; k++) {
    term = product(term, matrix, n).map((value) => value / k);
    for (let at = 0; at < sum.length; at++) sum[at] += term[at];
  }
  return sum;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return c;
}
