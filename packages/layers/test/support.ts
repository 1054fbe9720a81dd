import { cast, concat, normal, Rng, type Shape, slice, tensor, type Tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect } from 'vitest';
import { type Cell, GRUCell, LSTMCell, type RecurrentState, type State } from '../src/index';
import { inOrder } from '../src/recurrent/state';

/** Where the nets of the tests begin. */
export const netRng = (): Rng => new Rng(1);

/** Normal numbers in double precision. */
export const draw64 = (seed: number, shape: Shape): Tensor => cast(normal(new Rng(seed), shape), 'f64');

/** Lengths of rows. */
export const rows = (lengths: readonly number[]): Tensor => tensor(Int32Array.from(lengths));

/** Options of a net in double precision; one generator for all, so that no two cells are equal. */
export const f64 = { dtype: 'f64', rng: netRng() } as const;

export const gru = (inputs: number) => new GRUCell({ in: inputs, hidden: 3, ...f64 });
export const lstm = (inputs: number) => new LSTMCell({ in: inputs, hidden: 3, ...f64 });

/** Two sequences of seven steps. */
export const x = draw64(2, [2, 7, 2]);

/** Steps `from` up to `to` of sequences. */
export const part = (t: Tensor, from: number, to?: number): Tensor => slice(t, [0, from], [undefined, to]);

/** One step of sequences, [batch, channels]. */
export const stepOf = (t: Tensor, i: number): Tensor => part(t, i, i + 1).reshape([t.shape[0], t.shape[2]]);

/** One row of a batch, as a batch of one. */
export const row = (t: Tensor, i: number): Tensor => slice(t, [i], [i + 1]);

export const concatRows = (list: readonly Tensor[]): Tensor => concat(list, 0);
export const appendSteps = (a: Tensor, b: Tensor): Tensor => concat([a, b], 1);

/** Equal in shape, and in numbers but for rounding. */
export async function same(a: Tensor, b: Tensor, tolerance = 1e-13): Promise<void> {
  expect(a.shape).toEqual(b.shape);
  assertClose(await a.data(), await b.data(), tolerance);
}

const leaves = (state: RecurrentState) => state.flatMap(inOrder).flatMap((parts) => Object.values(parts));

/** Equal states, part by part. */
export async function sameState(a: RecurrentState, b: RecurrentState): Promise<void> {
  expect(leaves(a).length).toBe(leaves(b).length);
  for (const [i, t] of leaves(a).entries()) await same(t, leaves(b)[i]);
}

/** The loop that a net of one cell means, without scan: what each step gives, and the state after the last. */
export function plainLoop(
  cell: Cell<State>,
  sequence: Tensor,
  state: State,
  cut: (state: State, t: number) => State = (s) => s,
) {
  const outputs: Tensor[] = [];
  for (let t = 0; t < sequence.shape[1]; t++) {
    state = cell.step(cut(state, t), stepOf(sequence, t));
    outputs.push(cell.output(state));
  }
  return { outputs, state };
}
