import { dinucleotideShuffle } from '@hairpin/bio';
import { openDevice, Rng, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auprcOf, positivesOf } from './planted';
import { matchesOf, shapTracks } from './patterns';
import { allSequences, encoded, hasTalGata, plantedMotifs, shuffles, talGataNet, testSequences } from './tal-gata';

/** All positives of each task, on whatever `HAIRPIN_DEVICE` names. */
describe.skipIf(!hasTalGata)('the published network of TAL1 and GATA, all positives', () => {
  let device: Awaited<ReturnType<typeof openDevice>>;
  beforeAll(async () => setDefaultDevice((device = await openDevice())));
  afterAll(() => device.close());

  it.each([0, 1, 2])('task %i: DeepSHAP over 20 shuffles finds the planted positions', async (task) => {
    const net = talGataNet();
    const some = positivesOf(testSequences(), task);
    const shap = await auprcOf(net, some, task, shuffles(20));
    const uniform = await auprcOf(net, some, task, 'uniform');
    const plain = await auprcOf(net, some, task, 'gradient');
    const all = { DeepSHAP: shap, 'uniform reference': uniform, 'input × gradient': plain };
    const numbers = Object.entries(all).map(([name, value]) => `${name} ${value.toFixed(3)}`);
    console.log(`task ${task + 1}, ${some.length} positives: AUPRC of ${numbers.join(', ')}`);
    expect(shap).toBeGreaterThan(0.8);
    if (task < 2) expect(shap).toBeGreaterThan(uniform);
  });

  it('seqlets of DeepSHAP, told from those of shuffles, make patterns that match both motifs', async () => {
    const all = allSequences();
    const planted = plantedMotifs(all);
    const positives = positivesOf(testSequences(), 0);
    const x = encoded(positives.map(({ sequence }) => sequence));
    const rng = new Rng(7);
    const decoys = encoded(positives.map(({ sequence }) => dinucleotideShuffle(sequence, rng)));
    const [tracks, shuffled] = [await shapTracks(x, 0, 20), await shapTracks(decoys, 0, 20)];
    const matches = await matchesOf(tracks, planted, shuffled);
    console.log(`DeepSHAP of ${positives.length} sequences: Tomtom q ${JSON.stringify(matches)}`);
    for (const { id } of planted) expect(matches[id]).toBeLessThan(0.01);
  });
});
