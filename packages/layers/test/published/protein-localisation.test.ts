import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { softmax, tensor } from '@hairpin/tensors';
import { readNpz, toFloat32 } from '@hairpin/tensors/files';
import { describe, expect, it } from 'vitest';
import { type Layer, loadWeights, type Mapping } from '../../src/index';
import { dataFolder, hasData } from '../data';
import { Convolutional, ConvolutionalLSTM, ConvolutionalLSTMAttention, FeedForward } from './protein-localisation';

const file = (name: string) => readFileSync(join(dataFolder!, 'protein_localization_profiles', name));

/** Network, its file, and the accuracy that its authors published. */
const networks: [string, new () => Layer, Mapping, number][] = [
  ['FFN', FeedForward, FeedForward.names, 0.757],
  ['CNN', Convolutional, Convolutional.names, 0.783],
  ['CNN-LSTM', ConvolutionalLSTM, ConvolutionalLSTM.names, 0.814],
  ['CNN-LSTM-Attention', ConvolutionalLSTMAttention, ConvolutionalLSTMAttention.names, 0.83],
];

const argmax = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/** Where a row of the mask ends: it is 1 from the beginning to there. */
function lengthsOf(mask: Float32Array, rows: number): Int32Array {
  const width = mask.length / rows;
  return Int32Array.from({ length: rows }, (_, i) => {
    const row = mask.subarray(i * width, (i + 1) * width);
    const length = row.reduce((sum, m) => sum + m, 0);
    expect(row.subarray(0, length).every((m) => m === 1)).toBe(true);
    return length;
  });
}

describe.skipIf(!hasData)('four published networks of protein localisation, from Lasagne', () => {
  it.each(networks)('%s', { timeout: 300_000 }, async (name, Network, mapping, published) => {
    const { X_val: x, y_val: y, mask_val: mask } = readNpz(file('reduced_val.npz'));
    const [proteins] = x.shape;
    const model = new Network();
    loadWeights(model, readNpz(file(`${name}_params.npz`), name), { layout: 'lasagne', mapping });
    const lengths = tensor(lengthsOf(toFloat32(mask), proteins));
    const logits = model.forward(tensor(toFloat32(x), { shape: x.shape }), { lengths });
    const flat = Array.from(await softmax(logits, -1).data());
    const expected = JSON.parse(gunzipSync(file('expected_probabilities.json.gz')).toString()).probabilities[
      name
    ].flat();
    expect(flat.length).toBe(635 * 10);
    expect(Math.max(...flat.map((p, i) => Math.abs(p - expected[i])))).toBeLessThan(1e-4);
    const classes = Array.from({ length: proteins }, (_, i) => argmax(flat.slice(10 * i, 10 * (i + 1))));
    const right = classes.filter((c, i) => c === Number(y.data[i])).length;
    expect((right / proteins).toFixed(3)).toBe(published.toFixed(3));
  });
});
