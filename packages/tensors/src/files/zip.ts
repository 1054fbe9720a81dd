import { inflateSync } from 'fflate';
import { crc32 } from './crc32';
import { fileError } from './error';
import { decodeUtf8 } from './text';

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly localHeader: number; // byte offset
}

// PKWARE's APPNOTE 6.3.10: local file header 4.3.7, central directory 4.3.12, its end 4.3.16.
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const END = { signature: 0x06054b50, bytes: 22 };
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const MAX_DEFLATE_RATIO = 1032; // 258 bytes from two bits

/**
 * The entries of a zip archive, stored or deflated, each checked against its CRC-32. Sizes beyond 4 GiB (zip64) and
 * encryption are refused.
 *
 * @throws ArrayFileError that names the archive and the entry
 */
export function unzip(bytes: Uint8Array, label: string): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const files = new Map<string, Uint8Array>();
  const end = findEnd(view, label);
  for (const entry of centralDirectory(bytes, view, end, label)) {
    if (files.has(entry.name)) throw fileError(label, 'every entry once', `"${entry.name}" twice`);
    files.set(entry.name, extract(bytes, view, entry, `${label}: entry "${entry.name}"`));
  }
  return files;
}

/** Offset of the record at the end, which a comment may follow. */
function findEnd(view: DataView, label: string): number {
  const last = view.byteLength - END.bytes;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END.signature && at + view.getUint16(at + 20, true) === last) return at;
  }
  throw fileError(
    label,
    'a zip archive with its directory at the end',
    `none in ${view.byteLength} bytes (truncated?)`,
  );
}

function centralDirectory(bytes: Uint8Array, view: DataView, end: number, label: string): Entry[] {
  const where = `${label}: directory`;
  const [disk, startDisk, here, count] = [4, 6, 8, 10].map((field) => view.getUint16(end + field, true));
  const [size, start] = [12, 16].map((field) => view.getUint32(end + field, true));
  if (count === 0xffff || start === 0xffffffff) throw fileError(where, 'an archive below 4 GiB', 'zip64');
  if (disk !== 0 || startDisk !== 0 || here !== count) throw fileError(where, 'one whole archive', 'a part of one');
  if (start + size !== end) throw fileError(where, `its end at byte ${end}`, start + size);
  const entries: Entry[] = [];
  let at = start;
  for (; at < end && entries.length < count; at += entryBytes(view, at))
    entries.push(readEntry(bytes, view, at, end, where));
  if (at !== end || entries.length !== count)
    throw fileError(where, `${count} entries up to byte ${end}`, `byte ${at}`);
  return entries;
}

const entryBytes = (view: DataView, at: number): number =>
  [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), CENTRAL.bytes);

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number, where: string): Entry {
  const isWhole = at + CENTRAL.bytes <= end && view.getUint32(at, true) === CENTRAL.signature;
  if (!isWhole || at + entryBytes(view, at) > end) throw fileError(where, `an entry at byte ${at}`, 'none');
  const nameStart = at + CENTRAL.bytes;
  return {
    name: decodeUtf8(bytes.subarray(nameStart, nameStart + view.getUint16(at + 28, true)), where),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    localHeader: view.getUint32(at + 42, true),
  };
}

function extract(bytes: Uint8Array, view: DataView, entry: Entry, where: string): Uint8Array {
  if (entry.flags & ENCRYPTED) throw fileError(where, 'no encryption', 'an encrypted entry');
  const start = dataStart(bytes, view, entry, where);
  const end = start + entry.compressedSize;
  if (end > bytes.length) throw fileError(where, `data up to byte ${end}`, `${bytes.length} bytes (truncated?)`);
  const contents = decompress(bytes.subarray(start, end), entry, where);
  if (contents.length !== entry.size) throw fileError(where, `${entry.size} bytes`, contents.length);
  const crc = crc32(contents);
  if (crc !== entry.crc) throw fileError(where, `CRC-32 ${entry.crc.toString(16)}`, crc.toString(16));
  return contents;
}

/** Where the entry's data begin; the local header repeats its name, which no checksum covers. */
function dataStart(bytes: Uint8Array, view: DataView, { name, localHeader: at }: Entry, where: string): number {
  const isHeader = at + LOCAL.bytes <= bytes.length && view.getUint32(at, true) === LOCAL.signature;
  if (!isHeader) throw fileError(where, `its header at byte ${at}`, 'none');
  const nameStart = at + LOCAL.bytes;
  const nameEnd = nameStart + view.getUint16(at + 26, true);
  const localName = decodeUtf8(bytes.subarray(nameStart, nameEnd), where);
  if (localName !== name) throw fileError(where, 'the same name in its header', `"${localName}"`);
  return nameEnd + view.getUint16(at + 28, true);
}

function decompress(data: Uint8Array, { method, size }: Entry, where: string): Uint8Array {
  if (method === STORED) return data;
  if (method !== DEFLATED) throw fileError(where, 'method 0 (stored) or 8 (deflated)', method);
  const bound = data.length * MAX_DEFLATE_RATIO; // checked first: a false size would reserve gigabytes
  if (size > bound) throw fileError(where, `at most ${bound} bytes from ${data.length} deflated ones`, size);
  try {
    return inflateSync(data, { out: new Uint8Array(size + 1) }); // one more, to see that there is none
  } catch (error) {
    throw fileError(where, 'deflated data', (error as Error).message);
  }
}
