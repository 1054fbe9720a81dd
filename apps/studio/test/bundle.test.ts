import { experiments } from '@hairpin/experiments';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildSite } from '../../../scripts/browser/bundle.mjs';

const app = fileURLToPath(new URL('..', import.meta.url));

it(
  'every experiment is bundled for a page and for its worker, and needs no Node module',
  { timeout: 120_000 },
  async () => {
    const files = await buildSite(app);
    const scripts = [...files].flatMap(([path, text]) => (path.endsWith('.js') ? [[path, String(text)]] : []));
    const isInBoth = (name: string) => scripts.filter(([, text]) => text.includes(name)).length > 1;
    expect(experiments.map(({ name }) => name).filter((name) => !isInBoth(name))).toEqual([]);
    const worker = scripts.find(([, text]) => !text.includes('replaceChildren'))?.[1];
    expect(worker).toContain('requestAdapter');
    expect(/createElement|localStorage/.exec(worker!)?.[0]).toBe(undefined);
  },
);

it('a worker that imports a Node module is not bundled', { timeout: 60_000 }, async () => {
  const cache = join(app, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const site = mkdtempSync(join(cache, 'site-'));
  try {
    const write = (name: string, text: string) => writeFileSync(join(site, name), text);
    write('index.html', '<!doctype html><script type="module" src="./page.js"></script>');
    write('page.js', `new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });`);
    write('worker.js', `import { readFileSync } from 'node:fs'; postMessage(String(readFileSync));`);
    await expect(buildSite(site)).rejects.toThrow('imports node:fs, which a browser lacks');
  } finally {
    rmSync(site, { recursive: true });
  }
});
