import { cast, HairpinError, type Parameter, type Shape, shapeError, Tensor, tensor, zeros } from '@hairpin/tensors';
import { type FileArray, toFloat32 } from '@hairpin/tensors/files';
import type { Recurrent } from '../recurrent/recurrent';
import { inOrder } from '../recurrent/state';
import type { KnownCell, Layout } from './gates';
import { kerasSlots, onnxSlots, pytorchSlots, type Slot } from './slots';

/** Numbers with a shape: a tensor, an array of a safetensors or npz file, or plain numbers. */
export type WeightArray = Tensor | FileArray | { readonly shape: Shape; readonly data: readonly number[] };

/** Where weights come from. */
export interface LoadWeightsOptions {
  /**
   * Whose names and order of gates: `pytorch` unless said. `keras` and `onnx` fill one layer of the net: `kernel`,
   * `recurrent_kernel`, `bias` (after `forward/` and `backward/` where there are both), or `W`, `R`, `B` and, for
   * peepholes, `P`.
   */
  readonly layout?: Layout;
  /** What stands before the names; names that begin otherwise are not looked at. */
  readonly prefix?: string;
  /** The layer that a Keras or ONNX layer goes to: 0 unless said. */
  readonly layer?: number;
  /** False for a net that was made without biases: ours become 0. */
  readonly bias?: boolean;
}

const layouts = { pytorch: pytorchSlots, keras: kerasSlots, onnx: onnxSlots };

/**
 * Fills an RNN, LSTM or GRU with weights from another framework, all or none. A Keras GRU with `reset_after=False` and
 * an ONNX GRU with `linear_before_reset=0` are GRUs with `reset: 'before'`.
 *
 * @throws HairpinError that names the tensors which are missing and left over, or ShapeError with the expected and the
 * found shape
 */
export function loadWeights(
  net: Recurrent,
  arrays: Readonly<Record<string, WeightArray>>,
  { layout = 'pytorch', prefix = '', layer = 0, bias = true }: LoadWeightsOptions = {},
): void {
  const slots = layouts[layout](net, { layer, bias });
  checkNames(slots, Object.keys(arrays), prefix);
  for (const { name, shape } of slots) {
    const found = arrays[prefix + name].shape;
    if (found.join() !== shape.join())
      throw shapeError('loadWeights', `"${prefix + name}" [${shape.join(', ')}]`, found);
  }
  const cells = net.layers
    .filter((_, l) => layout === 'pytorch' || l === layer)
    .flatMap(inOrder) as unknown[] as KnownCell[];
  const [{ weightIh }] = cells;
  for (const { name, put } of slots) put(asTensor(arrays[prefix + name], weightIh));
  if (!bias) for (const parameter of cells.flatMap(({ biasIh, biasHh }) => [biasIh, biasHh])) clear(parameter);
}

function checkNames(slots: readonly Slot[], names: readonly string[], prefix: string): void {
  const expected = new Set(slots.map(({ name }) => prefix + name));
  const missing = [...expected].filter((name) => !names.includes(name));
  const leftOver = names.filter((name) => name.startsWith(prefix) && !expected.has(name));
  const complaints = [
    missing.length && `missing ${missing.join(', ')}`,
    leftOver.length && `left over ${leftOver.join(', ')}`,
  ];
  if (missing.length + leftOver.length > 0)
    throw new HairpinError(`loadWeights: ${complaints.filter(Boolean).join('; ')}`);
}

function asTensor(array: WeightArray, { dtype, device }: Parameter): Tensor {
  if (array instanceof Tensor) return cast(array, dtype);
  return tensor(numbersOf(array), { shape: array.shape, dtype, device });
}

/** Halves are bits in a file's array, and whole numbers may be bigints. */
function numbersOf(
  array: FileArray | { readonly data: readonly number[] },
): readonly number[] | Float32Array | Float64Array {
  if (!('dtype' in array)) return array.data;
  return array.dtype === 'f64' ? array.data : toFloat32(array);
}

const clear = (parameter: Parameter): void => parameter.assign(zeros(parameter.shape, parameter));
