/** The published packages of a workspace: build them, pack them, install the tarballs elsewhere, and try them as a user would. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { childEnvironment } from '../setup/machine.mjs';

/** Runs a tool of the workspace; its output is shown only if it fails. */
export function tool(root, command, args, options = {}) {
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = { ...childEnvironment(), PATH, TURBO_TELEMETRY_DISABLED: '1', ...options.env };
  const shell = process.platform === 'win32';
  try {
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: 'pipe', shell, ...options, env });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
}

/** `{ folder, manifest }` of each package that is published. */
export function publishedPackages(root) {
  const parents = ['packages', 'apps'].map((parent) => join(root, parent));
  const folders = parents.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  return folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
}

/** Builds every package and packs it into `target`. Returns the paths of the tarballs. */
export function pack(root, target) {
  tool(root, 'turbo', ['run', 'build', '--output-logs=errors-only']);
  for (const { folder } of publishedPackages(root)) {
    tool(root, 'pnpm', ['pack', '--pack-destination', target], { cwd: folder });
  }
  return readdirSync(target).map((name) => join(target, name));
}

/** Installs tarballs with npm into an empty folder, together with the TypeScript that checks their types. */
export function install(root, tarballs, folder) {
  const versions = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  const checkers = ['typescript', '@types/node', '@webgpu/types'].map((name) => `${name}@${versions(name)}`);
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  tool(root, 'npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...checkers], { cwd: folder });
}

/** What a user can import: '@hairpin/tensors', '@hairpin/tensors/random', … Commands are left out: they are run, not imported. */
export function specifiers(root) {
  const libraries = publishedPackages(root).filter(({ manifest }) => !manifest.publishConfig.bin);
  return libraries.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((path) => path !== './package.json')
      .map((path) => manifest.name + path.slice(1)),
  );
}
