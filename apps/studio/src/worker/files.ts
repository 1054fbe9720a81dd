import type { Input } from '@hairpin/bio';
import { InputError } from '@hairpin/experiments';

/** Opens files that the user picked, by name. */
export function pickedFiles(files: ReadonlyMap<string, Blob>): (name: string) => Promise<Input> {
  return async (name) => {
    const file = files.get(name);
    if (file) return file;
    const there = files.size > 0 ? `there are ${[...files.keys()].join(', ')}` : 'no file was picked';
    throw new InputError(`${name}: there is no file of this name here; ${there}`);
  };
}
