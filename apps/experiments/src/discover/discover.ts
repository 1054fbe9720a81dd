import type { Motif } from '@hairpin/interpret';
import { Rng } from '@hairpin/tensors/random';
import type { Interval } from '@hairpin/train';
import type { DiscoverContext } from './context';
import { describeRun } from './describe-run';
import { classSizes } from './examples';
import { type OutputFiles, outputFiles } from './files';
import { findMotifs } from './find-motifs';
import { learn, type Learned } from './learn';
import { matrixAuroc, measure, type Measured } from './measure';
import {
  defaults,
  type DiscoverOptions,
  epochsFor,
  type FilledOptions,
  modelFor,
  type ResolvedOptions,
  resolve,
} from './options';
import { divide, type Parts } from './parts';
import { type Peaks, readPeaks, simulated } from './peaks';

/** What a run has found. */
export interface DiscoverResult {
  readonly device: 'webgpu' | 'cpu';
  /** Adapter and driver, in a line. */
  readonly adapter: string;
  /** On the sequences held out, with the interval that holds 95 % of the bootstrap. */
  readonly auroc: Interval;
  readonly auprc: Interval;
  /** What the matrix reaches that the sites were drawn from; null on real data. */
  readonly trueMatrixAuroc: number | null;
  /** Epochs trained. */
  readonly epochs: number;
  /** From the start of the job. */
  readonly seconds: number;
  /** The most enriched first. */
  readonly motifs: readonly Motif[];
  /** The matrix that the sites were drawn from, where they were simulated. */
  readonly planted?: Peaks['planted'];
  readonly files: OutputFiles;
}

/** A job and what it has brought so far: each part of it adds what it found. */
export interface Findings {
  readonly options: ResolvedOptions;
  readonly peaks: Peaks;
  readonly parts: Parts;
  readonly learned: Learned;
  readonly measured: Measured;
  readonly trueMatrixAuroc: number | null;
  readonly motifs: readonly Motif[];
}

/**
 * The main job: learns to tell sequences that share a motif from sequences without it, measures on sequences held out
 * from all choices, and turns what was learned into motifs.
 * @throws InputError, FormatError where the data cannot be used; the signal's reason where it was told to stop
 */
export async function discover(options: DiscoverOptions, context: DiscoverContext): Promise<DiscoverResult> {
  const startedAt = context.run?.startedAt ?? performance.now();
  const findings = await find(resolve(options), context);
  const { learned, measured, motifs, trueMatrixAuroc, peaks } = findings;
  const { kind, label } = await context.device.backend();
  const seconds = (performance.now() - startedAt) / 1000;
  const report = describeRun(findings, { device: kind, adapter: label, seconds, ...context.run });
  return {
    ...{ device: kind, adapter: label, seconds, motifs, trueMatrixAuroc, epochs: learned.fit.history.length },
    ...{ auroc: measured.auroc, auprc: measured.auprc, files: await outputFiles(report, motifs, learned) },
    ...(peaks.planted && { planted: peaks.planted }),
  };
}

async function find(given: FilledOptions, context: DiscoverContext): Promise<Findings> {
  const rng = new Rng(given.seed);
  const { peaks, parts } = await collect(given, rng, context);
  const shortest = peaks.records.reduce((least, { sequence }) => Math.min(least, sequence.length), Infinity);
  const options = { ...given, model: modelFor(peaks.records.length, shortest, given.model) };
  const learned = await train(parts, options, rng, context);
  begin(context, 'measuring on held-out sequences');
  const measured = measure(parts.heldOut, await learned.predict(parts.heldOut), rng.fork('bootstrap'));
  const trueMatrixAuroc = peaks.planted ? matrixAuroc(peaks.planted, parts.heldOut, rng) : null;
  begin(context, 'reading motifs off the filters');
  const motifs = await findMotifs(learned.net, parts.training, rng.fork('motifs'));
  return { options, peaks, parts, learned, measured, trueMatrixAuroc, motifs };
}

/** Reads or simulates, finds or makes negatives, and holds a part out. */
async function collect(
  { peaks: name, negatives, holdOut, model: { width = defaults.model.width } }: FilledOptions,
  rng: Rng,
  context: DiscoverContext,
) {
  begin(context, name ? `reading ${name}` : 'simulating sequences with a planted motif');
  const peaks = name ? await readPeaks(name, width, context) : simulated(rng.fork('simulation'));
  const background = negatives === 'shuffle' ? undefined : await readPeaks(negatives, width, context);
  return { peaks, parts: divide(peaks, background, holdOut, rng.fork('parts')) };
}

async function train(
  parts: Parts,
  { epochs, model }: ResolvedOptions,
  rng: Rng,
  context: DiscoverContext,
): Promise<Learned> {
  const { positives, negatives } = classSizes(parts.training);
  begin(context, `learning from ${positives} sequences and ${negatives} negatives`);
  const learned = await learn(
    parts,
    { ...model, epochs: epochs ?? epochsFor(positives + negatives), rng: rng.fork('learning') },
    context,
  );
  if (learned.fit.stopped === 'aborted') throw context.signal?.reason;
  return learned;
}

/** Announces the next part of the job, unless it was told to stop. */
function begin({ onEvent, signal }: DiscoverContext, text: string): void {
  signal?.throwIfAborted();
  onEvent?.({ kind: 'phase', text });
}
