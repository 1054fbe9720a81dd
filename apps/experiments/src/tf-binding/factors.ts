import { type FastaRecord, type Input, type Motif, readJaspar, simulateMotif, simulatePeaks } from '@hairpin/bio';
import { type Peaks, readPeaks } from '../discover/peaks';
import type { Context } from './experiment';

/** A factor, where it binds, and what its motifs are called in the library. */
export interface Factor {
  readonly name: string;
  readonly peaks: Peaks;
  readonly motif: RegExp;
}

/** Two factors, each the other's hard negative, and the motifs that filters are compared with. */
export interface Data {
  readonly factors: readonly [Factor, Factor];
  readonly library: readonly Motif[];
  /** Chromosomes kept apart for the measurement; a random fifth where none are. */
  readonly heldOut?: readonly string[];
}

const files = [
  ['chip_ctcf_pu1', 'ctcf.fa.gz'],
  ['chip_ctcf_pu1', 'pu1.fa.gz'],
  ['motifs_jaspar', 'JASPAR2022_vertebrates.pfm'],
] as const;

/** Real peaks of CTCF and PU.1 with JASPAR's motifs where all of them are here, else simulated ones. */
export async function readFactors(context: Context): Promise<Data> {
  const [ctcf, pu1, jaspar] = await Promise.all(files.map(([set, path]) => context.data.dataset(set, path)));
  return ctcf && pu1 && jaspar ? real(context, ctcf, pu1, jaspar) : simulated(context);
}

async function real(context: Context, ctcf: Input, pu1: Input, jaspar: Input): Promise<Data> {
  const factor = async (name: string, input: Input, motif: RegExp): Promise<Factor> => ({
    ...{ name, motif },
    peaks: some(await readPeaks(name, context.options.width, { data: { open: async () => input } }), context),
  });
  const factors = [await factor('CTCF', ctcf, /CTCF$/), await factor('PU.1', pu1, /spi1$/i)] as const;
  const [first, second] = factors.map(({ peaks }) => peaks.records.length);
  context.report.data(
    `ChIP-seq peaks of 100 bp: ${first} of CTCF and ${second} of PU.1. Chromosomes 10 and 11 were held out. Motifs: JASPAR 2022, vertebrates.`,
  );
  return { factors, library: await readJaspar(jaspar), heldOut: ['chr10', 'chr11'] };
}

/** Two random motifs, among a hundred in the library. */
function simulated(context: Context): Data {
  const rng = context.rng.fork('simulation');
  const motifs = Array.from({ length: 100 }, (_, i): Motif => {
    return { id: `S${i + 1}`, name: `random ${i + 1}`, probabilities: simulateMotif({ width: 14, bits: 18, rng }) };
  });
  const factor = (i: number): Factor => {
    const { sequences } = simulatePeaks({ rng, lengthBp: 100, motif: motifs[i].probabilities, count: 6000 });
    const records = sequences.map((sequence, at): FastaRecord => ({ id: `${i}_${at}`, description: '', sequence }));
    const source = `peaks of factor ${i + 1}`;
    return {
      name: `factor ${i + 1}`,
      peaks: some({ records, source }, context),
      motif: new RegExp(`^random ${i + 1}$`),
    };
  };
  context.note('The peaks of CTCF and PU.1 or the motifs of JASPAR are not here: this run simulates two factors.');
  context.report.data('Simulated peaks of 100 bp, 85 % with a site of 18 bits; a random fifth was held out.');
  return { factors: [factor(0), factor(1)], library: motifs };
}

/** As many peaks as the options ask for. */
function some(peaks: Peaks, { options, rng }: Context): Peaks {
  const drawn = rng.fork(peaks.source).shuffle(peaks.records).slice(0, options.peaks);
  return { ...peaks, records: drawn };
}
