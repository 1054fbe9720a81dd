import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '@hairpin/tensors/files';
import { describe, expect, it } from 'vitest';
import { loadWeights } from '../../src/index';
import { readKerasWeights } from '../../src/keras/index';
import { dataFolder, hasData } from '../data';
import { Canya, canyaNames, peptides } from './canya';

const file = (...path: string[]) => readFileSync(join(dataFolder!, 'canya_aggregation', ...path));

describe.skipIf(!hasData)('the ten networks of CANYA, from Keras files', () => {
  const [, ...rows] = hasData ? file('example_expected_scores.tsv').toString().trim().split('\n') : [];
  const table = rows.map((row) => row.split('\t'));
  const networks = Array.from({ length: 10 }, (_, k) => k + 1);

  it.each(networks)('network %i gives 367 peptides the scores that are stored', async (network) => {
    const weights = await readKerasWeights(file('keras_h5', `model_weights${network}.h5`));
    const model = new Canya();
    loadWeights(model, weights, { layout: 'keras', mapping: canyaNames });
    const scores = await model.forward(peptides(table.map(([, sequence]) => sequence))).data();
    expect(scores.length).toBe(367);
    const deviations = table.map((row, i) => Math.abs(scores[i] - Number(row[1 + network])));
    expect(Math.max(...deviations)).toBeLessThan(1e-5);
  });

  it('the Keras file holds what the safetensors file holds', async () => {
    const keras = await readKerasWeights(file('keras_h5', 'model_weights3.h5'));
    const { tensors } = readSafetensors(file('weights_10nets.safetensors'));
    const pairs = { 'conv.weight_kio': 'seq_conv/kernel:0', 'attn.r_w': 'multi_head_attention_wpos/r_w:0', 'bn.var': 'BN/moving_variance:0' }; // prettier-ignore
    for (const [ours, theirs] of Object.entries(pairs)) expect(keras[theirs]).toEqual(tensors[`net3.${ours}`]);
  });
});
