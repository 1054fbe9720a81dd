import type { DataLibrary, StoredFile } from '@hairpin/bio';
import { localDataLibrary } from '@hairpin/bio/node';
import { onInterrupt } from '../interrupt';
import { narrator } from '../narrator';
import { bytesText } from './bytes-text';
import { checkSet } from './check-set';

/** The options of `hairpin data fetch`. */
export interface FetchFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Brings all files of a set here, and prints where they are. */
export async function fetchCommand(name: string, flags: FetchFlags): Promise<void> {
  const library = localDataLibrary();
  checkSet(library, name);
  const files = await fetched(library, name, flags);
  if (flags.json) console.log(JSON.stringify(files.map(({ location, size: bytes }) => ({ location, bytes }))));
  else console.log(files.map(({ location }) => location).join('\n'));
}

async function fetched(library: DataLibrary, name: string, flags: FetchFlags): Promise<StoredFile[]> {
  const teller = narrator(flags);
  const { signal, release } = onInterrupt(() => teller.end());
  let current = '';
  try {
    return await library.fetch(name, {
      signal,
      onProgress: ({ path, received, total = received }) => {
        if (path !== current) teller.say(`${path} (${bytesText(total)})`);
        current = path;
        teller.tell({ kind: 'steps', done: received, total });
      },
    });
  } finally {
    teller.end();
    release();
  }
}
