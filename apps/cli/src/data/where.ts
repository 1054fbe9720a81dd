import { localDataLibrary } from '@hairpin/bio/node';
import { UserError } from '../user-error';
import { checkSet } from './check-set';

/** Prints the path of each file of a set that is here. @throws UserError where none is */
export async function whereCommand(
  name: string,
  path: string | undefined,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const library = localDataLibrary();
  checkSet(library, name, path);
  const states = await library.where(name);
  const chosen = states.filter(({ file }) => path === undefined || file.path === path);
  const here = chosen.flatMap(({ location }) => location ?? []);
  if (json)
    console.log(JSON.stringify(chosen.map(({ file, state, location = null }) => ({ ...file, state, location }))));
  else if (here.length === 0)
    throw new UserError(`${name}${path ? `/${path}` : ''}: not here; hairpin data fetch ${name} brings it`);
  else console.log(here.join('\n'));
}
