import { decayRate, gradientReach } from '@hairpin/interpret';
import { orthogonal, uniformFanIn } from '@hairpin/layers';
import {
  broadcastTo,
  concat,
  matmul,
  mul,
  reshape,
  slice,
  sum,
  tanh,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from '@hairpin/tensors';
import type { Context } from './experiment';
import { lettersOf } from './nets';
import { watched } from './watched';

/** By how much the gradient of a linear map of two numbers changes at each step back, for each of some matrices [2 · 2]. */
export async function gradientOfMaps(context: Context, matrices: readonly number[][]): Promise<number[]> {
  const { shortSteps: steps } = context.options;
  const rows = matrices.length;
  const xs = broadcastTo(reshape(tensor(matrices as number[][]), [rows, 1, 4]), [rows, steps, 4]);
  const step = (y: Tensor, m: Tensor) => sum(mul(reshape(m, [rows, 2, 2]), reshape(y, [rows, 1, 2])), 2);
  const init = tensor(matrices.map(() => [1, 0]));
  return growthBack(context, { step, init, xs }, rows);
}

/** By how much the gradient of a tanh RNN changes at each step back, for each scale of its weights, a rotation. */
export async function gradientOfScales(
  context: Context,
  scales: readonly number[],
): Promise<Readonly<Record<'atRest' | 'reading', number[]>>> {
  const { shortSteps: steps, hidden } = context.options;
  const rng = context.rng.fork('scales');
  const q = orthogonal(rng.fork('rotation'), [hidden, hidden]);
  const v = uniformFanIn(rng.fork('inputs'), [4, hidden]);
  const step = (h: Tensor, x: Tensor) => {
    const [scale, letter] = [slice(x, [0, 0], [undefined, 1]), slice(x, [0, 1])];
    return tanh(mul(matmul(h, q), scale).add(matmul(letter, v)));
  };
  const rows = scales.length;
  const letters = broadcastTo(lettersOf(rng.fork('letters'), 1, steps), [rows, steps, 4]);
  const own = broadcastTo(reshape(tensor([...scales, ...scales]), [2 * rows, 1, 1]), [2 * rows, steps, 1]);
  const xs = concat([own, concat([zerosLike(letters), letters], 0)], 2); // with nothing to read the state stays 0
  const growth = await growthBack(context, { step, init: zeros([2 * rows, hidden]), xs }, 2 * rows);
  return { atRest: growth.slice(0, rows), reading: growth.slice(rows) };
}

async function growthBack(
  context: Context,
  net: { step: (state: Tensor, x: Tensor) => Tensor; init: Tensor; xs: Tensor },
  rows: number,
): Promise<number[]> {
  const { values, shape } = (await gradientReach(net, { segment: 250, ...watched(context) })).states;
  return Array.from(
    { length: rows },
    (_, row) => decayRate(values.subarray(row * shape[1], (row + 1) * shape[1])).slope,
  );
}
