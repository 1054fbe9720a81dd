import { basename, dirname, join } from 'node:path';
import { type Experiment, experimentNamed, experiments, type Size } from '@hairpin/experiments';
import manifest from '../../package.json' with { type: 'json' };
import { OutputFolder } from '../files/output-folder';
import { onInterrupt } from '../interrupt';
import { narrator } from '../narrator';
import { sayResult } from '../say-result';
import { UserError } from '../user-error';
import { type Asked, KeptRuns } from './kept-runs';
import type { Outcome } from './outcome';
import { resultsPage } from './results-page';
import { runMissing, type Surroundings } from './run-missing';
import { asJson, isAllMet, summary } from './summary';

/** The options of `hairpin verify`, as the command line gives them. */
export interface VerifyFlags {
  readonly seeds: number;
  readonly size: Size;
  readonly out?: string;
  readonly results: string;
  readonly fresh?: boolean;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs what has not been run, and writes the page after each run; exit code 1 if a threshold was missed or a run failed. */
export async function verifyCommand(names: readonly string[], flags: VerifyFlags): Promise<void> {
  const chosen = names.length > 0 ? names.map(experimentNamed) : experiments;
  const teller = narrator(flags);
  const { signal, release } = onInterrupt(() => teller.end());
  const kept = await KeptRuns.open(flags.results);
  const page = await Page.open(kept, flags);
  try {
    await page.write();
    const surroundings = { kept, teller, signal, onKept: () => page.write() } satisfies Surroundings;
    for (const experiment of chosen) await runMissing(runsOf(experiment, flags), flags, surroundings);
    teller.end();
    show(await outcomesOf(kept, chosen, flags), flags, page.path);
  } finally {
    teller.end();
    release();
  }
}

/** The runs of an experiment that belong to a verification. */
const runsOf = (experiment: Experiment, { seeds, size, device }: VerifyFlags): Asked[] =>
  Array.from({ length: seeds }, (_, i) => ({
    ...{ experiment, size, seed: i + 1, version: manifest.version },
    ...(device && { device }),
  }));

async function outcomesOf(kept: KeptRuns, chosen: readonly Experiment[], flags: VerifyFlags): Promise<Outcome[]> {
  const runs = chosen.flatMap((experiment) => runsOf(experiment, flags));
  const found = await Promise.all(runs.map((run) => kept.find(run)));
  return found.filter((outcome) => outcome !== undefined);
}

/** The page of results. It tells of all experiments, also of those that were not named this time. */
class Page {
  private constructor(
    private readonly kept: KeptRuns,
    private readonly folder: OutputFolder,
    private readonly name: string,
    private readonly flags: VerifyFlags,
  ) {}

  static async open(kept: KeptRuns, flags: VerifyFlags): Promise<Page> {
    const usual = flags.size === 'quick' ? join(flags.results, 'quick-results.md') : 'docs/results.md';
    const path = flags.out ?? usual;
    if (/[\\/]$/.test(path)) throw new UserError(`--out ${path}: expected a file, as in docs/results.md`);
    return new Page(kept, await OutputFolder.open(dirname(path)), basename(path), flags);
  }

  get path(): string {
    return this.folder.file(this.name);
  }

  async write(): Promise<void> {
    const { size, seeds } = this.flags;
    const outcomes = await outcomesOf(this.kept, experiments, this.flags);
    await this.folder.write({ [this.name]: resultsPage({ size, seeds, experiments, outcomes }) });
  }
}

function show(outcomes: readonly Outcome[], flags: VerifyFlags, page: string): void {
  sayResult(summary(outcomes, page), asJson(outcomes, page), flags);
  if (!isAllMet(outcomes)) process.exitCode = 1;
}
