import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Experiment, experimentPage, fillOptions, type Size } from '@hairpin/experiments';
import { OutputFolder } from '../files/output-folder';
import { isFailed, type Outcome } from './outcome';

/** Which run is meant. */
export interface Asked {
  readonly experiment: Experiment;
  readonly size: Size;
  readonly seed: number;
  /** Of the command. */
  readonly version: string;
  /** Any unless said. */
  readonly device?: 'webgpu' | 'cpu';
}

/** Keeps what runs came to in a folder, so that a verification goes on where it was stopped. */
export class KeptRuns {
  private constructor(private readonly folder: OutputFolder) {}

  static async open(path: string): Promise<KeptRuns> {
    return new KeptRuns(await OutputFolder.open(path));
  }

  /** What the run came to that is asked for; undefined where it has not run, or only as another version or with other options. */
  async find(asked: Asked): Promise<Outcome | undefined> {
    const outcome = await this.read(`${nameOf(asked.experiment.name, asked)}.json`);
    return outcome && isMeant(outcome, asked) ? outcome : undefined;
  }

  /** Brings it to the disk, with a page for people where there is a result. */
  async keep(outcome: Outcome): Promise<void> {
    const name = nameOf(outcome.experiment, outcome);
    const page = isFailed(outcome) ? {} : { [`${name}.html`]: experimentPage(outcome) };
    await this.folder.write({ ...page, [`${name}.json`]: `${JSON.stringify(outcome, undefined, 2)}\n` });
  }

  async removeIfEmpty(): Promise<void> {
    await this.folder.removeIfEmpty();
  }

  /** Undefined for a file that is not there or not whole: then it is run again. */
  private async read(name: string): Promise<Outcome | undefined> {
    try {
      return JSON.parse(await readFile(this.folder.file(name), 'utf8')) as Outcome;
    } catch {
      return undefined;
    }
  }
}

const nameOf = (experiment: string, { size, seed }: { size: Size; seed: number }): string =>
  `${experiment}${size === 'quick' ? '-quick' : ''}-seed-${seed}`;

function isMeant(outcome: Outcome, { experiment, size, seed, version, device }: Asked): boolean {
  if (outcome.experiment !== experiment.name || outcome.size !== size || outcome.seed !== seed) return false;
  if (outcome.run.version !== version) return false;
  if (isFailed(outcome)) return true;
  const isThere = device === undefined || outcome.device === device;
  return isThere && isDeepStrictEqual(outcome.options, fillOptions(experiment.options, {}, size));
}
