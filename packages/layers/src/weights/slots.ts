import { HairpinError, type Parameter, type Shape, split, type Tensor, zerosLike } from '@hairpin/tensors';
import { GRUCell } from '../cells/gru-cell';
import { LSTMCell } from '../cells/lstm-cell';
import type { Recurrent } from '../recurrent/recurrent';
import { inOrder, type LayerCells, mapWalks } from '../recurrent/state';
import { gatesOf, type KnownCell, knownCell, toOwnOrder } from './gates';
import { pytorchNames } from './pytorch-names';

/** A tensor that a file must hold, and what becomes of it. */
export interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly put: (value: Tensor) => void;
}

/** What of a net is filled, by a file with or without biases. */
export interface SlotOptions {
  /** The layer that a Keras or ONNX layer goes to. */
  readonly layer: number;
  readonly bias: boolean;
}

/** `weight_ih_l0`, `bias_hh_l1_reverse` …: all layers at once, the numbers as they are. */
export function pytorchSlots(net: Recurrent, { bias }: SlotOptions): Slot[] {
  return Object.entries(pytorchNames(net)).flatMap(([name, parameter]) => {
    if (bias || !name.startsWith('bias'))
      return { name, shape: parameter.shape, put: (v: Tensor) => parameter.assign(v) };
    return [];
  });
}

/**
 * `kernel` [in, gates · hidden], `recurrent_kernel`, `bias`; in a bidirectional layer after `forward/` and `backward/`.
 */
export function kerasSlots(net: Recurrent, { layer, bias }: SlotOptions): Slot[] {
  const cells = layerOf(net, layer);
  const isBoth = inOrder(cells).length > 1;
  return inOrder(
    mapWalks(cells, (cell, walk) => {
      const prefix = isBoth ? { forward: 'forward/', reverse: 'backward/' }[walk] : '';
      return kerasCell(knownCell(cell, 'keras'), bias).map((slot) => ({ ...slot, name: prefix + slot.name }));
    }),
  ).flat();
}

function kerasCell(cell: KnownCell, bias: boolean): Slot[] {
  const { inputSize, hiddenSize } = cell;
  const rows = gatesOf(cell) * hiddenSize;
  const put = (parameter: Parameter, value: Tensor) => parameter.assign(toOwnOrder(value, cell, 'keras'));
  const kernels: Slot[] = [
    { name: 'kernel', shape: [inputSize, rows], put: (v) => put(cell.weightIh, v.transpose()) },
    { name: 'recurrent_kernel', shape: [hiddenSize, rows], put: (v) => put(cell.weightHh, v.transpose()) },
  ];
  const hasTwo = cell instanceof GRUCell && cell.reset === 'after'; // reset_after: a bias for each product
  const putBias = (value: Tensor) => {
    const [ih, hh] = hasTwo ? split(value, 2, 0).map((row) => row.reshape([rows])) : [value, zerosLike(value)];
    put(cell.biasIh, ih);
    put(cell.biasHh, hh);
  };
  return bias ? [...kernels, { name: 'bias', shape: hasTwo ? [2, rows] : [rows], put: putBias }] : kernels;
}

/** `W` [directions, gates · hidden, in], `R`, `B` = [Wb, Rb], and `P` (i, o, f) where the cell has peepholes. */
export function onnxSlots(net: Recurrent, { layer, bias }: SlotOptions): Slot[] {
  const cells = inOrder(layerOf(net, layer)).map((cell) => knownCell(cell, 'onnx'));
  const [cell] = cells;
  const rows = gatesOf(cell) * cell.hiddenSize;
  const each = (use: (cell: KnownCell, own: Tensor) => void) => (value: Tensor) =>
    split(value, cells.length, 0).forEach((own, d) => use(cells[d], own.reshape(own.shape.slice(1))));
  const put = (parameter: Parameter, value: Tensor, of: KnownCell) => parameter.assign(toOwnOrder(value, of, 'onnx'));
  const putBias = (of: KnownCell, value: Tensor) => {
    const [ih, hh] = split(value, 2, 0);
    put(of.biasIh, ih, of);
    put(of.biasHh, hh, of);
  };
  const shape = (...rest: number[]) => [cells.length, ...rest];
  const slots: Slot[] = [
    { name: 'W', shape: shape(rows, cell.inputSize), put: each((of, v) => put(of.weightIh, v, of)) },
    { name: 'R', shape: shape(rows, cell.hiddenSize), put: each((of, v) => put(of.weightHh, v, of)) },
  ];
  if (bias) slots.push({ name: 'B', shape: shape(2 * rows), put: each(putBias) });
  if (cell instanceof LSTMCell && cell.peepholeI)
    slots.push({ name: 'P', shape: shape(3 * cell.hiddenSize), put: each(putPeepholes) });
  return slots;
}

function putPeepholes(cell: KnownCell, value: Tensor): void {
  const { peepholeI, peepholeO, peepholeF } = cell as LSTMCell;
  const parts = split(value, 3, 0);
  [peepholeI, peepholeO, peepholeF].forEach((parameter, k) => parameter?.assign(parts[k]));
}

function layerOf(net: Recurrent, layer: number): LayerCells {
  const cells = net.layers[layer];
  if (!cells) throw new HairpinError(`loadWeights: the net has ${net.layers.length} layers, and no layer ${layer}`);
  return cells;
}
