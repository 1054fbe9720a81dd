import { concat, HairpinError, split, type Tensor } from '@hairpin/tensors';
import type { Cell, State } from '../cells/cell';
import { GRUCell } from '../cells/gru-cell';
import { LSTMCell } from '../cells/lstm-cell';
import { RNNCell } from '../cells/rnn-cell';
import type { Recurrent } from '../recurrent/recurrent';
import type { LayerCells } from '../recurrent/state';

/** Whose names, shapes and order of gates. */
export type Layout = 'hairpin' | 'pytorch' | 'keras' | 'onnx' | 'lasagne';

type Stacked = 'pytorch' | 'keras' | 'onnx';

/** A cell that other frameworks have too. */
export type KnownCell = RNNCell | LSTMCell | GRUCell;

/** The order in which each framework that stacks its gates does so; n is Keras' and ONNX's h, g their c. */
const orders: { readonly [K in 'rnn' | 'lstm' | 'gru']: { readonly [L in Stacked]: string } } = {
  rnn: { pytorch: 'h', keras: 'h', onnx: 'h' },
  lstm: { pytorch: 'ifgo', keras: 'ifgo', onnx: 'iofg' },
  gru: { pytorch: 'rzn', keras: 'zrn', onnx: 'zrn' },
};

const kindOf = (cell: KnownCell) => (cell instanceof LSTMCell ? 'lstm' : cell instanceof GRUCell ? 'gru' : 'rnn');

/** How many gates a cell has. */
export const gatesOf = (cell: KnownCell): number => orders[kindOf(cell)].pytorch.length;

/** Rows [gates · hidden, …] of another layout in the order of the cell. */
export function toOwnOrder(rows: Tensor, cell: KnownCell, layout: Stacked): Tensor {
  const { [layout]: theirs, pytorch: own } = orders[kindOf(cell)];
  if (theirs === own) return rows;
  const gates = split(rows, theirs.length, 0);
  const sorted = [...own].map((gate) => gates[theirs.indexOf(gate)]);
  return concat(sorted, 0);
}

/** The cell, or an error that says why `layout` has nothing like it. */
export function knownCell(cell: Cell<State>, layout: Layout): KnownCell {
  const isKnown = cell instanceof RNNCell || cell instanceof LSTMCell || cell instanceof GRUCell;
  const reason = isKnown ? missingIn(cell as KnownCell, layout) : cell.constructor.name;
  if (reason) throw new HairpinError(`weights: the layout ${layout} has no ${reason}`);
  return cell as unknown as KnownCell;
}

function missingIn(cell: KnownCell, layout: Layout): string | undefined {
  if (cell instanceof GRUCell && cell.reset === 'before' && layout === 'pytorch') return "GRU with reset: 'before'";
  if (!(cell instanceof LSTMCell)) return layout === 'lasagne' ? cell.constructor.name : undefined;
  if (cell.tiedGates) return 'LSTM with tied gates';
  if (cell.sigmoidCandidate) return 'LSTM with a sigmoid candidate';
  if (cell.weightHh.shape.length === 1) return 'LSTM with a diagonal recurrence';
  return cell.peepholeI && layout !== 'onnx' && layout !== 'lasagne' ? 'LSTM with peepholes' : undefined;
}

/** The cells of one layer of a net. */
export function layerOf(net: Recurrent, layer: number): LayerCells {
  const cells = net.layers[layer];
  if (!cells) throw new HairpinError(`loadWeights: the net has ${net.layers.length} layers, and no layer ${layer}`);
  return cells;
}
