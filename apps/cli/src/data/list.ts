import type { Dataset, FileState } from '@hairpin/bio';
import { localDataLibrary } from '@hairpin/bio/node';
import { bytesText } from './bytes-text';

/** Lists the sets with their sizes, and how much of each is here. */
export async function listCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const library = localDataLibrary();
  const sets = await Promise.all(
    library.datasets.map(async (dataset) => entry(dataset, await library.where(dataset.name))),
  );
  if (json) console.log(JSON.stringify(sets));
  else console.log(asColumns(sets));
}

type Entry = ReturnType<typeof entry>;

function entry({ name, title, licence, serves, source, citation, files }: Dataset, states: readonly FileState[]) {
  const here = states.filter(({ state }) => state !== 'absent').length;
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  return { name, title, licence, source, citation, serves, files: files.length, here, bytes };
}

function asColumns(sets: readonly Entry[]): string {
  const widest = Math.max(...sets.map(({ name }) => name.length));
  return sets
    .map((set) => {
      const size = bytesText(set.bytes).padStart(8);
      return `${set.name.padEnd(widest)}  ${size}  ${presence(set).padEnd(12)}  ${set.title}`;
    })
    .join('\n');
}

function presence({ here, files }: Entry): string {
  if (here === files) return 'here';
  return here === 0 ? 'not here' : `${here} of ${files} here`;
}
