import { type Motif, tomtomSearch, toProbabilities } from '@hairpin/bio';
import { findPatterns, type Pattern } from '@hairpin/interpret';
import { describe, expect, it } from 'vitest';
import { data, inputTimesGradient, jaspar, plantedMotifs, plantedSequences } from './tal-gata';

const asMotif = ({ counts, sites }: Pattern, i: number): Motif => ({
  ...{ id: `pattern${i}`, name: '', sites: sites.length, counts },
  probabilities: toProbabilities(counts, { pseudocount: 0 }),
});

describe.skipIf(data === '')('seqlets of the stored network of sim_tal_gata', () => {
  it('make patterns that match both planted motifs, q < 0.01 among those of JASPAR', async () => {
    const all = plantedSequences();
    const planted = plantedMotifs(all);
    expect(planted.map(({ id }) => id).sort()).toEqual(['GATA_disc1', 'TAL1_known1']);
    const positives = all.filter(({ labels }) => labels[0]).slice(0, 150);
    const tracks = await inputTimesGradient(
      positives.map(({ sequence }) => sequence),
      0,
    );
    const { patterns } = await findPatterns(tracks);
    const search = tomtomSearch([...planted, ...jaspar()]);
    const matches = patterns.filter(({ positive }) => positive).map((pattern, i) => search(asMotif(pattern, i)));
    for (const { id } of planted) {
      const q = matches.flat().filter(({ target }) => target.id === id).map(({ qValue }) => qValue); // prettier-ignore
      console.log(`${id}: Tomtom q = ${Math.min(...q).toExponential(1)} from ${positives.length} sequences`);
      expect(Math.min(...q)).toBeLessThan(0.01);
    }
  });

  it('lie on what was planted', async () => {
    // The same sequences, explained at the logit of TAL1: sites of the largest pattern and planted TAL1 sites.
    const positives = plantedSequences().filter(({ labels }) => labels[2]).slice(0, 100); // prettier-ignore
    const tracks = await inputTimesGradient(
      positives.map(({ sequence }) => sequence),
      2,
    );
    const [{ sites, counts }] = (await findPatterns(tracks)).patterns;
    const isOnMotif = (sequence: number, start: number) =>
      positives[sequence].sites.some(
        (site) => site.motif === 'TAL1_known1' && start < site.start + 16 && site.start < start + counts.length,
      );
    const share = sites.filter(({ sequence, start }) => isOnMotif(sequence, start)).length / sites.length;
    console.log(`${(100 * share).toFixed(1)} % of ${sites.length} sites overlap a planted TAL1`);
    expect(share).toBeGreaterThan(0.75);
  });
});
