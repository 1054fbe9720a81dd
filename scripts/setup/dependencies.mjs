/** npm packages: installed with the pinned pnpm through npx, and only when the lockfile has changed since the last time. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, say } from './machine.mjs';

/** Throws if this Node is older than package.json asks for. */
export function checkNode(root, version = process.versions.node) {
  const wanted = readPackage(root).engines.node.replace('>=', '');
  if (!isAtLeast(version, wanted)) throw new Error(`Hairpin needs Node ${wanted} or newer, this is ${version}`);
}

export function isAtLeast(version, wanted) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Brings node_modules up to date with pnpm-lock.yaml. */
export function installDependencies(root) {
  const stamp = join(root, 'node_modules', '.hairpin-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const pnpm = readPackage(root).packageManager;
  say(`installing npm packages with ${pnpm}`);
  if (!run(['npx', '--yes', pnpm, 'install', '--frozen-lockfile'], { cwd: root })) {
    throw new Error('could not install the npm packages; the lines above say why');
  }
  writeFileSync(stamp, lock);
}

function readPackage(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
