import type { Group } from 'h5wasm';

/** A weight as it is to stand in a file. */
export interface KerasWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array;
  readonly chunks?: readonly number[];
}

/** Layers in the order of a model: their weights by Keras' names. */
export type KerasLayers = Readonly<Record<string, Readonly<Record<string, KerasWeight>>>>;

const codes = new Map<unknown, string>([
  ...([[Float32Array, '<f'], [Float64Array, '<d'], [Int32Array, '<i'], [BigInt64Array, '<q']] as const), // prettier-ignore
]);

/** The bytes of an HDF5 file that `fill` fills. */
export async function hdf5File(fill: (root: Group) => void): Promise<Uint8Array> {
  const { default: hdf5 } = await import('h5wasm');
  const { FS } = (await hdf5.ready) as unknown as { FS: { readFile(path: string): Uint8Array } };
  const file = new hdf5.File('made.h5', 'w');
  fill(file);
  file.close();
  return FS.readFile('made.h5').slice();
}

/** How a list of names is written: old h5py made strings of any length, new ones of the longest; an empty list is of numbers. */
export type Names = 'any length' | 'one length';

/** A list of names as Keras writes it. */
export function nameList(group: Group, attribute: string, names: readonly string[], kind: Names = 'one length'): void {
  if (names.length === 0) return group.create_attribute(attribute, new Float64Array(0), [0]);
  if (kind === 'any length') return group.create_attribute(attribute, [...names]);
  group.create_attribute(attribute, [...names], [names.length], `S${Math.max(...names.map((name) => name.length))}`);
}

/** Writes layers as `save_weights` does; lists of names are cut into so many pieces where that is not one. */
export function fillModel(
  root: Group,
  layers: KerasLayers,
  { pieces = 1, names: kind }: { pieces?: number; names?: Names } = {},
): void {
  const names = Object.keys(layers);
  const size = Math.ceil(names.length / pieces);
  for (let k = 0; k < pieces; k++)
    nameList(root, pieces === 1 ? 'layer_names' : `layer_names${k}`, names.slice(k * size, (k + 1) * size), kind);
  for (const [layer, weights] of Object.entries(layers)) {
    const group = root.create_group(layer);
    nameList(group, 'weight_names', Object.keys(weights), kind);
    for (const [name, { shape, data, chunks }] of Object.entries(weights)) {
      const folder = name.split('/').slice(0, -1);
      folder.reduce((at, part) => (at.get(part) as Group | null) ?? at.create_group(part), group);
      const options = chunks ? { chunks: [...chunks], compression: 9 } : {};
      group.create_dataset({ name, data, shape: [...shape], dtype: codes.get(data.constructor)!, ...options });
    }
  }
}

/** A dense layer between two without weights, and an attention whose names do not begin with its own. */
export const small: KerasLayers = {
  input: {},
  dense: {
    'dense/kernel:0': { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    'dense/bias:0': { shape: [3], data: Float32Array.of(7, 8, 9) },
  },
  flatten: {},
  attention: {
    'r_w:0': { shape: [1, 1, 2], data: Float64Array.of(0.5, -0.25) },
    'attention/inner/kernel:0': { shape: [4, 2], data: Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0), chunks: [2, 2] },
    'steps:0': { shape: [], data: BigInt64Array.of(7n) },
  },
};
