import { fileError } from './error';
import { byteLength, bytesOf, bytesPerElement, checkFileArray, fileArray } from './file-array';
import type { FileArray, FileDType } from './file-array';
import { decodeUtf8, isRecord, parseJson } from './text';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Record<string, FileArray>;
  readonly metadata: Record<string, string>;
}

interface TensorInfo {
  readonly name: string;
  readonly where: string;
  readonly dtype: FileDType;
  readonly shape: number[];
  readonly begin: number;
  readonly end: number;
}

// u64 length of the header, the header as JSON, the elements: github.com/huggingface/safetensors, "Format".
const PREFIX = 8;
const MAX_HEADER = 100_000_000; // the reference implementation's limit
const METADATA = '__metadata__';
const DTYPES = ['f64', 'f32', 'f16', 'bf16', 'i64', 'u64', 'i32', 'u32', 'i16', 'u16', 'i8', 'u8', 'bool'] as const;

/**
 * Reads a safetensors file, all of it or nothing. As in the reference implementation, the tensors' bytes must follow
 * one another without hole or overlap, to the end of the file.
 *
 * @param label names the file in errors
 * @throws ArrayFileError that names the tensor, what was expected and what was found
 */
export function readSafetensors(bytes: Uint8Array, label = 'safetensors'): Safetensors {
  const dataStart = PREFIX + headerLength(bytes, label);
  const data = bytes.subarray(dataStart);
  const header = parseHeader(bytes.subarray(PREFIX, dataStart), label);
  const infos = Object.entries(header).flatMap(([name, info]) =>
    name === METADATA ? [] : tensorInfo(name, info, label),
  );
  checkLayout(infos, data.length, label);
  const metadata = checkMetadata(Object.hasOwn(header, METADATA) ? header[METADATA] : {}, label);
  const tensors = infos.map(({ name, dtype, shape, begin, end, where }) => [
    name,
    fileArray(dtype, shape, data.subarray(begin, end), where),
  ]);
  return { tensors: Object.fromEntries(tensors), metadata };
}

function headerLength(bytes: Uint8Array, label: string): number {
  if (bytes.length < PREFIX) throw fileError(label, `${PREFIX} bytes of header length`, `a file of ${bytes.length}`);
  const length = Number(viewOf(bytes).getBigUint64(0, true));
  if (length > MAX_HEADER) throw fileError(label, `a header of at most ${MAX_HEADER} bytes`, length);
  const available = bytes.length - PREFIX;
  if (length > available) throw fileError(label, `a header of ${length} bytes`, `${available} bytes (truncated?)`);
  return length;
}

function parseHeader(bytes: Uint8Array, label: string): Record<string, unknown> {
  const where = `${label}: header`;
  const header = parseJson(decodeUtf8(bytes, where), where);
  if (!isRecord(header)) throw fileError(where, 'an object of tensors', JSON.stringify(header).slice(0, 40));
  return header;
}

function tensorInfo(name: string, info: unknown, label: string): TensorInfo {
  const where = `${label}: tensor "${name}"`;
  if (!isRecord(info)) throw fileError(where, 'dtype, shape and data_offsets', JSON.stringify(info).slice(0, 40));
  const dtype = DTYPES.find((known) => known.toUpperCase() === info.dtype);
  if (!dtype) throw fileError(where, `dtype ${DTYPES.join(', ').toUpperCase()}`, JSON.stringify(info.dtype));
  if (!Array.isArray(info.shape)) throw fileError(where, 'a shape', JSON.stringify(info.shape));
  const size = byteLength(dtype, info.shape, where);
  const [begin, end] = offsets(info.data_offsets, where);
  if (end - begin !== size) throw fileError(where, `${size} bytes of ${dtype} [${info.shape}]`, `${end - begin} bytes`);
  return { name, where, dtype, shape: info.shape as number[], begin, end };
}

function offsets(pair: unknown, where: string): [number, number] {
  const isPair = Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isPair || pair[0] > pair[1]) throw fileError(where, 'data_offsets [begin, end]', JSON.stringify(pair));
  return pair as [number, number];
}

function checkLayout(infos: readonly TensorInfo[], dataLength: number, label: string): void {
  let reached = 0;
  for (const { begin, end, where } of infos.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) throw fileError(where, `data from byte ${reached}, where the tensor before ends`, begin);
    if (end > dataLength) throw fileError(where, `data up to byte ${end}`, `${dataLength} bytes (truncated?)`);
    reached = end;
  }
  if (reached !== dataLength) throw fileError(label, `${reached} bytes of tensors`, dataLength);
}

function checkMetadata(metadata: unknown, label: string): Record<string, string> {
  const isText = isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
  if (!isText) throw fileError(`${label}: metadata`, 'strings by name', JSON.stringify(metadata).slice(0, 40));
  return metadata as Record<string, string>;
}

/**
 * The bytes of a safetensors file. Wide elements come first, so that every tensor is aligned; names decide within a
 * width, so that equal contents give equal bytes.
 */
export function writeSafetensors(
  tensors: Record<string, FileArray>,
  metadata: Record<string, string> = {},
): Uint8Array {
  checkMetadata(metadata, 'writeSafetensors');
  for (const [name, array] of Object.entries(tensors)) checkTensor(name, array);
  const arrays = Object.entries(tensors).sort(widestFirst);
  const header = encodeHeader(arrays, metadata);
  const size = arrays.reduce((sum, [, { data }]) => sum + data.byteLength, PREFIX + header.length);
  const bytes = new Uint8Array(size);
  viewOf(bytes).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, PREFIX);
  let at = PREFIX + header.length;
  for (const [, array] of arrays) {
    bytes.set(bytesOf(array), at);
    at += array.data.byteLength;
  }
  return bytes;
}

function encodeHeader(arrays: [string, FileArray][], metadata: Record<string, string>): Uint8Array {
  let end = 0;
  const entries = arrays.map(([name, { dtype, shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: dtype.toUpperCase(), shape, data_offsets: [begin, end] }];
  });
  const extra = Object.keys(metadata).length ? [[METADATA, metadata]] : [];
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...extra, ...entries])));
  const padded = new Uint8Array(Math.ceil(header.length / 8) * 8).fill(0x20); // spaces, so that the data are aligned
  padded.set(header);
  return padded;
}

function checkTensor(name: string, array: FileArray): void {
  const where = `writeSafetensors: tensor "${name}"`;
  if (name === METADATA) throw fileError(where, 'a name that the format does not reserve', name);
  checkFileArray(array, where);
}

const widestFirst = ([nameA, a]: [string, FileArray], [nameB, b]: [string, FileArray]): number =>
  bytesPerElement(b.dtype) - bytesPerElement(a.dtype) || (nameA < nameB ? -1 : 1);

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
