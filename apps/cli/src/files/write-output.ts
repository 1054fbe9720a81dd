import { basename, dirname } from 'node:path';
import { OutputFolder } from './output-folder';

/** Writes a result to a file, or to stdout where none is named. */
export async function writeOutput(text: string, path: string | undefined): Promise<void> {
  if (path === undefined || path === '-') {
    process.stdout.write(text);
    return;
  }
  const folder = await OutputFolder.open(dirname(path));
  await folder.write({ [basename(path)]: text });
}
