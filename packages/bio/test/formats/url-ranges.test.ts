import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpError, indexFasta, openBigWig, openIndexedFasta, openUrl } from '../../src/index';
import { FileServer } from '../datasets/file-server';
import { noise } from '../datasets/noise';
import { dataFolder, dataPath } from '../support';

const bytes = noise(50_000);
let server: FileServer;

beforeEach(async () => void (server = await FileServer.of({ bytes, etag: '"one"' })));
afterEach(() => server.close());

const open = (options: Parameters<typeof openUrl>[1] = {}) => openUrl(server.url, { waitMs: 1, ...options });

const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.message,
  );

describe('a file at an address', () => {
  it('transfers what is asked for, and no more', async () => {
    const file = await open();
    expect(file.size).toBe(50_000);
    expect(await file.read(1000, 1010)).toEqual(bytes.slice(1000, 1010));
    expect(await file.read(49_999, 50_000)).toEqual(bytes.slice(49_999));
    expect(await file.read(5, 5)).toEqual(new Uint8Array());
    expect(server.asked.map(({ range }) => range)).toEqual(['bytes=0-0', 'bytes=1000-1009', 'bytes=49999-49999']);
  });

  it('is read by the readers that jump', async () => {
    server.file.bytes = new TextEncoder().encode('>a first\nACGTA\nCGT\n>b\nTTTTT\nGG\n');
    const fai = await indexFasta(new Blob([server.file.bytes as Uint8Array<ArrayBuffer>]));
    const fasta = await openIndexedFasta({ fasta: await open(), fai }, { source: server.url });
    expect(await fasta.read('b', { start: 3, end: 7 })).toBe('TTGG');
    server.file.bytes = server.file.bytes.slice(0, 20);
    expect(await messageOf(fasta.read('b'))).toContain('the server answers 416');
  });

  it.skipIf(!dataFolder)('is read as a bigWig file as it is from a disk', async () => {
    const path = dataPath('genomic_io_samples/test.bw');
    server.file.bytes = new Uint8Array(readFileSync(path));
    const [near, far] = [await openBigWig(server.file.bytes), await openBigWig(await open())];
    expect(far.chromosomes).toEqual(near.chromosomes);
    const [name] = near.chromosomes.keys();
    expect(await far.values(name)).toEqual(await near.values(name));
  });

  it('tries again after a cut connection and a busy server', async () => {
    const file = await open();
    server.file.cut = (n) => (n === 2 ? 3 : undefined);
    server.file.status = (n) => (n === 3 ? 503 : undefined);
    expect(await file.read(10, 20)).toEqual(bytes.slice(10, 20));
    expect(server.asked).toHaveLength(4);
    server.file.status = () => 503;
    expect(await messageOf(file.read(10, 20))).toMatch(/the server answers 503; given up/);
  });

  it('refuses a server without ranges, a file that is not there, and one that changed', async () => {
    const file = await open();
    server.file.etag = '"two"';
    expect(await messageOf(file.read(0, 9))).toMatch(/the file changed while it was read: open it anew/);
    server.file.ranges = false;
    expect(await messageOf(open())).toMatch(/the server serves no ranges of the file/);
    server.file.status = () => 404;
    const error = await open().catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(HttpError);
    expect((error as Error).message).toBe(`${server.url}: the server answers 404 (the file is not there)`);
  });

  it('asks for the length where the server hides the range from pages of other origins', async () => {
    const hiding: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      const headers = new Headers(response.headers);
      headers.delete('content-range');
      return new Response(response.body, { status: response.status, headers });
    };
    const file = await open({ fetch: hiding });
    expect(file.size).toBe(50_000);
    expect(await file.read(7, 9)).toEqual(bytes.slice(7, 9));
    expect(server.asked.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET']);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const file = await open({ signal: stop.signal });
    stop.abort(new Error('enough'));
    expect(await messageOf(file.read(0, 9))).toBe('enough');
  });

  it('sends the headers that it is given', async () => {
    let sent: unknown;
    const spy: typeof fetch = (url, init) => {
      sent = init!.headers;
      return fetch(url, init);
    };
    await open({ fetch: spy, headers: { authorization: 'Bearer x' } });
    expect(sent).toEqual({ authorization: 'Bearer x', range: 'bytes=0-0' });
  });
});
