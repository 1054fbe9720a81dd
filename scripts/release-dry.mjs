/** `npm run release:dry`: a release in a temporary clone of the last commit, up to but not including the upload. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages, tool } from './release/packages.mjs';
import { tryPackages } from './release/try-packages.mjs';
import { root } from './setup/bootstrap.mjs';
import { main } from './setup/main.mjs';

main(async () => {
  const clone = join(mkdtempSync(join(tmpdir(), 'hairpin-release-')), 'hairpin');
  try {
    tool(root, 'git', ['clone', '--quiet', root, clone]);
    tool(root, 'pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: clone });
    console.log(`released  ${release(clone)} (in a clone; nothing is uploaded)`);
    await tryPackages(clone);
  } finally {
    rmSync(join(clone, '..'), { recursive: true });
  }
});

/** Applies the changesets and returns the version that all packages now share. */
function release(clone) {
  if (pendingChangesets(clone).length === 0) writeFileSync(join(clone, '.changeset/rehearsal.md'), rehearsal(clone));
  tool(clone, 'changeset', ['version']);
  const versions = new Set(publishedPackages(clone).map(({ manifest }) => manifest.version));
  if (versions.size !== 1) throw new Error(`the packages should share one version, they have ${[...versions]}`);
  const [version] = versions;
  for (const { folder } of publishedPackages(clone)) checkChangelog(folder, version);
  return version;
}

function pendingChangesets(clone) {
  return readdirSync(join(clone, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
}

/** With nothing to release, the rehearsal releases a patch of one package, and so of all. */
function rehearsal(clone) {
  return `---\n'${publishedPackages(clone)[0].manifest.name}': patch\n---\n\nA rehearsal.\n`;
}

function checkChangelog(folder, version) {
  const text = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
  if (!text.includes(`## ${version}`)) throw new Error(`${folder}/CHANGELOG.md lacks version ${version}`);
}
