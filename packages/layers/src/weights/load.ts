import { cast, type Parameter, type Shape, Tensor, tensor } from '@hairpin/tensors';
import { type FileArray, toFloat32 } from '@hairpin/tensors/files';
import type { Layer } from '../layer';
import { checkFile } from './complaints';
import type { Layout } from './gates';
import type { Slot } from './slot';
import { layouts, type Mapping, slotsOf } from './slots-of';

/** Numbers with a shape: a tensor, an array of a safetensors, npz or Keras file, or plain numbers. */
export type WeightArray = Tensor | FileArray | { readonly shape: Shape; readonly data: readonly number[] };

/** Where weights come from. */
export interface LoadWeightsOptions {
  /**
   * Whose names, shapes and order of gates: `pytorch` unless said; `hairpin` are our own, the paths of fields. Of a recurrent
   * net `keras`, `onnx` and `lasagne` fill one layer: `kernel`, `recurrent_kernel`, `bias` (after `forward/` and `backward/`
   * where there are both), or `W`, `R`, `B` and, for peepholes, `P`, or `W_in_to_ingate` … `hid_init`.
   */
  readonly layout?: Layout;
  /**
   * Our paths and what stands there in the file, where that is not the layout's name for the path: `{ encoder: 'lstm/cell' }`
   * for all that is in a part, `{ 'head.weight': 'out/kernel' }` for one array. A list names all arrays of a part in the
   * layout's order, as for a Lasagne file, whose arrays have numbers. Null is for a bias that the file lacks: ours becomes 0.
   */
  readonly mapping?: Mapping;
  /** What stands before the names; names that begin otherwise are not looked at. */
  readonly prefix?: string;
  /** The layer of a net of several that a Keras, ONNX or Lasagne layer goes to: 0 unless said. */
  readonly layer?: number;
  /** False for a model that was made without biases: ours become 0. */
  readonly bias?: boolean;
}

/**
 * Fills a layer with weights from another framework or of our own, all or none. A Keras GRU with `reset_after=False` and
 * an ONNX GRU with `linear_before_reset=0` are GRUs with `reset: 'before'`. What is no array is for the model to say, such
 * as `eps` of a norm, which is 1e-3 in Keras.
 *
 * @throws HairpinError that names all arrays which are missing, left over or of another shape, and the nearest names
 */
export function loadWeights(
  model: Layer,
  arrays: Readonly<Record<string, WeightArray>>,
  { layout = 'pytorch', mapping = {}, prefix = '', layer = 0, bias = true }: LoadWeightsOptions = {},
): void {
  const plain = (name: string) => (layout === 'keras' ? name.replace(/:0$/, '') : name);
  const found = new Map(Object.entries(arrays).map(([name, array]) => [plain(name), array]));
  const all = slotsOf(model, layout, mapping, { layer }).map((slot) => ({ ...slot, name: plain(prefix + slot.name) }));
  const isLacking = ({ path, clear }: Slot) => clear && (!bias || mapping[path] === null);
  const slots = all.filter((slot) => !isLacking(slot));
  const names = new Set(slots.map(({ name }) => name));
  const { ignored } = layouts[layout];
  const leftOver = [...found.keys()].filter(
    (name) => name.startsWith(prefix) && !names.has(name) && !ignored?.test(name),
  );
  checkFile(slots, new Map([...found].map(([name, { shape }]) => [name, shape])), leftOver);
  for (const { name, parameter, put } of slots) put(asTensor(found.get(name)!, parameter));
  for (const slot of all) if (isLacking(slot)) slot.clear?.();
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
