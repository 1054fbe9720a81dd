import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const pages = tracked.filter((path) => existsSync(join(root, path)));

/** The relative links of a page, without their anchors; code is left out. */
function links(page: string): string[] {
  const prose = page.replace(/```.*?```|`[^`]*`/gs, '');
  const targets = [...prose.matchAll(/\]\(([^)#\s]+)/g)].map(([, target]) => target!);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

it('finds links, but not in code', () => {
  expect(links('[a](b.md#c) `[d](e.md)` [f](https://g.org)\n```\n[h](i.md)\n```\n[j](#k)')).toEqual(['b.md']);
});

it.each(pages)('every link of %s leads somewhere', (page) => {
  const targets = links(readFileSync(join(root, page), 'utf8'));
  expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});
