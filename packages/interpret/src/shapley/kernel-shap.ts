import type { Model, Rng, Tensor } from '@hairpin/tensors';
import { CholeskyDecomposition, inverse, Matrix } from 'ml-matrix';
import { playAll, type ShapleyOptions, type ShapleyValues, type Solved, type Worth } from './coalitions';

/** How many coalitions are asked for. */
export interface KernelShapOptions extends ShapleyOptions {
  /** Drawn in pairs of opposites (2 · players + 2 048 unless said); where these are all there are, each is asked for once. */
  readonly samples?: number;
}

/**
 * KernelSHAP (Lundberg & Lee 2017, theorem 2): Shapley values as the solution of a weighted regression on drawn coalitions, which add up
 * to output − reference exactly. Coalitions are drawn by the kernel's weights, each with its opposite (Covert & Lee 2021); standard
 * errors are those of the regression, robust to what varies between pairs.
 */
export function kernelShap(
  model: Model,
  x: Tensor,
  { samples, ...options }: KernelShapOptions = {},
): Promise<ShapleyValues> {
  return playAll('kernelShap', model, x, options, (worth, n, rng) => solve(worth, n, samples ?? 2 * n + 2048, rng));
}

/** A coalition, and how much it counts. */
interface Draw {
  readonly members: Uint8Array;
  readonly weight: number;
}

async function solve(worth: Worth, n: number, samples: number, rng: Rng): Promise<Solved> {
  const [reference, output] = await worth([new Uint8Array(n), new Uint8Array(n).fill(1)]);
  const whole = output - reference;
  if (n === 1) return { values: [whole], standardErrors: [0], output, reference };
  if (!Number.isInteger(samples) || samples < 2 * n)
    throw new RangeError(`kernelShap: expected at least ${2 * n} samples for ${n} players, got ${samples}`);
  const isAll = n < 31 && 2 ** n - 2 <= samples;
  const draws = isAll ? everyCoalition(n) : drawn(n, samples, rng);
  const v = await worth(draws.map(({ members }) => members));
  // The last player's value is what the others leave of the whole.
  const rows = Matrix.zeros(draws.length, n - 1);
  const goal = Float64Array.from(draws, ({ members }, i) => v[i] - reference - members[n - 1] * whole);
  draws.forEach(({ members }, i) => {
    for (let p = 0; p < n - 1; p++) rows.set(i, p, members[p] - members[n - 1]);
  });
  const weighted = rows.clone();
  draws.forEach(({ weight }, i) => weighted.mulRow(i, weight));
  const normal = weighted.transpose().mmul(rows);
  const cholesky = new CholeskyDecomposition(normal);
  if (!cholesky.isPositiveDefinite())
    throw new RangeError(`kernelShap: ${samples} samples do not tell ${n} players apart; ask for more`);
  const solution = cholesky.solve(weighted.transpose().mmul(Matrix.columnVector(goal))).to1DArray();
  const values = [...solution, whole - solution.reduce((a, b) => a + b, 0)];
  const standardErrors = isAll ? new Float64Array(n) : errorsOf(rows, goal, solution, inverse(normal));
  return { values, standardErrors, output, reference };
}

/** All coalitions but the empty and the whole one, by the Shapley kernel. */
function everyCoalition(n: number): Draw[] {
  return Array.from({ length: 2 ** n - 2 }, (_, k) => {
    const members = Uint8Array.from({ length: n }, (_, p) => ((k + 1) >> p) & 1);
    const size = members.reduce((a, b) => a + b, 0);
    return { members, weight: (n - 1) / (choose(n, size) * size * (n - size)) };
  });
}

const choose = (n: number, k: number): number =>
  Array.from({ length: k }).reduce<number>((product, _, i) => (product * (n - i)) / (i + 1), 1);

/** Pairs of a coalition and its opposite: sizes by the kernel, members at random. */
function drawn(n: number, samples: number, rng: Rng): Draw[] {
  const chances = Array.from({ length: n - 1 }, (_, i) => 1 / ((i + 1) * (n - 1 - i)));
  const total = chances.reduce((a, b) => a + b, 0);
  const sizeOf = (u: number) => {
    let left = u * total;
    for (let i = 0; i < n - 1; i++) if ((left -= chances[i]) < 0) return i + 1;
    return n - 1;
  };
  const players = Array.from({ length: n }, (_, p) => p);
  return Array.from({ length: Math.ceil(samples / 2) }).flatMap(() => {
    const members = new Uint8Array(n);
    for (const p of rng.shuffle(players).slice(0, sizeOf(rng.next()))) members[p] = 1;
    return [
      { members, weight: 1 },
      { members: members.map((m) => 1 - m), weight: 1 },
    ];
  });
}

/** The sandwich (XᵀX)⁻¹ (Σ over pairs of s·sᵀ) (XᵀX)⁻¹, with s the pair's row times its residual. */
function errorsOf(rows: Matrix, goal: ArrayLike<number>, solution: readonly number[], bread: Matrix): number[] {
  const free = solution.length;
  const residual = rows
    .mmul(Matrix.columnVector(solution))
    .to1DArray()
    .map((y, i) => goal[i] - y);
  const meat = Matrix.zeros(free, free);
  for (let i = 0; i < rows.rows; i += 2) {
    const s = Array.from(
      { length: free },
      (_, p) => rows.get(i, p) * residual[i] + rows.get(i + 1, p) * residual[i + 1],
    );
    for (let a = 0; a < free; a++) for (let b = 0; b < free; b++) meat.set(a, b, meat.get(a, b) + s[a] * s[b]);
  }
  const variance = bread.mmul(meat).mmul(bread);
  const last = variance.sum(); // the last player is minus the sum of the others
  return [...variance.diagonal(), last].map((v) => Math.sqrt(Math.max(v, 0)));
}
