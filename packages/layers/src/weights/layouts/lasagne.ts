import { HairpinError, type Tensor, zeros } from '@hairpin/tensors';
import { AdditiveAttention } from '../../attention/additive-attention';
import { Cell, type State } from '../../cells/cell';
import type { LSTMCell } from '../../cells/lstm-cell';
import { Conv1d } from '../../convolution/conv1d';
import { Linear } from '../../linear';
import { LearnedState } from '../../recurrent/initial-state';
import { Recurrent } from '../../recurrent/recurrent';
import { inOrder, mapWalks, partsOfWidth } from '../../recurrent/state';
import { knownCell, layerOf } from '../gates';
import { rowsSlot, type Slot, slot, type SlotOptions, zero } from '../slot';

const turned = (value: Tensor): Tensor => value.transpose();

/** Names of the gates, in the order of our rows. */
const gates = ['ingate', 'forgetgate', 'cell', 'outgate'];

/** For each gate `W_in_to_…` [in, hidden], `W_hid_to_…`, `b_…`, then the peepholes; the order of Lasagne's parameters. */
function cellSlots(of: Cell<State>): Slot[] {
  const cell = knownCell(of, 'lasagne') as LSTMCell;
  const { hiddenSize: count, weightIh, weightHh, biasIh, biasHh, peepholeI, peepholeF, peepholeO } = cell;
  const perGate = gates.flatMap((gate, k) => {
    const rows = { from: k * count, count };
    const bias = rowsSlot(biasIh, { name: `b_${gate}`, ...rows });
    const putBias = (value: Tensor) => {
      bias.put(value);
      if (k === 0) zero(biasHh); // Lasagne has one bias for both products
    };
    return [
      rowsSlot(weightIh, { name: `W_in_to_${gate}`, ...rows, isTurned: true }),
      rowsSlot(weightHh, { name: `W_hid_to_${gate}`, ...rows, isTurned: true }),
      { ...bias, put: putBias, clear: () => putBias(zeros([count], biasIh)) },
    ];
  });
  const peepholes = Object.entries({ ingate: peepholeI, forgetgate: peepholeF, outgate: peepholeO });
  return [...perGate, ...peepholes.flatMap(([gate, p]) => (p ? slot(p, { path: `W_cell_to_${gate}` }) : []))];
}

/** The cells of one layer, after each its `cell_init` and `hid_init` [1, hidden]; forward before backward. */
function recurrentSlots(net: Recurrent, { layer }: SlotOptions): Slot[] {
  const { initial } = net;
  if (!(initial instanceof LearnedState))
    throw new HairpinError("loadWeights: Lasagne saves where a net starts; make it with initial: 'learned'");
  const starts = partsOfWidth(net.layers);
  return inOrder(
    mapWalks(layerOf(net, layer), (cell, walk) => {
      const start = (part: string, name: string): Slot => {
        const { from, width } = starts.find((s) => s.layer === layer && s.walk === walk && s.name === part)!;
        const rows = rowsSlot(initial.value, { name, from, count: width });
        return { ...rows, shape: [1, width], put: (value) => rows.put(value.reshape([width])) };
      };
      const own = [...cellSlots(cell), start('c', 'cell_init'), start('h', 'hid_init')];
      const prefix = inOrder(layerOf(net, layer)).length > 1 ? { forward: 'forward.', reverse: 'backward.' }[walk] : '';
      return own.map((slot) => ({ ...slot, path: `layers.${layer}.${walk}.${slot.path}`, name: prefix + slot.name }));
    }),
  ).flat();
}

/** `W` [in, out], `b`. */
const linearSlots = ({ weight, bias }: Linear): Slot[] => [
  slot(weight, { path: 'weight', name: 'W', shape: weight.shape.toReversed(), change: turned }),
  slot(bias, { path: 'bias', name: 'b' }),
];

/** `W` [out, in, width], which a convolution of Lasagne's reads from its last position to its first; `b`. */
const convSlots = ({ weight, bias }: Conv1d): Slot[] => [
  slot(weight, { path: 'weight', name: 'W', change: (value) => value.flip(2) }),
  ...(bias ? [slot(bias, { path: 'bias', name: 'b' })] : []),
];

/** `W_align` [query, hidden], `U_align` [keys, hidden], `v_align` [hidden, 1], of the decoders written for Lasagne. */
const attentionSlots = ({ queryWeight, keyWeight, score }: AdditiveAttention): Slot[] => [
  slot(queryWeight, { path: 'queryWeight', name: 'W_align', shape: queryWeight.shape.toReversed(), change: turned }),
  slot(keyWeight, { path: 'keyWeight', name: 'U_align', shape: keyWeight.shape.toReversed(), change: turned }),
  slot(score, { path: 'score', name: 'v_align', shape: [score.shape[0], 1], change: (v) => v.reshape(score.shape) }),
];

function slotsOf(part: object, options: SlotOptions): Slot[] | undefined {
  if (part instanceof Recurrent) return recurrentSlots(part, options);
  if (part instanceof Cell) return cellSlots(part);
  if (part instanceof Linear) return linearSlots(part);
  if (part instanceof AdditiveAttention) return attentionSlots(part);
  return part instanceof Conv1d ? convSlots(part) : undefined;
}

/** Lasagne's names and shapes, in the order of `get_all_param_values`, for its files have numbers and no names. */
export const lasagne = { separator: '.', slotsOf, field: (_: object, key: string) => key };
