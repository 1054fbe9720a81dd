import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestMatch, compareMotifs, type Motif, readJaspar, toProbabilities } from '@hairpin/bio';
import { type Device, openDevice, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discover, type DiscoverOptions, type DiscoverResult } from '../../src/index';

const data = process.env.HAIRPIN_DATA ?? '';
const hasPeaks = existsSync(join(data, 'chip_ctcf_pu1'));

/** The numbers that the default job and real peaks must reach, on whatever `HAIRPIN_DEVICE` names. */
describe('discover at full size', () => {
  let device: Device;
  beforeAll(async () => setDefaultDevice((device = await openDevice())));
  afterAll(() => device.close());

  const run = (options: DiscoverOptions): Promise<DiscoverResult> =>
    discover(options, { device, data: { open: async (name) => readFileSync(name) } });

  it.each([1, 2, 3, 4, 5])('finds what was planted with seed %i', async (seed) => {
    const { auroc, trueMatrixAuroc, motifs, planted = [] } = await run({ seed });
    expect(auroc.estimate).toBeGreaterThan((trueMatrixAuroc ?? 1) - 0.03);
    expect(compareMotifs(matrixOf(motifs[0]), planted).pearson).toBeGreaterThanOrEqual(0.9);
  });

  it.skipIf(!hasPeaks).each([
    ['ctcf', 0.983, /CTCF$/],
    ['pu1', 0.983, /^spi1$/i],
  ])('learns the motif of %s', async (factor, least, name) => {
    const { auroc, motifs } = await run({
      peaks: join(data, `chip_ctcf_pu1/${factor}.fa.gz`),
      holdOut: ['chr10', 'chr11'],
    });
    expect(auroc.estimate).toBeGreaterThanOrEqual(least);
    const library = jaspar().filter((motif: Motif) => name.test(motif.name));
    const match = bestMatch(matrixOf(motifs[0]), library, { minimumOverlap: 10 });
    expect(match.pearson).toBeGreaterThanOrEqual(0.9);
    expect(match.columns).toBeGreaterThanOrEqual(10);
  });
});

const matrixOf = ({ counts }: DiscoverResult['motifs'][number]) => toProbabilities(counts, { pseudocount: 0 });

const jaspar = () => readJaspar(readFileSync(join(data, 'motifs_jaspar/JASPAR2022_vertebrates.pfm'), 'utf8'));
