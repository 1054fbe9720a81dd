import { matrixExponential } from './matrix-exponential';

/** How bases change along a branch: a Markov chain in its equilibrium, the same forwards and backwards in time. */
export interface SubstitutionModel {
  readonly name: string;
  /** Of the bases in equilibrium, A C G T. */
  readonly frequencies: readonly number[];
  /** From base to base, such that a branch of length 1 has one substitution per site on average. [4, 4], rows sum to 0 */
  readonly rates: Float64Array;
}

const EVEN = [0.25, 0.25, 0.25, 0.25];

/** All bases are as frequent and all changes as likely (Jukes & Cantor 1969). */
export function jc69(): SubstitutionModel {
  return model('JC69', EVEN, () => 1);
}

/** Bases are as frequent, a transition (A–G, C–T) is `kappa` times as likely as each transversion (Kimura 1980). */
export function k80(kappa: number): SubstitutionModel {
  checkRates('k80', [kappa]);
  return model('K80', EVEN, (x, y) => (isTransition(x, y) ? kappa : 1));
}

/** As K80, with frequencies of the bases A C G T (Hasegawa, Kishino & Yano 1985). */
export function hky85({ kappa, frequencies }: { kappa: number; frequencies: readonly number[] }): SubstitutionModel {
  checkRates('hky85', [kappa]);
  return model('HKY85', shares('hky85', frequencies), (x, y) => (isTransition(x, y) ? kappa : 1));
}

/** Any reversible model (Tavaré 1986): exchangeabilities AC, AG, AT, CG, CT, GT, and frequencies of the bases A C G T. */
export function gtr(options: { exchanges: readonly number[]; frequencies: readonly number[] }): SubstitutionModel {
  const { exchanges, frequencies } = options;
  if (exchanges.length !== 6) throw new RangeError(`gtr: expected 6 exchangeabilities, got ${exchanges.length}`);
  checkRates('gtr', exchanges);
  const first = [0, 3, 5]; // where the pairs with A, C and G as their first base begin
  return model('GTR', shares('gtr', frequencies), (x, y) => exchanges[first[Math.min(x, y)] + Math.abs(x - y) - 1]);
}

/**
 * The chances that a base has become each other after a branch of some length, e^(Q·t).   [4, 4], rows sum to 1
 * @throws RangeError for a length that is negative or not finite
 */
export function transitionProbabilities({ rates }: SubstitutionModel, length: number): Float64Array {
  if (!(length >= 0 && length < Infinity)) {
    throw new RangeError(`transitionProbabilities: expected a length of at least 0, got ${length}`);
  }
  return matrixExponential(rates.map((rate) => rate * length), 4).map((p) => Math.max(0, p)); // prettier-ignore
}

/** A 0 and G 2, C 1 and T 3. */
const isTransition = (x: number, y: number) => (x ^ y) === 2;

function model(
  name: string,
  frequencies: readonly number[],
  exchange: (x: number, y: number) => number,
): SubstitutionModel {
  const rates = Float64Array.from({ length: 16 }, (_, at) => {
    const [x, y] = [at >> 2, at & 3];
    return x === y ? 0 : exchange(x, y) * frequencies[y];
  });
  const leaving = frequencies.map((_, x) => rates.slice(4 * x, 4 * x + 4).reduce((sum, rate) => sum + rate, 0));
  const mean = leaving.reduce((sum, rate, x) => sum + frequencies[x] * rate, 0);
  if (!(mean > 0)) throw new RangeError(`${name}: expected some change to be possible`);
  leaving.forEach((rate, x) => (rates[5 * x] = -rate));
  return { name, frequencies, rates: rates.map((rate) => rate / mean) };
}

function checkRates(where: string, rates: readonly number[]): void {
  const bad = rates.find((rate) => !(rate >= 0 && rate < Infinity));
  if (bad !== undefined) throw new RangeError(`${where}: expected rates of at least 0, got ${bad}`);
}

/** Frequencies so that they sum to 1; they may come as counts. */
function shares(where: string, frequencies: readonly number[]): readonly number[] {
  const total = frequencies.reduce((sum, frequency) => sum + frequency, 0);
  if (frequencies.length !== 4 || !frequencies.every((frequency) => frequency > 0) || !(total < Infinity)) {
    throw new RangeError(`${where}: expected four frequencies above 0, got ${frequencies.join(', ')}`);
  }
  return frequencies.map((frequency) => frequency / total);
}
