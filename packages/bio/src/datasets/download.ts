import { agree, checkStatus, contentRange, isForeign, totalBytes, validatorsOf } from '../http/answers';
import { bodyOf } from '../http/body';
import { get } from '../http/get';
import { Interruption, reasonOf } from '../http/interruption';
import { pause } from '../http/pause';
import { Watch } from '../http/watch';
import type { DataStore, StoredFile } from './data-store';
import type { DatasetFile } from './dataset';
import { DatasetError } from './dataset-error';
import type { Begun } from './partial-file';
import { PartialFile } from './partial-file';
import { mismatch } from './verify';

/** How far a download is. */
export interface DownloadProgress {
  /** Set and file, parted by a slash. */
  readonly path: string;
  /** Bytes so far, those of earlier attempts included. */
  readonly received: number;
  /** Bytes of the whole file, where known. */
  readonly total: number | undefined;
}

/** What a download can be told. */
export interface DownloadOptions {
  /** Stops the download; what came so far is kept for the next time. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** How a library downloads. */
export interface DownloadSettings {
  /** In place of the platform's. */
  readonly fetch?: typeof fetch;
  /** Failures in a row, without a new byte, before it is given up: 5 unless said. */
  readonly retries?: number;
  /** After how long without a byte a connection counts as cut: 60 000 unless said. */
  readonly stallMs?: number;
  /** How long to wait before the second attempt, doubled before each further one, 30 s at most: 500 unless said. */
  readonly waitMs?: number;
}

const LONGEST_WAIT_MS = 30_000;

/** A file with an address. */
export type PublicFile = DatasetFile & { readonly url: string };

/**
 * Downloads a file into a store, going on where an earlier attempt, of this process or another, was cut. The file gets its name only
 * when it is whole and its checksum is right.
 * @param path where the store keeps it
 * @throws HttpError for an address that does not give the file
 * @throws DatasetError that says what is wrong with the connection, the file or the store
 */
export async function download(
  file: PublicFile,
  path: string,
  store: DataStore,
  { signal, onProgress, ...settings }: DownloadOptions & DownloadSettings = {},
): Promise<StoredFile> {
  const job: Job = { file, path, store, part: new PartialFile(store, path), settings, signal, onProgress };
  const { retries = 5, waitMs = 500 } = settings;
  let furthest = 0;
  for (let failures = 0; ;) {
    signal?.throwIfAborted();
    try {
      return await attempt(job);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      const bytes = (await store.open(job.part.path))?.size ?? 0;
      failures = bytes > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, bytes);
      if (failures > retries) throw givenUp(error, failures, bytes);
      await pause(Math.min(error.waitMs ?? waitMs * 2 ** (failures - 1), LONGEST_WAIT_MS), signal);
    }
  }
}

interface Job extends DownloadOptions {
  readonly file: PublicFile;
  readonly path: string;
  readonly store: DataStore;
  readonly part: PartialFile;
  readonly settings: DownloadSettings;
}

function givenUp(error: Interruption, failures: number, bytes: number): DatasetError {
  const kept = bytes > 0 ? `; ${bytes} bytes are kept, and the next call goes on from there` : '';
  return new DatasetError(`${error.message}; given up after ${failures} attempts${kept}`, { cause: error });
}

/** One connection. @throws Interruption where another one may go further */
async function attempt(job: Job): Promise<StoredFile> {
  const begun = await job.part.begun(job.file.url);
  if (begun === undefined || begun.bytes !== begun.total) await receive(job, begun);
  return await finish(job, begun !== undefined);
}

async function receive(job: Job, begun: Begun | undefined): Promise<void> {
  const watch = new Watch(job.settings.stallMs ?? 60_000, job.signal);
  try {
    const response = await request(job, begun, watch);
    const from = await firstByte(job, begun, response);
    const total = totalBytes(response, from) ?? (from > 0 ? begun?.total : undefined);
    checkTotal(job, total);
    const note = { url: job.file.url, validators: validatorsOf(response), total };
    if (from === 0) await stored(job, job.part.begin(note));
    const received = await take(job, response, { from, total, watch });
    const expected = total ?? (job.file.inflatedSha256 ? received : job.file.bytes);
    if (received < expected) throw new Interruption(`${job.file.url}: cut off after ${received} of ${expected} bytes`);
  } finally {
    watch.stop(); // closes the connection, too, where it was left early
  }
}

/** A range is asked for from the first attempt on: with one, no server packs the body, whose bytes could not be counted. */
function request({ file, settings }: Job, begun: Begun | undefined, { signal }: Watch): Promise<Response> {
  const headers: Record<string, string> = { range: `bytes=${begun?.bytes ?? 0}-` };
  const version = begun?.validators.etag ?? begun?.validators.lastModified;
  if (version !== undefined && !isForeign(file.url)) headers['if-range'] = version;
  return get(file.url, { headers, signal, fetch: settings.fetch });
}

/** Where in the file the body begins. @throws Interruption, having dropped what was begun, if it does not fit behind that */
async function firstByte({ file, part }: Job, begun: Begun | undefined, response: Response): Promise<number> {
  if (response.status === 416 && begun) {
    await part.drop();
    throw new Interruption(`${file.url}: the file there is shorter than what was received of it`);
  }
  checkStatus(response, file.url);
  if (response.status === 200) return 0; // no ranges, or another version of the file: it comes from its beginning
  const { start = begun?.bytes ?? 0 } = contentRange(response);
  const isSame = begun === undefined || agree(begun.validators, validatorsOf(response));
  if (isSame && start === (begun?.bytes ?? 0)) return start;
  await part.drop();
  throw new Interruption(`${file.url}: the file changed while it was downloaded`);
}

/** A packed file may have other bytes than ours: what it inflates to decides. */
function checkTotal({ file }: Job, total: number | undefined): void {
  if (total === undefined || total === file.bytes || file.inflatedSha256) return;
  throw new DatasetError(
    `${file.url}: expected ${file.bytes} bytes, the server has ${total}: it is another file by now`,
  );
}

/** Appends the body. Returns how many bytes there are in all. */
async function take(
  job: Job,
  response: Response,
  { from, total, watch }: { from: number; total: number | undefined; watch: Watch },
): Promise<number> {
  const { file, part, path, store, onProgress } = job;
  const limit = total ?? (file.inflatedSha256 ? Infinity : file.bytes);
  const sink = await stored(job, store.append(part.path));
  let received = from;
  try {
    for await (const bytes of bodyOf(response, file.url, () => watch.reset())) {
      await stored(job, sink.write(bytes));
      received += bytes.length;
      if (received > limit) break;
      onProgress?.({ path, received, total });
    }
  } finally {
    await stored(job, sink.close()); // after a cut, too: the bytes so far are kept
  }
  if (received <= limit) return received;
  await part.drop();
  throw new DatasetError(`${file.url}: expected ${limit} bytes, the server sends more: it is another file`);
}

/** What a store does, whose errors no further attempt mends. */
async function stored<T>({ store, part, file, path }: Job, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isFull = isOutOfRoom(error);
    if (isFull) await part.drop().catch(() => {}); // gives back the room that it took
    const what = isFull ? `no room left for the ${file.bytes} bytes of` : 'could not write';
    throw new DatasetError(`${store.name}: ${what} ${path} (${reasonOf(error)})`, { cause: error });
  }
}

function isOutOfRoom(error: unknown): boolean {
  const { name, code } = error as { name: string; code?: unknown };
  return name === 'QuotaExceededError' || code === 'ENOSPC' || code === 'EDQUOT';
}

/** Names the file where it is right. What was put together of several attempts gets another chance, from the beginning. */
async function finish(job: Job, isResumed: boolean): Promise<StoredFile> {
  const { file, part, path, store } = job;
  const whole = await store.open(part.path);
  const problem = whole ? await mismatch(whole, file) : 'nothing was received';
  if (problem !== undefined) {
    await part.drop();
    const message = `${file.url}: ${problem}`;
    if (isResumed) throw new Interruption(message);
    throw new DatasetError(`${message}: nothing was kept`);
  }
  await stored(job, part.finish());
  return (await store.open(path))!;
}
