import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of real data, or undefined: tests that need it are then skipped, visibly. */
export const dataFolder = process.env.HAIRPIN_DATA;

/** Every file of the data folder whose name fits, as paths relative to it. */
export function dataFiles(pattern: RegExp): string[] {
  if (!dataFolder) return [];
  const entries = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => pattern.test(path)).sort();
}

export const dataPath = (path: string) => join(dataFolder!, path);

/** How many mutated inputs a parser meets. */
export const MUTATIONS = 1000;

/** What happens to a good text before a reader gets it: some bytes changed, cut out, doubled or swapped, or the end lost. */
export function mutate(bytes: Uint8Array, random: (n: number) => number): Uint8Array {
  let mutated = Array.from(bytes);
  for (let edits = 1 + random(4); edits > 0; edits--) {
    const at = random(mutated.length + 1);
    const length = 1 + random(8);
    const kind = random(6);
    if (kind === 0) mutated[at % mutated.length] = random(256);
    else if (kind === 1) mutated.splice(at, length);
    else if (kind === 2) mutated.splice(at, 0, ...mutated.slice(at, at + length));
    else if (kind === 3) mutated.splice(at, 0, ...Array.from({ length }, () => random(256)));
    else if (kind === 4) mutated = mutated.slice(0, at);
    else mutated.splice(at, 0, '>;\n\r \t[]#0123456789.-eNX'.charCodeAt(random(24)));
    if (mutated.length === 0) break;
  }
  return Uint8Array.from(mutated);
}
