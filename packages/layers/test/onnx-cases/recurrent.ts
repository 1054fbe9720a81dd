import { permute, reshape, stack, type Tensor, tensor } from '@hairpin/tensors';
import { GRU, loadWeights, LSTM, type RecurrentState, RNN } from '../../src/index';
import { netRng } from '../support';
import type { Input, Operator } from './graph';

const kinds = {
  RNN: (options: ConstructorParameters<typeof RNN>[0]) => new RNN(options),
  LSTM: (options: ConstructorParameters<typeof LSTM>[0]) => new LSTM(options),
  GRU: (options: ConstructorParameters<typeof GRU>[0]) => new GRU({ ...options, reset: 'before' }),
};

/** X, W, R, then B, sequence_lens, initial_h, initial_c and P where they are given. All cases go forward. */
const operator =
  (kind: keyof typeof kinds): Operator =>
  ([X, W, R, B, lengths, h, c, P], { hidden_size: hidden, layout = 0 }) => {
    const isBatchFirst = Number(layout) === 1;
    const x = isBatchFirst ? X.tensor : permute(X.tensor, [1, 0, 2]);
    const net = kinds[kind]({ in: x.shape[2], hidden, peepholes: P !== undefined, rng: netRng() });
    const arrays = Object.entries({ W, R, B, P }).flatMap(([name, input]) => (input ? [[name, input.tensor]] : []));
    loadWeights(net, Object.fromEntries(arrays), { layout: 'onnx', bias: B !== undefined });
    const { y, state } = net.run(x, {
      ...(lengths && { lengths: tensor(Int32Array.from(lengths.numbers)) }),
      ...(h && { state: stateOf(h, c) }),
    });
    return isBatchFirst ? batchFirst(y, state) : timeFirst(y, state);
  };

const stateOf = (h: Input, c: Input | undefined): RecurrentState => {
  const part = ({ tensor }: Input) => tensor.reshape(tensor.shape.slice(1));
  return [{ forward: c ? { h: part(h), c: part(c) } : { h: part(h) } }];
};

/** Y [length, directions, batch, hidden], Y_h and Y_c [directions, batch, hidden]. */
function timeFirst(y: Tensor, state: RecurrentState): Tensor[] {
  const Y = reshape(permute(y, [1, 0, 2]), [y.shape[1], 1, y.shape[0], y.shape[2]]);
  return [Y, ...Object.values(state[0].forward!).map((part) => stack([part], 0))];
}

/** Y [batch, length, directions, hidden], Y_h and Y_c [batch, directions, hidden]. */
function batchFirst(y: Tensor, state: RecurrentState): Tensor[] {
  const Y = reshape(y, [y.shape[0], y.shape[1], 1, y.shape[2]]);
  return [Y, ...Object.values(state[0].forward!).map((part) => stack([part], 1))];
}

/** Recurrent operators through our nets. */
export const recurrent: Readonly<Record<string, Operator>> = {
  RNN: operator('RNN'),
  LSTM: operator('LSTM'),
  GRU: operator('GRU'),
};
