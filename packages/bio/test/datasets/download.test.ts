import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rng } from '@hairpin/tensors/random';
import { download } from '../../src/datasets/download';
import type { DownloadSettings } from '../../src/datasets/download';
import { bytesOf } from '../../src/datasets/data-store';
import { HttpError, memoryDataStore } from '../../src/index';
import type { DataStore, DownloadOptions } from '../../src/index';
import { fileDataStore } from '../../src/node/index';
import { FileServer } from './file-server';
import { noise } from './noise';
import { fileOf } from './support';

const bytes = noise(200_000);
let server: FileServer;
let folder: string;
let store: DataStore;

beforeEach(async () => {
  server = await FileServer.of({ bytes, etag: '"one"' });
  folder = mkdtempSync(join(tmpdir(), 'hairpin-download-'));
  store = fileDataStore(folder);
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function load(options: DownloadOptions & DownloadSettings = {}) {
  let received = 0;
  server.file.arrived = () => received;
  const onProgress: DownloadOptions['onProgress'] = (progress) => {
    received = progress.received;
    options.onProgress?.(progress);
  };
  return download({ ...fileOf(bytes), url: server.url }, 'set/a.bin', store, { waitMs: 1, ...options, onProgress });
}

const kept = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((e) => (e.isFile() ? e.name : []));

const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('download', () => {
  it('keeps the bytes of an address under their name, and nothing else', async () => {
    const seen: number[] = [];
    const file = await load({ onProgress: ({ received, total }) => void seen.push(received, total!) });
    expect(Buffer.compare(await bytesOf(file), bytes)).toBe(0);
    expect(file.location).toBe(join(folder, 'set', 'a.bin'));
    expect(kept()).toEqual(['a.bin']);
    expect(seen.slice(-2)).toEqual([200_000, 200_000]);
    expect(server.asked).toEqual([{ method: 'GET', range: 'bytes=0-' }]);
  });

  it('goes on after cuts at any place, asking for the same version', async () => {
    const rng = new Rng(7);
    const cuts = Array.from({ length: 12 }, () => rng.integer(30_000));
    server.file.cut = (n) => cuts[n - 1];
    const file = await load({ retries: 3 });
    expect(Buffer.compare(await bytesOf(file), bytes)).toBe(0);
    const starts = server.asked.map(({ range }) => Number(/\d+/.exec(range!)![0]));
    expect(starts).toEqual(cuts.reduce((sums, cut) => [...sums, sums.at(-1)! + cut], [0])); // no byte twice
    expect(server.asked.at(-1)!.ifRange).toBe('"one"');
  });

  it('goes on in another call after it was given up', async () => {
    server.file.cut = (n) => (n === 1 ? 70_000 : n < 4 ? 0 : undefined);
    const message = await messageOf(load({ retries: 2 }));
    expect(message).toMatch(/given up after 3 attempts; 70000 bytes are kept/);
    expect(kept().sort()).toEqual(['a.bin.part', 'a.bin.part.json']);
    server.asked.length = 3;
    expect(Buffer.compare(await bytesOf(await load()), bytes)).toBe(0);
    expect(server.asked[3]).toEqual({ method: 'GET', range: 'bytes=70000-', ifRange: '"one"' });
  });

  it('takes the whole file from a server without ranges', async () => {
    Object.assign(server.file, { ranges: false, cut: (n: number) => (n < 3 ? 50_000 : undefined) });
    expect(Buffer.compare(await bytesOf(await load()), bytes)).toBe(0);
    expect(server.asked).toHaveLength(3);
  });

  it('asks by date where a server has no entity tags, and trusts the checksum where it has neither', async () => {
    const cut = (n: number) => (n === 1 ? 50_000 : undefined);
    server.file = { bytes, lastModified: 'Sat, 01 Aug 2020 00:00:00 GMT', etag: 'W/"weak"', cut };
    await load();
    expect(server.asked[1]).toEqual({
      ...{ method: 'GET', range: 'bytes=50000-' },
      ifRange: 'Sat, 01 Aug 2020 00:00:00 GMT',
    });
    await store.remove('set/a.bin');
    server.asked.length = 0;
    server.file = { bytes, cut };
    expect(Buffer.compare(await bytesOf(await load()), bytes)).toBe(0);
    expect(server.asked[1]).toEqual({ method: 'GET', range: 'bytes=50000-' });
  });

  it('begins anew when the file changed in between', async () => {
    server.file = { bytes: noise(200_000, 9), etag: '"old"', cut: () => 80_000 };
    await messageOf(load({ retries: 0 }));
    server.file = { bytes, etag: '"one"' };
    server.asked.length = 0;
    expect(Buffer.compare(await bytesOf(await load()), bytes)).toBe(0);
    expect(server.asked).toEqual([{ method: 'GET', range: 'bytes=80000-', ifRange: '"old"' }]); // answered as a whole
  });

  it('begins anew when the file changed and the server does not heed If-Range', async () => {
    server.file = { bytes: noise(200_000, 9), etag: '"old"', cut: () => 80_000 };
    await messageOf(load({ retries: 0 }));
    server.file = { bytes, etag: '"one"' };
    const deaf: typeof fetch = (url, init) => {
      const { 'if-range': _, ...headers } = init!.headers as Record<string, string>;
      return fetch(url, { ...init, headers });
    };
    expect(Buffer.compare(await bytesOf(await load({ fetch: deaf })), bytes)).toBe(0);
  });

  it('begins anew when the checksum of two joined versions is wrong', async () => {
    server.file = { bytes: noise(200_000, 9), cut: () => 80_000 }; // nothing tells its version
    await messageOf(load({ retries: 0 }));
    server.file = { bytes };
    server.asked.length = 0;
    expect(Buffer.compare(await bytesOf(await load()), bytes)).toBe(0);
    expect(server.asked.map(({ range }) => range)).toEqual(['bytes=80000-', 'bytes=0-']);
  });

  it('begins anew when the file there became shorter than what was received', async () => {
    server.file = { bytes: noise(300_000, 9), chunked: true, cut: () => 150_000, ranges: false };
    await messageOf(load({ retries: 0 }));
    server.file = { bytes: bytes.subarray(0, 100), cut: undefined };
    expect(await messageOf(load())).toMatch(/expected 200000 bytes, the server has 100: it is another file/);
  });

  it('keeps nothing of a file with a wrong checksum', async () => {
    server.file.bytes = noise(200_000, 2);
    const message = await messageOf(load());
    expect(message).toContain(`expected 200000 bytes with SHA-256 ${fileOf(bytes).sha256}`);
    expect(message).toContain(fileOf(server.file.bytes).sha256);
    expect(message).toContain('nothing was kept');
    expect(kept()).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  it('does not read an endless file to its end', async () => {
    server.file = { bytes: noise(400_000), chunked: true, ranges: false };
    expect(await messageOf(load())).toMatch(/expected 200000 bytes, the server sends more/);
    expect(kept()).toEqual([]);
  });

  it('stops when it is told to, keeps what came, and goes on later', async () => {
    const stop = new AbortController();
    server.file.cut = () => undefined;
    const onProgress = ({ received }: { received: number }) =>
      void (received > 60_000 && stop.abort(new Error('enough')));
    expect(await messageOf(load({ signal: stop.signal, onProgress }))).toBe('enough');
    const { size } = (await store.open('set/a.bin.part'))!;
    expect(size).toBeGreaterThan(60_000);
    await load();
    expect(server.asked.at(-1)!.range).toBe(size === 200_000 ? 'bytes=0-' : `bytes=${size}-`);
    expect(await messageOf(load({ signal: AbortSignal.abort(new Error('before')) }))).toBe('before');
  });

  it('stops in the pause between attempts', async () => {
    server.file.status = () => 503;
    const signal = AbortSignal.timeout(50);
    expect(await messageOf(load({ signal, waitMs: 600_000 }))).toMatch(/timeout/);
  });

  it.each([500, 502, 503, 429, 408])('tries again after a %i', async (status) => {
    server.file.status = (n) => (n < 3 ? status : undefined);
    await load();
    expect(server.asked).toHaveLength(3);
    server.file.status = () => status;
    await store.remove('set/a.bin');
    expect(await messageOf(load({ retries: 1 }))).toMatch(
      new RegExp(`the server answers ${status}.*; given up after 2 attempts`),
    );
  });

  it('waits as long as the server asks', async () => {
    Object.assign(server.file, { status: (n: number) => (n === 1 ? 429 : undefined), headers: { 'retry-after': '1' } });
    const start = performance.now();
    await load();
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  it.each([401, 403, 404, 410])('gives up at once at a %i', async (status) => {
    server.file.status = () => status;
    const error = await load().catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(HttpError);
    expect((error as Error).message).toContain(`${server.url}: the server answers ${status}`);
    expect(server.asked).toHaveLength(1);
  });

  it('says that nobody answers', async () => {
    const { url } = server;
    await server.close();
    const message = await messageOf(download({ ...fileOf(bytes), url }, 'a', store, { waitMs: 1, retries: 1 }));
    expect(message).toMatch(/no answer \(.*ECONNREFUSED.*\): is there a connection\?; given up after 2 attempts/);
    server = await FileServer.of({ bytes });
  });

  it('takes a server that falls silent for a cut connection', async () => {
    const silent: typeof fetch = (_url, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error)));
    expect(await messageOf(load({ fetch: silent, stallMs: 20, retries: 1 }))).toMatch(/nothing came for 20 ms/);
  });

  it('says that there is no room, and takes none', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const memory = memoryDataStore();
    const small: DataStore = {
      ...memory,
      append: async (path) => {
        const sink = await memory.append(path);
        return path.endsWith('.part') ? { ...sink, write: () => Promise.reject(full) } : sink;
      },
    };
    store = small;
    expect(await messageOf(load())).toBe(
      'memory: no room left for the 200000 bytes of set/a.bin (no space left on device)',
    );
    expect(await memory.open('set/a.bin.part')).toBe(undefined);
    store = fileDataStore(folder);
  });

  it('takes a file that another program packed, by what it inflates to', async () => {
    const { gzipSync } = await import('node:zlib');
    const text = new TextEncoder().encode('>a\nACGT\n'.repeat(1000));
    const [ours, theirs] = [gzipSync(text, { level: 9 }), gzipSync(text, { level: 1 })];
    expect(Buffer.compare(ours, theirs)).not.toBe(0);
    server.file = { bytes: theirs };
    const file = { ...fileOf(ours, { inflatedSha256: fileOf(text).sha256 }), url: server.url };
    expect((await download(file, 'a.gz', store)).size).toBe(theirs.length);
    server.file = { bytes: gzipSync(text.subarray(1)) };
    expect(await messageOf(download(file, 'b.gz', store))).toMatch(/expected .* SHA-256/);
  });
});
