import { agree, checkStatus, contentRange, totalBytes, validatorsOf } from '../http/answers';
import type { Validators } from '../http/answers';
import { bodyOf } from '../http/body';
import { get } from '../http/get';
import type { Fetch } from '../http/get';
import { HttpError } from '../http/http-error';
import { Interruption } from '../http/interruption';
import { pause } from '../http/pause';
import { concatenated } from './bytes';
import type { ByteRanges } from './random-access';

/** How an address is read. */
export interface UrlOptions {
  readonly signal?: AbortSignal;
  /** Sent with each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the platform's. */
  readonly fetch?: Fetch;
  /** How often a request is made anew after a cut connection or a busy server: 3 times unless said. */
  readonly retries?: number;
  /** How long to wait before that, in milliseconds, doubled each time: 250 unless said. */
  readonly waitMs?: number;
}

/**
 * A file at an address, for the readers that jump (`openIndexedFasta`, `openBigWig`): only what they ask for is transferred.
 * @throws HttpError if the file is not there, the server serves no ranges or does not answer, or the file changes while it is read
 */
export async function openUrl(url: string | URL, options: UrlOptions = {}): Promise<ByteRanges> {
  const place = { url: String(url), options };
  const [response] = await retried(place, () => range(place, 0, 1));
  const version = validatorsOf(response);
  const size = contentRange(response).total ?? (await retried(place, () => sizeByHead(place)));
  const read = async (start: number, end: number) => (await retried(place, () => range(place, start, end, version)))[1];
  return { size, read: (start, end) => (start < end ? read(start, end) : Promise.resolve(new Uint8Array())) };
}

interface Place {
  readonly url: string;
  readonly options: UrlOptions;
}

async function range(
  { url, options }: Place,
  start: number,
  end: number,
  version: Validators = {},
): Promise<[Response, Uint8Array]> {
  const headers = { ...options.headers, range: `bytes=${start}-${end - 1}` };
  const response = await get(url, { headers, signal: options.signal, fetch: options.fetch });
  checkRange(response, { url, start, version });
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyOf(response, url)) pieces.push(piece);
  const bytes = concatenated(pieces);
  if (bytes.length === end - start) return [response, bytes];
  throw new Interruption(`${url}: expected bytes ${start} to ${end}, got ${bytes.length} of ${end - start}`);
}

function checkRange(
  response: Response,
  { url, start, version }: { url: string; start: number; version: Validators },
): void {
  const problem = problemOf(response, start, version);
  if (problem === undefined) return;
  void response.body?.cancel(); // or the server would send on
  checkStatus(response, url);
  throw new HttpError(`${url}: ${problem}`);
}

function problemOf(response: Response, start: number, version: Validators): string | undefined {
  if (response.status !== 206) return 'the server serves no ranges of the file: download it as a whole';
  if (!agree(version, validatorsOf(response))) return 'the file changed while it was read: open it anew';
  const got = contentRange(response).start ?? start;
  return got === start ? undefined : `expected bytes from ${start}, got them from ${got}`;
}

/** For pages of other origins, to which a server must allow to see `Content-Range`, but not `Content-Length`. */
async function sizeByHead({ url, options }: Place): Promise<number> {
  const headers = { ...options.headers, range: 'bytes=0-' };
  const response = await get(url, { method: 'HEAD', headers, signal: options.signal, fetch: options.fetch });
  checkStatus(response, url);
  const size = totalBytes(response, 0);
  if (size === undefined) throw new HttpError(`${url}: the server does not tell how long the file is`);
  return size;
}

/** Makes a request anew where that may help. */
async function retried<T>({ options }: Place, request: () => Promise<T>): Promise<T> {
  const { signal, retries = 3, waitMs = 250 } = options;
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await request();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      if (attempt >= retries) throw new HttpError(`${error.message}; given up`, { cause: error });
      await pause(error.waitMs ?? waitMs * 2 ** attempt, signal);
    }
  }
}
