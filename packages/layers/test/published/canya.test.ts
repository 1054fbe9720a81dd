import { readSafetensors } from '@hairpin/tensors/files';
import { describe, expect, it } from 'vitest';
import { readKerasWeights } from '../../src/keras/index';
import { hasData } from '../data';
import { canyaFile, checkCanya } from './canya-scores';

describe.skipIf(!hasData)('the ten networks of CANYA, from Keras files', () => {
  const networks = Array.from({ length: 10 }, (_, k) => k + 1);

  it.each(networks)('network %i gives 367 peptides the scores that are stored', checkCanya);

  it('the Keras file holds what the safetensors file holds', async () => {
    const keras = await readKerasWeights(canyaFile('keras_h5', 'model_weights3.h5'));
    const { tensors } = readSafetensors(canyaFile('weights_10nets.safetensors'));
    const pairs = {
      'conv.weight_kio': 'seq_conv/kernel:0',
      'attn.r_w': 'multi_head_attention_wpos/r_w:0',
      'bn.var': 'BN/moving_variance:0',
    };
    for (const [ours, theirs] of Object.entries(pairs)) expect(keras[theirs]).toEqual(tensors[`net3.${ours}`]);
  });
});
