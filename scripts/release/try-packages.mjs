/** Uses the packed packages as a stranger would: plain Node, an empty folder, npm. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../browser/bundle.mjs';
import { install, pack, publishedPackages, specifiers, tool } from './packages.mjs';

/** Packs the workspace at `root`, installs the tarballs, imports every entry, checks its types and runs every command. */
export async function tryPackages(root) {
  const folder = mkdtempSync(join(tmpdir(), 'hairpin-pack-'));
  try {
    const [tarballs, user] = ['tarballs', 'user'].map((name) => join(folder, name));
    [tarballs, user].forEach((path) => mkdirSync(path));
    install(root, pack(root, tarballs), user);
    specifiers(root).forEach((specifier) => importEntry(root, user, specifier));
    compute(root, user);
    await bundleForBrowser(root, user);
    await bundleParsers(user);
    checkTypes(root, user);
    commands(root).forEach((command) => askForHelp(root, user, command));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importEntry(root, user, specifier) {
  const program = `if (Object.keys(await import('${specifier}')).length === 0) throw new Error('exports nothing')`;
  runProgram(root, user, program);
  console.log(`imported  ${specifier}`);
}

/** The published engine gives numbers, methods and gradients included. */
const gradient = `
  import { grad, tensor } from '@hairpin/tensors';
  const slope = await grad((x) => x.square().sum())(tensor([1, 2, 3])).data();
  if (String(slope) !== '2,4,6') throw new Error('expected 2,4,6, got ' + slope);`;

function compute(root, user) {
  runProgram(root, user, gradient);
  console.log('computed  a gradient with @hairpin/tensors');
}

/** A bundler may drop what has no side effects: what is left must still work, and need no Node module. */
async function bundleForBrowser(root, user) {
  const entry = join(user, 'gradient.js');
  writeFileSync(entry, gradient);
  const files = await bundle(entry);
  files.forEach((text, name) => writeFileSync(join(user, name), text));
  runProgram(root, user, `await import('./entry.js')`);
  console.log(
    `bundled   the same for a browser: ${Math.round(files.get('entry.js').length / 1024)} KiB before minifying`,
  );
}

/** Who only reads files does not load the engine. */
async function bundleParsers(user) {
  const entry = join(user, 'parsers.js');
  writeFileSync(
    entry,
    `import { readFasta, readGff3 } from '@hairpin/bio'; globalThis.parsers = { readFasta, readGff3 };`,
  );
  const text = [...(await bundle(entry, { minify: true })).values()].join('');
  if (text.includes('requestAdapter')) throw new Error('two parsers of @hairpin/bio bring the engine along');
  console.log(`bundled   two parsers for a browser, without the engine: ${Math.round(text.length / 1024)} KiB`);
}

function runProgram(root, user, program) {
  const env = { HAIRPIN_DEVICE: 'cpu' };
  tool(root, process.execPath, ['--input-type=module', '--eval', program], { cwd: user, env });
}

/** The published types of every entry compile, and a tensor has its methods. */
function checkTypes(root, user) {
  const imports = specifiers(root).map((specifier, i) => `import * as entry${i} from '${specifier}';`);
  const use = [
    `import { tensor, type Tensor } from '@hairpin/tensors';`,
    'export const y: Tensor = tensor([1]).add(1).sum();',
    `export const all = [${imports.map((_, i) => `entry${i}`)}];`,
  ];
  writeFileSync(join(user, 'use.ts'), [...imports, ...use].join('\n'));
  const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  tool(root, process.execPath, ['node_modules/typescript/bin/tsc', ...options, 'use.ts'], { cwd: user });
  console.log('checked   the published types');
}

function commands(root) {
  return publishedPackages(root).flatMap(({ manifest }) => Object.keys(manifest.publishConfig.bin ?? {}));
}

function askForHelp(root, user, command) {
  const text = tool(root, 'npx', ['--no-install', command, '--help'], { cwd: user });
  if (!text.includes(command)) throw new Error(`${command} --help does not say what ${command} is:\n${text}`);
  console.log(`ran       ${command} --help`);
}
