/** Writes the pictures of docs/guides/pictures.md: `npm run gallery`. */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pictures, root } from './gallery/pictures.mjs';

for (const { file, svg } of await pictures()) {
  writeFileSync(file, `${svg}\n`);
  console.log(`${relative(root, file)}: ${Math.ceil(svg.length / 1000)} kB`);
}
