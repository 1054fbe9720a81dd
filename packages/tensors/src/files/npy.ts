import { fileError } from './error';
import { bytesOf, bytesPerElement, checkFileArray, fileArray } from './file-array';
import type { FileArray, FileData } from './file-array';
import { formatNpyHeader, parseNpyHeader } from './npy-header';
import { decodeUtf8 } from './text';

// numpy.lib.format: magic, version, header length (u16; u32 from version 2 on), header, elements.
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const ALIGNMENT = 64;
const MAX_HEADER = 10_000; // NumPy's own limit, `max_header_size`

/**
 * Reads one npy array, versions 1 to 3, either byte order, C or Fortran order (which comes back in C order).
 *
 * @param label names the file in errors
 * @throws ArrayFileError that names what was expected and what was found; pickled objects and records are not read
 */
export function readNpy(bytes: Uint8Array, label = 'npy'): FileArray {
  const dataStart = headerEnd(bytes, label);
  const text = decodeUtf8(bytes.subarray(headerStart(bytes), dataStart), `${label}: header`);
  const { dtype, shape, bigEndian, fortranOrder } = parseNpyHeader(text, `${label}: header`);
  const array = fileArray(dtype, shape, bytes.subarray(dataStart), label);
  if (bigEndian) reverseBytes(bytesOf(array), bytesPerElement(dtype));
  return fortranOrder ? ({ ...array, data: toRowMajor(array.data, shape) } as FileArray) : array;
}

const headerStart = (bytes: Uint8Array): number => (bytes[6] === 1 ? 10 : 12);

function headerEnd(bytes: Uint8Array, label: string): number {
  if (!MAGIC.every((byte, i) => bytes[i] === byte))
    throw fileError(label, 'magic \\x93NUMPY', hex(bytes.subarray(0, 6)));
  if (bytes[6] < 1 || bytes[6] > 3) throw fileError(label, 'version 1, 2 or 3', bytes[6]);
  const start = headerStart(bytes);
  if (bytes.length < start) throw fileError(label, `${start} bytes before the header`, `${bytes.length} (truncated?)`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = start === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) throw fileError(label, `a header of at most ${MAX_HEADER} bytes`, length);
  const end = start + length;
  if (bytes.length < end) throw fileError(label, `a header up to byte ${end}`, `${bytes.length} bytes (truncated?)`);
  return end;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

function reverseBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

/** Column-major elements of `shape` in row-major order. */
function toRowMajor(columns: FileData, shape: readonly number[]): FileData {
  const rows = columns.slice();
  const coordinates = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1));
  let from = 0;
  for (let to = 0; to < rows.length; to++) {
    rows[to] = columns[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++coordinates[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      coordinates[axis] = 0;
    }
  }
  return rows;
}

/** The bytes of an npy file, version 1.0, C order, elements aligned to 64 bytes as NumPy writes them. */
export function writeNpy(array: FileArray): Uint8Array {
  checkFileArray(array, 'writeNpy');
  const text = formatNpyHeader(array.dtype, array.shape, 'writeNpy');
  const dataStart = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  if (dataStart - 10 > MAX_HEADER)
    throw fileError('writeNpy', `a header of at most ${MAX_HEADER} bytes`, dataStart - 10);
  const bytes = new Uint8Array(dataStart + array.data.byteLength);
  bytes.set([...MAGIC, 1, 0, (dataStart - 10) & 255, (dataStart - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text.padEnd(dataStart - 11) + '\n'), 10);
  bytes.set(bytesOf(array), dataStart);
  return bytes;
}
