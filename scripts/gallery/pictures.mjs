import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = join(root, 'docs/guides/pictures.md');

/**
 * The pictures that the guide shows, drawn by the code that stands before each: its constant `picture`.
 *
 * @returns {Promise<{ file: string, svg: string }[]>}
 */
export async function pictures() {
  const cache = join(root, 'node_modules/.cache'); // inside the workspace, where @hairpin/* can be found
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'gallery-'));
  try {
    return drawn(examples(readFileSync(guide, 'utf8')), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each block of code that is followed by a picture, and the picture's file. */
function examples(page) {
  const found = page.matchAll(/^```ts\n(.*?)^```\n\n!\[[^\]]*\]\(([^)]+)\)/gms);
  return [...found].map(([, code, path]) => ({ code, file: join(dirname(guide), path) }));
}

/** Runs all blocks in one process, each in a module of its own. */
function drawn(blocks, folder) {
  blocks.forEach(({ code }, i) => writeFileSync(join(folder, `${i}.mts`), `${code}\nexport { picture };\n`));
  const imports = blocks.map((_, i) => `(await import('./${i}.mts')).picture`).join(', ');
  const main = join(folder, 'main.mts');
  writeFileSync(main, `console.log = () => {};\nprocess.stdout.write(JSON.stringify([${imports}]));\nexport {};\n`);
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 27, env: { ...process.env, HAIRPIN_DEVICE: 'cpu' } };
  const svgs = JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', main], options));
  return blocks.map(({ file }, i) => ({ file, svg: svgs[i] }));
}
