import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { pictures } from '../gallery/pictures.mjs';

it('the pictures of the guide are those that its code draws (if not: npm run gallery)', async () => {
  const drawn = await pictures();
  for (const { file, svg } of drawn) expect(readFileSync(file, 'utf8') === `${svg}\n`, basename(file)).toBe(true);
  const files = drawn.map(({ file }) => basename(file));
  expect(readdirSync(dirname(drawn[0].file)).sort()).toEqual(files.sort());
});
