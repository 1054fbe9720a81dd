import { ArrayFileError } from '@hairpin/tensors/files';
import type { Group } from 'h5wasm';
import { describe, expect, it } from 'vitest';
import { readKerasWeights } from '../../src/keras/index';
import { survivesDamage } from './damage';
import { fillModel, hdf5File, nameList, small } from './keras-file';

const bytes = await hdf5File((root) => fillModel(root, small));

/** How the reader refuses a file. */
async function refusal(file: Uint8Array): Promise<string> {
  const error: unknown = await readKerasWeights(file, 'net.h5').catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ArrayFileError);
  return (error as Error).message;
}

const without = (change: (root: Group) => void) =>
  hdf5File((root) => {
    fillModel(root, small);
    change(root);
  });

describe('readKerasWeights', () => {
  it('gives every weight by its name, in the order of the model', async () => {
    const weights = await readKerasWeights(bytes);
    expect(Object.keys(weights)).toEqual(
      ['dense/kernel:0', 'dense/bias:0', 'attention/r_w:0', 'attention/inner/kernel:0', 'attention/steps:0'], // prettier-ignore
    );
    expect(weights['dense/kernel:0']).toEqual({
      ...{ dtype: 'f32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    });
    expect(weights['attention/r_w:0']).toEqual({ dtype: 'f64', shape: [1, 1, 2], data: Float64Array.of(0.5, -0.25) });
    expect(weights['attention/inner/kernel:0'].data).toEqual(Float32Array.of(1, 0, 0, 1, 0, 0, 1, 0));
    expect(weights['attention/steps:0']).toEqual({ dtype: 'i64', shape: [], data: BigInt64Array.of(7n) });
  });

  it('reads a whole model, and names that Keras has cut into pieces', async () => {
    const whole = await hdf5File((root) => fillModel(root.create_group('model_weights'), small, { pieces: 2 }));
    expect(await readKerasWeights(whole)).toEqual(await readKerasWeights(bytes));
  });

  it('says what is no HDF5, and where a file ends too soon', async () => {
    expect(await refusal(new Uint8Array(0))).toBe(
      'net.h5: expected an intact HDF5 file, found file signature not found',
    );
    expect(await refusal(new TextEncoder().encode('{"layers": []}'.repeat(50)))).toContain('signature not found');
    for (const length of [1, 100, bytes.length - 1])
      expect(await refusal(bytes.subarray(0, length))).toMatch(/^net\.h5: .*(truncated file|signature not found)/);
  });

  it('says what is HDF5 and not of Keras', async () => {
    const foreign = await hdf5File((root) => root.create_group('layers').create_group('dense'));
    expect(await refusal(foreign)).toBe(
      'net.h5: expected the attribute layer_names of a Keras file, found an HDF5 file of layers; ' +
        "Keras 3 writes this format by model.save('model.h5')",
    );
  });

  it('names the layer or weight that is missing or of another kind', async () => {
    const noGroup = await hdf5File((root) => nameList(root, 'layer_names', ['dense']));
    expect(await refusal(noGroup)).toBe('net.h5: expected a group for layer "dense", found none');
    const noNames = await without((root) => (root.get('dense') as Group).delete_attribute('weight_names'));
    expect(await refusal(noNames)).toBe('net.h5: layer "dense": expected the attribute weight_names, found none');
    const noWeight = await without((root) => {
      const dense = root.get('dense') as Group;
      dense.delete_attribute('weight_names');
      nameList(dense, 'weight_names', ['dense/gamma:0']);
    });
    expect(await refusal(noWeight)).toBe(
      'net.h5: weight "dense/gamma:0" of layer "dense": expected an array, found none',
    );
    const text = await hdf5File((root) => {
      nameList(root, 'layer_names', ['a']);
      const layer = root.create_group('a');
      nameList(layer, 'weight_names', ['w:0']);
      layer.create_dataset({ name: 'w:0', data: ['x', 'y'] });
    });
    expect(await refusal(text)).toMatch(/weight "w:0" of layer "a": expected floats or integers, found "S/);
  });

  it('reads names of any length', async () => {
    const free = await hdf5File((root) => fillModel(root, small, { names: 'any length' }));
    expect(await readKerasWeights(free)).toEqual(await readKerasWeights(bytes));
  });

  it('finds a damaged heap of names, in which HDF5 would walk for ever', async () => {
    const free = await hdf5File((root) => fillModel(root, small, { names: 'any length' }));
    const heap = new TextDecoder('latin1').decode(free).indexOf('GCOL');
    const circle = free.slice();
    circle.fill(0, heap + 16, heap + 32); // a first object that is free space of size 0
    expect(await refusal(circle)).toBe(
      `net.h5: expected a heap of names at byte ${heap}, found damage at byte ${heap + 16}`,
    );
  });

  it.each(['one length', 'any length'] as const)('names of %s: an error of ours for a damaged file, soon', (names) =>
    survivesDamage(500, names),
  );
});
