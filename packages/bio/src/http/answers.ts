import { HttpError } from './http-error';
import { Interruption } from './interruption';

/** By which a server's version of a file is known again. */
export interface Validators {
  /** Strong only: weak ones may be the same for other bytes. */
  readonly etag?: string;
  readonly lastModified?: string;
}

/** The validators of an answer. */
export function validatorsOf({ headers }: Response): Validators {
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return { ...(etag && !etag.startsWith('W/') && { etag }), ...(lastModified && { lastModified }) };
}

/** Whether what both know is the same; servers do not show everything to pages of other origins. */
export function agree(a: Validators, b: Validators): boolean {
  const keys = ['etag', 'lastModified'] as const;
  return keys.every((key) => a[key] === undefined || b[key] === undefined || a[key] === b[key]);
}

/** The first byte and the whole file's size of `Content-Range: bytes 5-9/10` (RFC 9110, section 14.4), as far as they are told. */
export function contentRange({ headers }: Response): { start?: number; total?: number } {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (start === undefined) return {};
  return { start: Number(start), ...(total !== '*' && { total: Number(total) }) };
}

/**
 * Bytes of the whole file, where the server tells: a length counts packed bytes where the body is packed for the way.
 * @param from where in the file the body begins
 */
export function totalBytes(response: Response, from: number): number | undefined {
  const { headers } = response;
  const { total } = contentRange(response);
  const length = headers.get('content-length');
  const isPacked = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  return total ?? (length === null || isPacked ? undefined : from + Number(length));
}

/**
 * Passes over answers that bring the file.
 * @throws Interruption for those after which it is worth to try again
 * @throws HttpError for the others
 */
export function checkStatus(response: Response, url: string): void {
  const { status } = response;
  if (status === 200 || status === 206) return;
  const message = `${url}: the server answers ${status}${reasons[status] ?? ''}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    throw new Interruption(message, { waitMs: retryAfter(response) });
  throw new HttpError(message);
}

const reasons: Readonly<Record<number, string>> = {
  401: ' (it wants a password)',
  403: ' (it refuses)',
  404: ' (the file is not there)',
  410: ' (the file is gone)',
  429: ' (too many requests)',
};

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : undefined;
}

/** Whether a page asks another origin, which must allow each header that is not plain: `If-Range` and `ETag` are not. */
export function isForeign(url: string): boolean {
  const { location } = globalThis as { location?: { origin: string } };
  return location !== undefined && new URL(url, location.origin).origin !== location.origin;
}
