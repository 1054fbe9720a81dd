import { split, type Tensor } from '@hairpin/tensors';
import { LSTMCell } from '../../cells/lstm-cell';
import { ConvTranspose1d } from '../../convolution/conv-transpose1d';
import { Conv1d } from '../../convolution/conv1d';
import { Recurrent } from '../../recurrent/recurrent';
import { inOrder } from '../../recurrent/state';
import { gatesOf, type KnownCell, knownCell, layerOf, toOwnOrder } from '../gates';
import { type Slot, slot, type SlotOptions, zero } from '../slot';

/** `W` [directions, gates · hidden, in], `R`, `B` = [Wb, Rb], and `P` (i, o, f) where the cell has peepholes. */
function recurrentSlots(net: Recurrent, { layer }: SlotOptions): Slot[] {
  const cells = inOrder(layerOf(net, layer)).map((cell) => knownCell(cell, 'onnx'));
  const [cell] = cells;
  const rows = gatesOf(cell) * cell.hiddenSize;
  const each = (use: (cell: KnownCell, own: Tensor) => void) => (value: Tensor) =>
    split(value, cells.length, 0).forEach((own, d) => use(cells[d], own.reshape(own.shape.slice(1))));
  const of = (field: 'weightIh' | 'weightHh' | 'biasIh' | 'biasHh') =>
    each((of, value) => of[field].assign(toOwnOrder(value, of, 'onnx')));
  const putBias = each((of, value) =>
    split(value, 2, 0).forEach((own, k) => [of.biasIh, of.biasHh][k].assign(toOwnOrder(own, of, 'onnx'))),
  );
  const one = (name: string, ...rest: number[]) =>
    slot(cell.weightIh, { path: `layers.${layer}.${name}`, name, shape: [cells.length, ...rest] });
  const biases = cells.flatMap(({ biasIh, biasHh }) => [biasIh, biasHh]);
  const slots: Slot[] = [
    { ...one('W', rows, cell.inputSize), put: of('weightIh') },
    { ...one('R', rows, cell.hiddenSize), put: of('weightHh') },
    { ...one('B', 2 * rows), put: putBias, clear: () => biases.forEach(zero) },
  ];
  const hasPeepholes = cell instanceof LSTMCell && cell.peepholeI;
  return hasPeepholes ? [...slots, { ...one('P', 3 * cell.hiddenSize), put: each(putPeepholes) }] : slots;
}

function putPeepholes(cell: KnownCell, value: Tensor): void {
  const { peepholeI, peepholeO, peepholeF } = cell as LSTMCell;
  const parts = split(value, 3, 0);
  [peepholeI, peepholeO, peepholeF].forEach((parameter, k) => parameter?.assign(parts[k]));
}

const convSlots = ({ weight, bias }: Conv1d | ConvTranspose1d): Slot[] => [
  slot(weight, { path: 'weight', name: 'W' }),
  ...(bias ? [slot(bias, { path: 'bias', name: 'B' })] : []),
];

function slotsOf(part: object, options: SlotOptions): Slot[] | undefined {
  if (part instanceof Recurrent) return recurrentSlots(part, options);
  return part instanceof Conv1d || part instanceof ConvTranspose1d ? convSlots(part) : undefined;
}

/** The inputs of ONNX' operators. */
export const onnx = { separator: '.', slotsOf, field: (_: object, key: string) => key };
