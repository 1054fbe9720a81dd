import type { DataLibrary } from '@hairpin/bio';
import { UserError } from '../user-error';

/** @throws UserError where there is no such set, or no such file in it */
export function checkSet({ datasets }: DataLibrary, name: string, path?: string): void {
  const set = datasets.find((dataset) => dataset.name === name);
  if (!set) throw new UserError(`no data set ${name}; hairpin data list names them`);
  const paths = set.files.map((file) => file.path);
  if (path !== undefined && !paths.includes(path))
    throw new UserError(`${name}: no file ${path}; it has ${paths.join(', ')}`);
}
