import { split, type Tensor, zerosLike } from '@hairpin/tensors';
import { Cell, type State } from '../../cells/cell';
import { GRUCell } from '../../cells/gru-cell';
import { Conv1d } from '../../convolution/conv1d';
import { Embedding } from '../../embedding';
import { Linear } from '../../linear';
import { BatchNorm1d } from '../../norm/batch-norm1d';
import { LayerNorm } from '../../norm/layer-norm';
import { Recurrent } from '../../recurrent/recurrent';
import { inOrder, mapWalks } from '../../recurrent/state';
import { gatesOf, knownCell, layerOf, toOwnOrder } from '../gates';
import { type Slot, slot, type SlotOptions, zero } from '../slot';

/** `kernel` [in, gates · hidden], `recurrent_kernel`, `bias`. */
function cellSlots(of: Cell<State>): Slot[] {
  const cell = knownCell(of, 'keras');
  const { inputSize, hiddenSize, weightIh, weightHh, biasIh, biasHh } = cell;
  const rows = gatesOf(cell) * hiddenSize;
  const own = (value: Tensor) => toOwnOrder(value, cell, 'keras');
  const turned = (value: Tensor) => own(value.transpose());
  const hasTwo = cell instanceof GRUCell && cell.reset === 'after'; // reset_after: a bias for each product
  const putBias = (value: Tensor) => {
    const [ih, hh] = hasTwo ? split(value, 2, 0).map((row) => row.reshape([rows])) : [value, zerosLike(value)];
    biasIh.assign(own(ih));
    biasHh.assign(own(hh));
  };
  const bias = slot(biasIh, { path: 'biasIh', name: 'bias', shape: hasTwo ? [2, rows] : [rows] });
  return [
    slot(weightIh, { path: 'weightIh', name: 'kernel', shape: [inputSize, rows], change: turned }),
    slot(weightHh, { path: 'weightHh', name: 'recurrent_kernel', shape: [hiddenSize, rows], change: turned }),
    { ...bias, put: putBias, clear: () => [biasIh, biasHh].forEach(zero) },
  ];
}

/** One layer of a net; in a bidirectional one after `forward/` and `backward/`. */
function recurrentSlots(net: Recurrent, { layer }: SlotOptions): Slot[] {
  const cells = layerOf(net, layer);
  const isBoth = inOrder(cells).length > 1;
  return inOrder(
    mapWalks(cells, (cell, walk) => {
      const prefix = isBoth ? { forward: 'forward/', reverse: 'backward/' }[walk] : '';
      return cellSlots(cell).map((slot) => ({
        ...slot,
        path: `layers.${layer}.${walk}.${slot.path}`,
        name: prefix + slot.name,
      }));
    }),
  ).flat();
}

/** `kernel` [in, out], `bias`. */
function linearSlots({ weight, bias }: Linear): Slot[] {
  const shape = weight.shape.toReversed();
  const kernel = slot(weight, { path: 'weight', name: 'kernel', shape, change: (value) => value.transpose() });
  return [kernel, slot(bias, { path: 'bias' })];
}

/** `kernel` [width, in, out], `bias`. */
function convSlots({ weight, bias }: Conv1d): Slot[] {
  const shape = weight.shape.toReversed();
  const change = (value: Tensor) => value.permute([2, 1, 0]);
  return [
    slot(weight, { path: 'weight', name: 'kernel', shape, change }),
    ...(bias ? [slot(bias, { path: 'bias' })] : []),
  ];
}

const normSlots = ({ weight, bias }: LayerNorm): Slot[] => [
  slot(weight, { path: 'weight', name: 'gamma' }),
  slot(bias, { path: 'bias', name: 'beta' }),
];

const batchNormSlots = (norm: BatchNorm1d): Slot[] => [
  ...normSlots(norm),
  slot(norm.runningMean, { path: 'runningMean', name: 'moving_mean' }),
  slot(norm.runningVar, { path: 'runningVar', name: 'moving_variance' }),
];

function slotsOf(part: object, options: SlotOptions): Slot[] | undefined {
  if (part instanceof Recurrent) return recurrentSlots(part, options);
  if (part instanceof Cell) return cellSlots(part);
  if (part instanceof Linear) return linearSlots(part);
  if (part instanceof Conv1d) return convSlots(part);
  if (part instanceof Embedding) return [slot(part.weight, { path: 'weight', name: 'embeddings' })];
  if (part instanceof BatchNorm1d) return batchNormSlots(part);
  return part instanceof LayerNorm ? normSlots(part) : undefined;
}

/** Keras' names and shapes, without the `:0` that TensorFlow puts behind them. */
export const keras = { separator: '/', slotsOf, field: (_: object, key: string) => key };
