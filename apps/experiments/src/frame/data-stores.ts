import { type DataLibrary, dataLibrary, type Input } from '@hairpin/bio';
import { InputError } from '../input-error';
import type { DataStore } from './job';

/**
 * A store for experiments: public sets from a library, a user's files from `open`.
 * @param open without it there are no files, as in a page to which none were given
 */
export function dataStore(library: DataLibrary, open?: (name: string) => Promise<Input>): DataStore {
  return {
    open: open ?? ((name) => Promise.reject(new InputError(`${name}: there are no files here`))),
    async dataset(name, path) {
      const files = await library.where(name);
      const isHere = files.some(({ file, state }) => file.path === path && state !== 'absent');
      return isHere ? library.open(name, path) : undefined;
    },
  };
}

/** A store in which nothing is: experiments simulate their data. */
export const noData: DataStore = dataStore(dataLibrary());
