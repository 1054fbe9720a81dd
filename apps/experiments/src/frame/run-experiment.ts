import { type Device, setDefaultDevice } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import type { Progress } from '@hairpin/train';
import type { Experiment, ExperimentContext } from './experiment';
import { noData } from './data-stores';
import type { ExperimentEvent, JobContext, RunFacts } from './job';
import { fillOptions, type Size } from './options';
import { type Block, Report, type ReportedNumber } from './report';

/** Everything that decides what a run finds: plain JSON. */
export interface RunSettings {
  /** `full` unless said. */
  readonly size?: Size;
  /** 1 unless said. */
  readonly seed?: number;
  /** Values of options by name; what is left out has its default. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A job's context; without data all is simulated. */
export type RunContext = Omit<JobContext, 'data'> & Partial<Pick<JobContext, 'data'>>;

/** What a run has found: plain JSON. */
export interface ExperimentResult {
  readonly experiment: string;
  readonly question: string;
  readonly rows: readonly number[];
  readonly biology: string;
  readonly equation: string;
  readonly size: Size;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly device: 'webgpu' | 'cpu';
  /** Adapter and driver, in a line. */
  readonly adapter: string;
  readonly seconds: number;
  readonly run: Omit<RunFacts, 'startedAt'>;
  /** Where the data came from. */
  readonly sources: readonly string[];
  readonly numbers: readonly ReportedNumber[];
  readonly blocks: readonly Block[];
}

/**
 * Runs an experiment to its end.
 * @throws InputError for settings that it cannot have; the signal's reason where it was stopped
 */
export async function runExperiment(
  experiment: Experiment,
  { size = 'full', seed = 1, options = {} }: RunSettings,
  job: RunContext,
): Promise<ExperimentResult> {
  const startedAt = job.run?.startedAt ?? performance.now();
  const values = fillOptions(experiment.options, options, size);
  const report = new Report(size);
  setDefaultDevice(job.device);
  await experiment.run({
    ...{ options: values, size, seed, rng: new Rng(seed), report },
    ...surroundings(job, report),
  });
  const { name, question, rows, biology, equation } = experiment;
  const { startedAt: _, ...run } = job.run ?? {};
  return {
    ...{ experiment: name, question, rows, biology, equation, size, seed, options: values, run },
    ...{ ...(await whereItRan(job.device)), seconds: (performance.now() - startedAt) / 1000 },
    ...{ sources: report.sources, numbers: report.numbers, blocks: report.blocks },
  };
}

/** What an experiment needs of the world around it. */
function surroundings(
  { device, data = noData, onEvent, signal = new AbortController().signal }: RunContext,
  report: Report,
) {
  const tell = (event: ExperimentEvent) => {
    signal.throwIfAborted();
    onEvent?.(event);
  };
  return {
    ...{ device, data, signal },
    phase: (text) => tell({ kind: 'phase', text }),
    note(text) {
      tell({ kind: 'note', text });
      report.note(text);
    },
    progress: (steps) => tell({ kind: 'steps', ...steps }),
    onProgress: (progress) => tell(asSteps(progress)),
  } satisfies Omit<ExperimentContext, 'options' | 'size' | 'seed' | 'rng' | 'report'>;
}

function asSteps({ epoch, epochs, step, steps = step, loss }: Progress): ExperimentEvent {
  return { kind: 'steps', done: (epoch - 1) * steps + step, total: epochs * steps, loss };
}

async function whereItRan(device: Device): Promise<Pick<ExperimentResult, 'device' | 'adapter'>> {
  const { kind, label } = await device.backend();
  return { device: kind, adapter: label };
}
