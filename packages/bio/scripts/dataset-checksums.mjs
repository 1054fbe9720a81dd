/**
 * Writes `src/datasets/checksums.ts` from a mirror of the data sets: `HAIRPIN_DATA=… node packages/bio/scripts/dataset-checksums.mjs`.
 * With `--check` it writes nothing and fails where the mirror and the table differ.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const output = fileURLToPath(new URL('../src/datasets/checksums.ts', import.meta.url));

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every file in a folder of the mirror; what lies beside the folders belongs to no set. */
function filesOf(mirror) {
  const sets = readdirSync(mirror, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return sets.flatMap(({ name }) => {
    const entries = readdirSync(join(mirror, name), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    return paths.map((path) => path.slice(mirror.length + 1).replaceAll('\\', '/'));
  });
}

function lineOf(mirror, path) {
  const bytes = readFileSync(join(mirror, path));
  const inflated = path.endsWith('.gz') ? ` ${sha256(gunzipSync(bytes))}` : '';
  return `${path} ${bytes.length} ${sha256(bytes)}${inflated}`;
}

function tableOf(mirror) {
  const lines = filesOf(mirror)
    .sort()
    .map((path) => lineOf(mirror, path));
  return `/**
 * Each file of the data sets: path, bytes, SHA-256 and, where it is gzipped, the SHA-256 of what it inflates to.
 * Written by \`packages/bio/scripts/dataset-checksums.mjs\`, not by hand.
 */
export const checksums = \`
${lines.join('\n')}
\`;
`;
}

const mirror = process.env.HAIRPIN_DATA?.replace(/[/\\]+$/, '');
if (!mirror) throw new Error('dataset-checksums: set HAIRPIN_DATA to the folder of the mirror');
const table = tableOf(mirror);
if (!process.argv.includes('--check')) writeFileSync(output, table);
else if (readFileSync(output, 'utf8') !== table)
  throw new Error(`${output}: expected the sums of ${mirror}, got others`);
