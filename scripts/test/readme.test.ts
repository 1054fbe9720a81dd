import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache'); // inside the workspace, where @hairpin/* can be found
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** README.md of the workspace and of every package and app, and the guides. */
function pages(): string[] {
  const members = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  const readmes = ['.', ...members].map((member) => join(member, 'README.md'));
  const guides = readdirSync(join(root, 'docs/guides')).map((name) => join('docs/guides', name));
  return [...readmes, ...guides].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));
}

/** The TypeScript blocks of a page. */
function blocks(page: string): string[] {
  return [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
}

/** What a block says it prints: the comments behind its calls of console.log. */
function promises(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm)].map(([, text]) => text!);
}

function linesPrinted(file: string): string[] {
  const env = { ...process.env, HAIRPIN_DEVICE: 'cpu', NODE_OPTIONS: '', NO_COLOR: '1' };
  const args = ['--import', 'tsx', file];
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return output.split('\n').filter((line) => line !== '');
}

const examples = pages().flatMap((path) =>
  blocks(readFileSync(join(root, path), 'utf8')).map((code, i) => {
    const file = join(folder, `${path.replace(/\W/g, '-')}-${i + 1}.mts`);
    writeFileSync(file, `${code}\nexport {};\n`);
    return { path, code, file, block: i + 1 };
  }),
);

it.each(examples)('$path, block $block prints what it says', ({ code, file }) => {
  expect(linesPrinted(file)).toEqual(promises(code));
});

it('every block has the right types', () => {
  const options = { extends: join(root, 'tsconfig.base.json'), include: ['*.mts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
});
