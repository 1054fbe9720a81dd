import { findPatterns } from '@hairpin/interpret';
import { describe, expect, it } from 'vitest';
import { gradientTracks, matchesOf } from './patterns';
import { allSequences, hasTalGata, plantedMotifs } from './tal-gata';

describe.skipIf(!hasTalGata)('seqlets of the stored network of sim_tal_gata', () => {
  it('make patterns that match both planted motifs, q < 0.01 among those of JASPAR', async () => {
    const all = allSequences();
    const planted = plantedMotifs(all);
    expect(planted.map(({ id }) => id).sort()).toEqual(['GATA_disc1', 'TAL1_known1']);
    const positives = all.filter(({ tasks }) => tasks[0]).slice(0, 150);
    const matches = await matchesOf(await gradientTracks(positives, 0), planted);
    console.log(`input × gradient of ${positives.length} sequences: Tomtom q ${JSON.stringify(matches)}`);
    for (const { id } of planted) expect(matches[id]).toBeLessThan(0.01);
  });

  it('lie on what was planted', async () => {
    // Explained at the logit of TAL1: sites of the largest pattern and planted TAL1 sites.
    const positives = allSequences().filter(({ tasks }) => tasks[2]).slice(0, 100); // prettier-ignore
    const [{ sites, counts }] = (await findPatterns(await gradientTracks(positives, 2))).patterns;
    const isOnMotif = (sequence: number, start: number) =>
      positives[sequence].planted.some(
        (site) => site.motif === 'TAL1_known1' && start < site.end && site.start < start + counts.length,
      );
    const share = sites.filter(({ sequence, start }) => isOnMotif(sequence, start)).length / sites.length;
    console.log(`${(100 * share).toFixed(1)} % of ${sites.length} sites overlap a planted TAL1`);
    expect(share).toBeGreaterThan(0.75);
  });
});
