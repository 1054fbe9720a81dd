import { HairpinError } from './errors';

const mark = Symbol.for('@hairpin/tensors');

/** A second copy of this package would make tensors that the first does not know: it raises at load. */
export function claimSingleCopy(): void {
  const registry = globalThis as { [mark]?: string };
  const here = import.meta.url;
  if (registry[mark] !== undefined && registry[mark] !== here)
    throw new HairpinError(
      `@hairpin/tensors was loaded twice (${registry[mark]} and ${here}): deduplicate your dependencies, e.g. npm dedupe`,
    );
  registry[mark] = here;
}
