import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '*package.json'], { cwd: root, encoding: 'utf8' });
const manifests = tracked.split('\n').filter(Boolean);
const reasons = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
const listed = [...reasons.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

/** `@family/*` stands for all of a family, and a package for its own types. */
function hasReason(name: string): boolean {
  const own = name.replace('@types/', '');
  return listed.some(
    (entry) => [name, own].includes(entry) || (entry.endsWith('*') && name.startsWith(entry.slice(0, -1))),
  );
}

/** What a package.json asks of a registry: every dependency that is not one of our packages. */
function foreign(manifest: string): string[] {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return names.filter((name) => !name.startsWith('@hairpin/'));
}

it.each(manifests)('every dependency of %s has a reason in docs/dependencies.md', (manifest) => {
  expect(foreign(manifest).filter((name) => !hasReason(name))).toEqual([]);
});
