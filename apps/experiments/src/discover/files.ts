import { toProbabilities, writeMeme } from '@hairpin/bio';
import type { Motif } from '@hairpin/interpret';
import { saveCheckpoint } from '@hairpin/train';
import { discoverReport, type DiscoverReport } from './report';
import type { Learned } from './learn';

/** What a run leaves behind, by file name. */
export type OutputFiles = Readonly<
  Record<'report.html' | 'motifs.meme' | 'model.safetensors' | 'history.json', string | Uint8Array>
>;

/** The files of a run: the report, the motifs, the weights and the losses. */
export async function outputFiles(
  report: DiscoverReport,
  motifs: readonly Motif[],
  { net, fit }: Learned,
): Promise<OutputFiles> {
  return {
    'report.html': discoverReport(report),
    'motifs.meme': memeText(motifs),
    'model.safetensors': await saveCheckpoint(net.parameters(), { card: JSON.stringify(card(report)) }),
    'history.json': `${JSON.stringify(fit.history, undefined, 2)}\n`,
  };
}

/** MEME's format, for Tomtom, FIMO and their kin. */
export const memeText = (motifs: readonly Motif[]): string =>
  writeMeme(
    motifs.map(({ counts, consensus, sites }, i) => ({
      ...{ id: `motif_${i + 1}`, name: consensus, sites },
      probabilities: toProbabilities(counts, { pseudocount: 0 }),
    })),
  );

/** What a person needs to know who finds the model's file alone. */
const card = ({ title, command, version, seed, data, settings, auroc, auprc }: DiscoverReport) => ({
  ...{ what: title, command, version, seed, data, settings },
  metrics: { auroc, auprc },
});
