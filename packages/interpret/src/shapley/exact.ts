import type { Model, Tensor } from '@hairpin/tensors';
import { playAll, type ShapleyOptions, type ShapleyValues } from './coalitions';

/** More players than this are too many to meet all coalitions. */
const MOST_PLAYERS = 12;

/**
 * Shapley values by enumeration (Shapley 1953): what each player adds, averaged over all orders in which the coalition may form.
 * All 2ⁿ coalitions of n ≤ 12 players are asked for; use `kernelShap` for more.
 */
export function exactShapley(model: Model, x: Tensor, options: ShapleyOptions = {}): Promise<ShapleyValues> {
  return playAll('exactShapley', model, x, options, async (worth, n) => {
    if (n > MOST_PLAYERS)
      throw new RangeError(
        `exactShapley: expected at most ${MOST_PLAYERS} players, got ${n}; join positions by players, or use kernelShap`,
      );
    const all = Array.from({ length: 2 ** n }, (_, set) => Uint8Array.from({ length: n }, (_, p) => (set >> p) & 1));
    const v = await worth(all);
    const weight = weightsOf(n);
    const sizes = all.map((members) => members.reduce((a, b) => a + b, 0));
    const values = Float64Array.from({ length: n }, (_, p) =>
      v.reduce((sum, value, set) => {
        const isMember = (set >> p) & 1;
        return sum + (isMember ? weight[sizes[set] - 1] * value : -weight[sizes[set]] * value);
      }, 0),
    );
    return { values, standardErrors: new Float64Array(n), output: v[v.length - 1], reference: v[0] };
  });
}

/** s! (n − 1 − s)! / n! for each size s of the others that came before. */
function weightsOf(n: number): Float64Array {
  const weights = new Float64Array(n);
  weights[0] = 1 / n;
  for (let s = 1; s < n; s++) weights[s] = (weights[s - 1] * s) / (n - s);
  return weights;
}
