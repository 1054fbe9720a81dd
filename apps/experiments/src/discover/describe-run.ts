import { compareMotifs, toProbabilities } from '@hairpin/bio';
import type { RunFacts } from '../frame/job';
import type { Findings } from './discover';
import { classSizes } from './examples';
import type { DiscoverReport, Estimate, ReportedMotif } from './report';
import type { Interval } from '@hairpin/train';
import type { Motif } from '@hairpin/interpret';
import type { ResolvedOptions } from './options';
import type { Peaks } from './peaks';

/** Pearson correlation from which two motifs are worth calling alike. */
const ALIKE = 0.75;

/** Findings as the report tells them. */
export function describeRun(
  findings: Findings,
  run: RunFacts & { device: string; adapter: string; seconds: number },
): DiscoverReport {
  const { options, peaks, measured, trueMatrixAuroc, learned, motifs } = findings;
  const { command = 'hairpin discover', date, version, device, adapter, seconds } = run;
  return {
    ...{
      title: peaks.planted ? 'A motif learned from simulated sequences' : `Motifs learned from ${options.peaks}`,
      command,
    },
    ...(date !== undefined && { date }),
    ...(version !== undefined && { version }),
    ...{ device, adapter, seconds, seed: options.seed, data: describeData(findings) },
    ...{ auroc: estimate(measured.auroc), auprc: estimate(measured.auprc), trueMatrixAuroc, roc: measured.roc },
    ...{ history: learned.fit.history, bestEpoch: learned.fit.bestEpoch, settings: describeModel(options) },
    motifs: motifs.map((motif) => reported(motif, peaks)),
  };
}

const estimate = ({ estimate: value, low, high }: Interval): Estimate => ({ value, low, high });

function describeData({ options, peaks, parts }: Findings): DiscoverReport['data'] {
  const { negatives, holdOut } = options;
  return {
    ...{ source: peaks.source, isSimulated: peaks.planted !== undefined },
    negatives:
      negatives === 'shuffle'
        ? 'dinucleotide shuffles of the sequences, drawn anew in each epoch of training'
        : negatives,
    heldOut: holdOut ? holdOut.join(', ') : 'a random fifth of the sequences',
    parts: [
      { name: 'training', ...classSizes(parts.training) },
      { name: 'validation', ...classSizes(parts.validation) },
      { name: 'held out', ...classSizes(parts.heldOut) },
    ],
  };
}

const describeModel = ({ model }: ResolvedOptions): Record<string, number> => ({
  ...{ Filters: model.filters, 'Filter width, bp': model.width, 'Hidden units': model.hidden, Dropout: model.dropout },
  ...{ 'Batch size': model.batchSize, 'Learning rate': model.learningRate, 'Weight decay': model.weightDecay },
});

function reported({ consensus, counts, informationBits, sites }: Motif, { planted }: Peaks): ReportedMotif {
  const motif = { consensus, counts, informationBits, sites };
  if (!planted) return motif;
  const { pearson } = compareMotifs(toProbabilities(counts, { pseudocount: 0 }), planted);
  return pearson < ALIKE ? motif : { ...motif, match: { name: 'the planted motif', similarity: pearson } };
}
