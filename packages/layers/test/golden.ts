import { add, mul, realize, slice, sum, type Tensor, tensor, valueAndGrad } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect } from 'vitest';
import {
  GRU,
  loadWeights,
  LSTM,
  pytorchNames,
  type Recurrent,
  type RecurrentState,
  RNN,
  type State,
} from '../src/index';
import { inOrder, mapWalks } from '../src/recurrent/state';
import { asTensor, golden, type Precision } from './data';
import { netRng } from './support';

const kinds = ['rnn_tanh', 'rnn_relu', 'gru', 'lstm'];
const shapes = ['3x7x4x5', '2x40x3x8'];
const stacks = ['l1', 'l1_packed', 'l2_bi', 'l2_bi_packed'];

/** The recurrent files of `golden`: kind, batch × length × in × hidden, layers and directions, packed or not. */
export const goldenNames = kinds.flatMap((kind) =>
  shapes.flatMap((shape) => stacks.map((stack) => `${kind}_${shape}_${stack}`)),
);

/** The net of a file, its weights not yet those of the file. */
export function goldenNet(name: string, { dtype }: Precision): Recurrent {
  const [, kind, size, stack] = /^(\w+)_(\d+x\d+x\d+x\d+)_(l\d)/.exec(name)!;
  const [, , inputs, hidden] = size.split('x').map(Number);
  const isDeep = stack === 'l2';
  const options = {
    ...{ in: inputs, hidden, dtype, rng: netRng(), layers: isDeep ? 2 : 1 },
    direction: isDeep ? ('bidirectional' as const) : ('forward' as const),
  };
  if (kind === 'lstm') return new LSTM(options);
  if (kind === 'gru') return new GRU(options);
  return new RNN({ ...options, nonlinearity: kind === 'rnn_relu' ? 'relu' : 'tanh' });
}

/** PyTorch's states [layers · directions, batch, hidden], by our nest. */
export function stateFrom(net: Recurrent, parts: Readonly<Record<string, Tensor>>): RecurrentState {
  let at = 0;
  const next = (): State => {
    const row = at++;
    return Object.fromEntries(Object.entries(parts).map(([name, t]) => [name, rowOf(t, row)]));
  };
  return net.layers.map((layer) => mapWalks(layer, next));
}

const rowOf = (t: Tensor, row: number): Tensor => slice(t, [row], [row + 1]).reshape(t.shape.slice(1));

/** Parts of our nest, in PyTorch's order. */
export const partsOf = (state: RecurrentState, name: string): Tensor[] =>
  state.flatMap(inOrder).map((parts) => parts[name]);

/** Values and gradients against PyTorch's: of the loss Σ y·upstream_y + Σ hn·upstream_hn. */
export async function checkGolden(name: string, precision: Precision): Promise<void> {
  const file = golden(name);
  const of = (key: string) => asTensor(file[key], precision);
  const net = goldenNet(name, precision);
  const weights = Object.entries(file).filter(([key]) => key.startsWith('param.'));
  loadWeights(net, Object.fromEntries(weights), { prefix: 'param.' });
  const lengths = file.lengths && tensor(Int32Array.from(file.lengths.data));
  const run = (leaves: Record<string, Tensor>) => {
    const { x, h0, c0 } = leaves;
    const { y, state } = net.run(x, {
      state: stateFrom(net, c0 ? { h: h0, c: c0 } : { h: h0 }),
      ...(lengths && { lengths }),
    });
    return { y, state };
  };
  const loss = (leaves: Record<string, Tensor>) => {
    const { y, state } = run(leaves);
    const ends = partsOf(state, 'h').map((h, row) => sum(mul(h, rowOf(of('upstream_hn'), row))));
    return [sum(mul(y, of('upstream_y'))), ...ends].reduce((a, b) => add(a, b));
  };
  const inputs = Object.fromEntries(['x', 'h0', 'c0'].filter((key) => file[key]).map((key) => [key, of(key)]));
  const { y, state } = run(inputs);
  const parameters = pytorchNames(net);
  const { grad } = valueAndGrad(loss as (leaves: never) => Tensor)({ ...inputs, ...parameters } as never);
  const gradients = Object.entries(grad as Record<string, Tensor>);
  await realize(y, ...state.flatMap(inOrder).flatMap((parts) => Object.values(parts)), ...Object.values<Tensor>(grad));
  await agree('y', y, file.y.data, precision);
  for (const part of file.cn ? ['h', 'c'] : ['h']) {
    const rows = await Promise.all(partsOf(state, part).map((t) => t.data()));
    const all = rows.flatMap((row) => Array.from(row));
    assertClose(all, file[`${part}n`].data, precision.tolerance, `${part}n`);
  }
  expect(gradients.map(([key]) => `grad.${key}`).toSorted()).toEqual(
    Object.keys(file)
      .filter((key) => key.startsWith('grad.'))
      .toSorted(),
  );
  for (const [key, g] of gradients) await agree(`grad.${key}`, g, file[`grad.${key}`].data, precision);
}

async function agree(what: string, t: Tensor, expected: readonly number[], { tolerance }: Precision): Promise<void> {
  assertClose(await t.data(), expected, tolerance, what);
}
