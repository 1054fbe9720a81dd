import { Rng } from '@hairpin/tensors';
import { type FileArray, readNpz, readSafetensors, writeNpz, writeSafetensors } from '@hairpin/tensors/files';
import { describe, expect, it } from 'vitest';
import { type Layer, loadWeights } from '../src/index';
import { named } from './cases';

/** The parameters of a layer as a file holds them. */
async function arraysOf(layer: Layer): Promise<Record<string, FileArray>> {
  const entries = Object.entries(layer.parameters()).map(async ([path, parameter]) => {
    const data = Float32Array.from(await parameter.data());
    return [path, { dtype: 'f32', shape: [...parameter.shape], data }] satisfies [string, FileArray];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const formats = {
  safetensors: (arrays: Record<string, FileArray>) => readSafetensors(writeSafetensors(arrays)).tensors,
  npz: (arrays: Record<string, FileArray>) => readNpz(writeNpz(arrays, { compress: true })),
};

describe.each(Object.entries(formats))('through a file of %s', (_, through) => {
  it.each(named)('%s comes back as it was', async (_, { of }) => {
    const [from, to] = [of(new Rng(1)), of(new Rng(2))];
    const arrays = await arraysOf(from);
    loadWeights(to, through(arrays), { layout: 'hairpin' });
    expect(await arraysOf(to)).toEqual(arrays);
  });
});
