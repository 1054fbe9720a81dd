import { OutputFolder } from './files/output-folder';
import { onInterrupt } from './interrupt';
import { type Narrator, narrator } from './narrator';

/** What a command that leaves files behind works with. */
export interface Surroundings {
  readonly folder: OutputFolder;
  readonly teller: Narrator;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Does work whose files go into a folder. Afterwards the terminal is as it was, and a folder that was made for nothing is gone. */
export async function intoFolder<T>(
  path: string,
  flags: { quiet?: boolean },
  work: (surroundings: Surroundings) => Promise<T>,
): Promise<T> {
  const teller = narrator(flags);
  const { signal, release } = onInterrupt(() => teller.end());
  const folder = await OutputFolder.open(path);
  try {
    return await work({ folder, teller, signal });
  } finally {
    teller.end();
    release();
    await folder.removeIfEmpty();
  }
}
