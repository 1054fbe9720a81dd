import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/datasets/data-store';
import { collectFasta, dataLibrary, describeDataset, DatasetError, memoryDataStore, openBigWig } from '../../src/index';
import type { DataLibraryOptions, Dataset } from '../../src/index';
import { cacheFolder, fileDataStore, localDataLibrary } from '../../src/node/index';
import { FileServer } from './file-server';
import { noise } from './noise';
import { fileOf, setOf } from './support';

const bytes = noise(10_000);
let server: FileServer;
let folder: string;

beforeEach(async () => {
  server = await FileServer.of({ bytes, etag: '"one"' });
  folder = mkdtempSync(join(tmpdir(), 'hairpin-library-'));
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const inFolder = (path: string) => join(folder, path);

function put(path: string, content: Uint8Array): void {
  mkdirSync(dirname(inFolder(path)), { recursive: true });
  writeFileSync(inFolder(path), content);
}

const publicSet = (more: Partial<Dataset> = {}) => setOf([fileOf(bytes, { url: server.url })], more);

const libraryOf = (set: Dataset, options: DataLibraryOptions = {}) =>
  dataLibrary({
    datasets: [set],
    mirror: fileDataStore(inFolder('mirror')),
    cache: fileDataStore(inFolder('cache')),
    ...{ waitMs: 1, ...options },
  });

const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('a library of data sets', () => {
  it('opens what the mirror has, without asking anybody', async () => {
    put('mirror/noise/a.bin', bytes);
    const file = await libraryOf(publicSet()).open('noise');
    expect(file.location).toBe(inFolder('mirror/noise/a.bin'));
    expect(Buffer.compare(await bytesOf(file), bytes)).toBe(0);
    expect(server.asked).toEqual([]);
  });

  it('downloads what the mirror has not, and has it in the cache from then on', async () => {
    const library = libraryOf(publicSet());
    expect((await library.where('noise')).map(({ state }) => state)).toEqual(['absent']);
    expect((await library.open('noise', 'a.bin')).location).toBe(inFolder('cache/noise/a.bin'));
    await server.close();
    const again = await libraryOf(publicSet()).open('noise');
    expect(Buffer.compare(await bytesOf(again), bytes)).toBe(0);
    expect(await library.where('noise')).toEqual([
      { file: publicSet().files[0], state: 'cache', location: inFolder('cache/noise/a.bin') },
    ]);
    server = await FileServer.of({ bytes });
  });

  it('downloads a file once for all who ask at the same time', async () => {
    const library = libraryOf(publicSet());
    const files = await Promise.all([library.open('noise'), library.open('noise'), library.fetch('noise')]);
    expect(files.flat().map(({ size }) => size)).toEqual([10_000, 10_000, 10_000]);
    expect(server.asked).toHaveLength(1);
  });

  it('refuses a file of the mirror with another checksum, by name', async () => {
    put('mirror/noise/a.bin', noise(10_000, 2));
    const message = await messageOf(libraryOf(publicSet()).open('noise'));
    expect(message).toContain(`${inFolder('mirror/noise/a.bin')}: expected 10000 bytes with SHA-256`);
    put('mirror/noise/a.bin', bytes.subarray(1));
    expect(await messageOf(libraryOf(publicSet()).open('noise'))).toContain('got 9999 bytes');
    expect((await libraryOf(publicSet(), { verify: false }).open('noise')).size).toBe(9999);
    expect(server.asked).toEqual([]);
  });

  it('gets a damaged file of the cache anew', async () => {
    put('cache/noise/a.bin', noise(10_000, 2));
    const file = await libraryOf(publicSet()).open('noise');
    expect(Buffer.compare(await bytesOf(file), bytes)).toBe(0);
    expect(server.asked).toHaveLength(1);
  });

  it('takes a gzipped file of the mirror that was packed by another program', async () => {
    const text = new TextEncoder().encode('>a\nACGT\n'.repeat(500));
    const sums = fileOf(gzipSync(text, { level: 9 }), { path: 'a.fa.gz', inflatedSha256: fileOf(text).sha256 });
    put('mirror/noise/a.fa.gz', gzipSync(text, { level: 1 }));
    expect(await collectFasta(await libraryOf(setOf([sums])).open('noise'))).toHaveLength(500);
    put('mirror/noise/a.fa.gz', gzipSync(text.subarray(8)));
    expect(await messageOf(libraryOf(setOf([sums])).open('noise'))).toContain('a.fa.gz: expected');
  });

  it('never downloads a set with a held-out part', async () => {
    const set = publicSet({ heldOutPart: true });
    const error = await libraryOf(set)
      .open('noise')
      .catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(DatasetError);
    expect((error as Error).message.split('\n')).toEqual([
      `noise/a.bin: not in the mirror ${inFolder('mirror')} nor in the cache ${inFolder('cache')}, and its set is never downloaded`,
      'source: made up, https://example.org/noise',
      'licence: CC0',
      'cite: Nobody 1999',
      'what to do: Draw bytes.',
      'where to put it: noise/a.bin below the folder of the mirror (in Node the one that HAIRPIN_DATA names)',
      `what it should be: 10000 bytes, SHA-256 ${fileOf(bytes).sha256}`,
    ]);
    expect(server.asked).toEqual([]);
    put('mirror/noise/a.bin', bytes);
    expect((await libraryOf(set).open('noise')).size).toBe(10_000);
  });

  it('says what to do about a file without an address, and about one whose address fails', async () => {
    const private_ = await messageOf(libraryOf(setOf([fileOf(bytes)])).open('noise'));
    expect(private_).toMatch(/no public address serves this very file\n.*\n.*\n.*\nwhat to do: Draw bytes\./);
    server.file.status = () => 404;
    const gone = await messageOf(libraryOf(publicSet()).open('noise'));
    expect(gone).toMatch(/the server answers 404 \(the file is not there\)\nsource: made up/);
    const nowhere = await messageOf(dataLibrary({ datasets: [publicSet()] }).open('noise'));
    expect(nowhere).toMatch(/neither mirror nor cache was given, and there is no cache to download .* into/);
  });

  it('brings every file of a set that can be had before it says which cannot', async () => {
    const { url } = server;
    const paths = ['a', 'b', 'c'].map((path) => fileOf(bytes, { path, ...(path === 'b' && { url }) }));
    const message = await messageOf(libraryOf(setOf(paths)).fetch('noise'));
    expect(message).toMatch(/^noise\/a: not in the mirror(.*\n)+nor could these files be had: c$/);
    expect((await libraryOf(setOf(paths)).where('noise')).map(({ state }) => state)).toEqual([
      'absent',
      'cache',
      'absent',
    ]);
  });

  it('names the sets and files that there are', async () => {
    const library = libraryOf(setOf([fileOf(bytes), fileOf(bytes, { path: 'b/c.bin' })]));
    expect(await messageOf(library.open('nose'))).toBe('datasetNamed: no data set "nose"; there are noise');
    const files = 'there are a.bin, b/c.bin';
    expect(await messageOf(library.open('noise'))).toBe(`data set "noise": expected the path of a file; ${files}`);
    expect(await messageOf(library.open('noise', 'd'))).toBe(`data set "noise": no file "d"; ${files}`);
  });

  it('works in memory, where there is no file system', async () => {
    const library = dataLibrary({ datasets: [publicSet()], cache: memoryDataStore(), waitMs: 1 });
    let arrived = 0;
    Object.assign(server.file, { cut: (n: number) => (n === 1 ? 4000 : undefined), arrived: () => arrived });
    const onProgress = ({ received }: { received: number }) => void (arrived = received);
    expect(Buffer.compare(await bytesOf(await library.open('noise', 'a.bin', { onProgress })), bytes)).toBe(0);
    expect((await library.open('noise')).location).toBe('memory:noise/a.bin');
    expect(server.asked.map(({ range }) => range)).toEqual(['bytes=0-', 'bytes=4000-']);
  });

  it('describes a set', () => {
    expect(describeDataset(publicSet())).toBe(
      'noise: Nothing to be seen\nsource: made up, https://example.org/noise\nlicence: CC0\ncite: Nobody 1999\nfiles: 1 file, 10000 bytes',
    );
  });
});

describe('a library of this machine', () => {
  it('finds its folders', () => {
    expect(cacheFolder({ HAIRPIN_CACHE: '/c', XDG_CACHE_HOME: '/x' })).toBe(join('/c', 'datasets'));
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe(join('/x', 'hairpin', 'datasets'));
    expect(cacheFolder({})).toMatch(/hairpin.datasets$/);
  });

  it('takes folders, and gives files that readers take whole or in parts', async () => {
    put('mirror/noise/a.bin', bytes);
    const options = { mirror: inFolder('mirror'), cache: inFolder('cache'), datasets: [publicSet()] };
    const file = await localDataLibrary(options).open('noise');
    const pieces: Uint8Array[] = [];
    for await (const piece of file) pieces.push(piece);
    for await (const piece of file) pieces.push(piece);
    expect(Buffer.compare(Buffer.concat(pieces), Buffer.concat([bytes, bytes]))).toBe(0);
    expect(await file.read(10, 13)).toEqual(bytes.slice(10, 13));
    expect(Buffer.compare(readFileSync(file.location), bytes)).toBe(0);
    expect(await messageOf(openBigWig(file, { source: 'a.bin' }))).toMatch(/a.bin: byte 0: not bigWig/);
  });
});
