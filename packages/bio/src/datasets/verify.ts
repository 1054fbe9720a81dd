import { concatenated } from '../formats/bytes';
import { inflateIfGzip } from '../formats/gzip';
import { bytesOf } from './data-store';
import type { StoredFile } from './data-store';
import type { DatasetFile } from './dataset';

/** What a file should be and is, for an error message; undefined where it is as recorded. */
export async function mismatch(file: StoredFile, expected: DatasetFile): Promise<string | undefined> {
  const wanted = `expected ${expected.bytes} bytes with SHA-256 ${expected.sha256}`;
  if (file.size !== expected.bytes && !expected.inflatedSha256) return `${wanted}, got ${file.size} bytes`;
  const bytes = await bytesOf(file);
  const sum = await sha256(bytes);
  if (sum === expected.sha256 || (await inflatesTo(bytes, expected.inflatedSha256))) return undefined;
  return `${wanted}, got ${file.size} bytes with ${sum}`;
}

async function inflatesTo(bytes: Uint8Array, sum: string | undefined): Promise<boolean> {
  if (sum === undefined) return false;
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of inflateIfGzip([bytes])) pieces.push(piece);
    return (await sha256(concatenated(pieces))) === sum;
  } catch {
    return false; // broken gzip is not the file
  }
}

/** Of all at once, as the platform offers it: files of data sets are small beside the memory. */
async function sha256(bytes: Uint8Array): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new Error('SHA-256: expected a secure context (https or localhost), without which a page cannot check data');
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
