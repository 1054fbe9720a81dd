import { ArrayFileError, type FileArray, type FileDType } from '@hairpin/tensors/files';
import type { Dataset, Group } from 'h5wasm';
import { readHdf5 } from './hdf5';

/**
 * The weights of a Keras HDF5 file, of `model.save_weights('….h5')` or `model.save('….h5')`: all of them or nothing, in
 * the order of the model, by Keras' names with the layer's before them unless it stands there already:
 * `seq_conv/kernel:0`, `attention/r_w:0`. Needs the package `h5wasm`.
 *
 * @param label names the file in errors
 * @throws ArrayFileError that says what is no HDF5, no Keras, damaged or missing, and where
 */
export function readKerasWeights(bytes: Uint8Array, label = 'h5'): Promise<Record<string, FileArray>> {
  return readHdf5(bytes, label, (root, { Group, Dataset }) => {
    const isGroup = (entity: unknown): entity is Group => entity instanceof Group;
    const isDataset = (entity: unknown): entity is Dataset => entity instanceof Dataset;
    const model = modelIn(root, isGroup, label);
    const found: [string, FileArray][] = [];
    for (const layer of namesIn(model, 'layer_names', label)) {
      const group = model.get(layer);
      if (!isGroup(group)) throw new ArrayFileError(`${label}: expected a group for layer "${layer}", found none`);
      for (const weight of namesIn(group, 'weight_names', `${label}: layer "${layer}"`)) {
        const where = `${label}: weight "${weight}" of layer "${layer}"`;
        const dataset = group.get(weight);
        if (!isDataset(dataset)) throw new ArrayFileError(`${where}: expected an array, found none`);
        found.push([nameOf(layer, weight), arrayOf(dataset, bytes.length, where)]);
      }
    }
    return Object.fromEntries(found);
  });
}

const nameOf = (layer: string, weight: string): string =>
  weight.startsWith(`${layer}/`) ? weight : `${layer}/${weight}`;

/** The group with the layers: the root, or `model_weights` where the whole model was saved. */
function modelIn(root: Group, isGroup: (entity: unknown) => entity is Group, label: string): Group {
  const whole = root.keys().includes('model_weights') ? root.get('model_weights') : null;
  const model = isGroup(whole) ? whole : root;
  const attributes = Object.keys(model.attrs);
  if (attributes.some((name) => /^layer_names\d*$/.test(name))) return model;
  const parts = root.keys().slice(0, 8).join(', ') || 'nothing';
  throw new ArrayFileError(
    `${label}: expected the attribute layer_names of a Keras file, found an HDF5 file of ${parts}; ` +
      "Keras 3 writes this format by model.save('model.h5')",
  );
}

/** A list of names, which Keras cuts into `name0`, `name1` … where one attribute would be too long. */
function namesIn(group: Group, name: string, where: string): string[] {
  const parts = Object.keys(group.attrs).filter((key) => key.replace(/\d+$/, '') === name);
  if (parts.length === 0) throw new ArrayFileError(`${where}: expected the attribute ${name}, found none`);
  const inOrder = parts.toSorted((a, b) => Number(a.slice(name.length)) - Number(b.slice(name.length)));
  return inOrder.flatMap((key) => {
    const attribute = group.attrs[key];
    if (attribute.shape?.length === 1 && attribute.shape[0] === 0) return []; // an empty list has the type of numbers
    const { value } = attribute;
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value as string[];
    throw new ArrayFileError(`${where}: expected a list of names as attribute ${key}, found ${typeof value}`);
  });
}

/** Elements of HDF5's classes, whole numbers 0 and floating point 1, by bytes and sign. */
const elements: Readonly<Record<string, readonly [FileDType, { of(...values: never[]): ArrayBufferView }]>> = {
  ...{ '1 4': ['f32', Float32Array], '1 8': ['f64', Float64Array] },
  ...{ '0 1': ['u8', Uint8Array], '0 2': ['u16', Uint16Array], '0 4': ['u32', Uint32Array] },
  ...{ '0 1 signed': ['i8', Int8Array], '0 2 signed': ['i16', Int16Array], '0 4 signed': ['i32', Int32Array] },
  ...{ '0 8': ['u64', BigUint64Array], '0 8 signed': ['i64', BigInt64Array] },
};

const MAX_DEFLATE_RATIO = 1032; // zlib.net/zlib_tech.html: a false shape would reserve gigabytes

function arrayOf(dataset: Dataset, fileBytes: number, where: string): FileArray {
  const { type, size, signed, shape, total_size: count } = dataset.metadata;
  const element = elements[`${type} ${size}${type === 0 && signed ? ' signed' : ''}`];
  if (!element || !shape)
    throw new ArrayFileError(`${where}: expected floats or integers, found ${JSON.stringify(dataset.dtype)}`);
  if (count * size > fileBytes * MAX_DEFLATE_RATIO)
    throw new ArrayFileError(`${where}: expected at most ${MAX_DEFLATE_RATIO} times the file, found [${shape}]`);
  const [dtype, Elements] = element;
  const { value } = dataset;
  const data = (ArrayBuffer.isView(value) ? value : Elements.of(value as never)) as FileArray['data']; // a scalar comes as a number
  if (data.length !== count) throw new ArrayFileError(`${where}: expected ${count} elements, found ${data.length}`);
  return { dtype, shape, data } as FileArray;
}
