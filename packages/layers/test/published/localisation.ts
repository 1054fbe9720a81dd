import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { softmax, tensor, type Tensor } from '@hairpin/tensors';
import { type FileArray, readNpz, toFloat32 } from '@hairpin/tensors/files';
import { expect } from 'vitest';
import { type Layer, loadWeights, type Mapping } from '../../src/index';
import { dataFolder } from '../data';
import { Convolutional, ConvolutionalLSTM, ConvolutionalLSTMAttention, FeedForward } from './protein-localisation';

const PROTEINS = 635;
const CLASSES = 10;

/** The networks by the names of their files, and the accuracy that their authors published. */
const networks: Readonly<Record<string, { of: new () => Layer; names: Mapping; published: number }>> = {
  FFN: { of: FeedForward, names: FeedForward.names, published: 0.757 },
  CNN: { of: Convolutional, names: Convolutional.names, published: 0.783 },
  'CNN-LSTM': { of: ConvolutionalLSTM, names: ConvolutionalLSTM.names, published: 0.814 },
  'CNN-LSTM-Attention': { of: ConvolutionalLSTMAttention, names: ConvolutionalLSTMAttention.names, published: 0.83 },
};

/** Their names. */
export const networkNames = Object.keys(networks);

const file = (name: string) => readFileSync(join(dataFolder!, 'protein_localization_profiles', name));

/** The rows of the first `count` proteins. */
function rowsOf(array: FileArray, count: number): Tensor {
  const shape = [count, ...array.shape.slice(1)];
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(toFloat32(array).slice(0, size), { shape });
}

/** How long the first `count` proteins are: their masks are 1 from the beginning to there. */
function lengthsOf(mask: FileArray, count: number): Int32Array {
  const [data, width] = [toFloat32(mask), mask.shape[1]];
  return Int32Array.from({ length: count }, (_, i) => {
    const row = data.subarray(i * width, (i + 1) * width);
    const length = row.reduce((sum, m) => sum + m, 0);
    expect(row.subarray(0, length).every((m) => m === 1)).toBe(true);
    return length;
  });
}

const argmax = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/** The classes of the first `count` proteins against the probabilities that are stored, and, of all, the accuracy. */
export async function checkNetwork(name: string, count = PROTEINS): Promise<void> {
  const { X_val: x, y_val: y, mask_val: mask } = readNpz(file('reduced_val.npz'));
  expect(x.shape[0]).toBe(PROTEINS);
  const { of, names, published } = networks[name];
  const model = new of();
  loadWeights(model, readNpz(file(`${name}_params.npz`), name), { layout: 'lasagne', mapping: names });
  const logits = model.forward(rowsOf(x, count), { lengths: tensor(lengthsOf(mask, count)) });
  const probabilities = Array.from(await softmax(logits, -1).data());
  const stored = JSON.parse(gunzipSync(file('expected_probabilities.json.gz')).toString()).probabilities[name];
  const expected: number[] = stored.slice(0, count).flat();
  expect(probabilities.length).toBe(count * CLASSES);
  expect(Math.max(...probabilities.map((p, i) => Math.abs(p - expected[i])))).toBeLessThan(1e-4);
  if (count < PROTEINS) return;
  const rows = Array.from({ length: count }, (_, i) => probabilities.slice(i * CLASSES, (i + 1) * CLASSES));
  const right = rows.filter((row, i) => argmax(row) === Number(y.data[i])).length;
  expect((right / count).toFixed(3)).toBe(published.toFixed(3));
}
