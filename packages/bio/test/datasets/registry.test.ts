import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectFasta, datasetNamed, datasets, describeDataset, openBigWig } from '../../src/index';
import { localDataLibrary } from '../../src/node/index';
import { checksums } from '../../src/datasets/checksums';
import { dataFiles, dataFolder, dataPath } from '../support';
import { sha256 } from './support';

const files = datasets.flatMap((set) => set.files.map((file) => ({ set, file, path: `${set.name}/${file.path}` })));

describe('the registry of data sets', () => {
  it('has each set once, with files, source, licence and what to do', () => {
    expect(new Set(datasets.map(({ name }) => name)).size).toBe(datasets.length);
    for (const { name, title, licence, obtain, files, source } of datasets) {
      expect([name, files.length > 0]).toEqual([name, true]);
      expect(name).toMatch(/^[a-z][a-z0-9_]+$/);
      for (const text of [title, licence, obtain, source.what]) expect(text).toMatch(/\S{2}/);
    }
  });

  it('has every line of the table of checksums in a set', () => {
    const lines = checksums.trim().split('\n');
    expect(files).toHaveLength(lines.length);
    for (const { file } of files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file.bytes).toBeGreaterThan(0);
      expect(file.inflatedSha256 !== undefined).toBe(file.path.endsWith('.gz'));
    }
  });

  it('has addresses that name one version, and none of a set with a held-out part', () => {
    const ofCommit = /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[0-9a-f]{40}\/[^ ]+$/;
    const ofAssembly = /^https:\/\/ftp\.ncbi\.nlm\.nih\.gov\/genomes\/all\/GCF\/.*\/GCF_000005845\.2_/;
    const withUrl = files.filter(({ file }) => file.url !== undefined);
    for (const { set, file } of withUrl) {
      expect(set.heldOutPart).toBe(undefined);
      expect(file.url!).toMatch(file.inflatedSha256 ? ofAssembly : ofCommit);
    }
    expect(withUrl.length).toBeGreaterThan(40);
  });

  it('knows of each address which file it is', async () => {
    const entries = (
      await Promise.all(['genomes', 'regulation', 'proteins', 'series', 'references'].map(sectionOf))
    ).flat();
    for (const { name, urls = {} } of entries) {
      const known = datasetNamed(name).files.filter(({ url }) => url !== undefined);
      expect([name, known.map(({ path }) => path).sort()]).toEqual([name, Object.keys(urls).sort()]);
    }
  });

  it('describes a set in a few lines', () => {
    expect(describeDataset(datasetNamed('timeseries_lynx_hare'))).toContain('files: 1 file, 470 bytes');
  });
});

async function sectionOf(section: string) {
  const module = (await import(`../../src/datasets/sets/${section}.ts`)) as Record<string, unknown>;
  return Object.values(module).flat() as { name: string; urls?: Record<string, string> }[];
}

describe.skipIf(!dataFolder)('the mirror of data sets', () => {
  it('has a registered set in every folder, and every file of it', () => {
    const entries = readdirSync(dataFolder!, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(datasets.map(({ name }) => name).sort()).toEqual(folders.sort());
    const inFolders = dataFiles(/[/\\]/).filter((path) => statSync(dataPath(path)).isFile());
    expect(files.map(({ path }) => path).sort()).toEqual(inFolders.map((path) => path.replaceAll('\\', '/')).sort());
  });

  it('has files of the sizes and, up to 100 kB, the checksums that are recorded', () => {
    for (const { file, path } of files) {
      expect([path, statSync(dataPath(path)).size]).toEqual([path, file.bytes]);
      if (file.bytes <= 100_000) expect([path, sha256(readFileSync(dataPath(path)))]).toEqual([path, file.sha256]);
    }
  });

  it('marks the sets of which the table of the mirror says that a part is held out', () => {
    const rows = readFileSync(join(dataFolder!, 'README.md'), 'utf8').matchAll(/^\| `(\w+)` (◐ )?\|/gm);
    const held = [...rows].map(([, name, mark]) => [name, mark !== undefined]);
    expect(held.length).toBeGreaterThan(50);
    for (const [name, isHeld] of held)
      expect([name, datasetNamed(String(name)).heldOutPart ?? false]).toEqual([name, isHeld]);
  });

  it('opens through the library, checked', async () => {
    const data = localDataLibrary({ mirror: dataFolder, cache: '/nowhere' });
    expect(await collectFasta(await data.open('mito_mammals41', 'genomes.fasta.gz'))).toHaveLength(41);
    const bigWig = await openBigWig(await data.open('genomic_io_samples', 'test.bw'));
    expect(bigWig.chromosomes.size).toBeGreaterThan(0);
    expect((await data.where('eukaryote_1pct')).map(({ state }) => state)).toEqual(Array(4).fill('mirror'));
  });
});
