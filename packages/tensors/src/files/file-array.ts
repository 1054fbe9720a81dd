import { fileError } from './error';

const storage = {
  f64: Float64Array,
  f32: Float32Array,
  f16: Uint16Array, // the bits: not every runtime has an array of halves
  bf16: Uint16Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  bool: Uint8Array, // 0 or 1
} as const;

/** Element types of array files; more than tensors have. */
export type FileDType = keyof typeof storage;

/** The typed array that holds elements of dtype `D`. */
export type FileData<D extends FileDType = FileDType> = InstanceType<(typeof storage)[D]>;

/** An array as files know it: row-major `data` of product(`shape`) elements. */
export type FileArray = {
  [D in FileDType]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: FileData<D> };
}[FileDType];

/** Bytes of one element in a file. */
export const bytesPerElement = (dtype: FileDType): number => storage[dtype].BYTES_PER_ELEMENT;

/** Bytes of the array, little-endian as every platform that JavaScript runs on. */
export const bytesOf = ({ data }: FileArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Bytes that an array of this shape takes. @throws ArrayFileError if the shape is none, or beyond 2⁵³ */
export function byteLength(dtype: FileDType, shape: readonly unknown[], where: string): number {
  const isLength = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
  if (!shape.every(isLength)) throw fileError(where, 'a shape of non-negative integers', JSON.stringify(shape));
  const bytes = shape.reduce((product, n) => product * n, bytesPerElement(dtype));
  if (!Number.isSafeInteger(bytes)) throw fileError(where, 'a shape of at most 2^53 bytes', `[${shape.join(', ')}]`);
  return bytes;
}

/** The array that `bytes` hold; they are copied, so that the file can go and the elements are aligned. */
export function fileArray(dtype: FileDType, shape: readonly number[], bytes: Uint8Array, where: string): FileArray {
  const expected = byteLength(dtype, shape, where);
  const what = `${expected} bytes of ${dtype} [${shape.join(', ')}]`;
  if (bytes.length !== expected) throw fileError(where, what, `${bytes.length} bytes`);
  if (dtype === 'bool') checkBooleans(bytes, where);
  return { dtype, shape: [...shape], data: new storage[dtype](new Uint8Array(bytes).buffer) } as FileArray;
}

function checkBooleans(bytes: Uint8Array, where: string): void {
  const bad = bytes.findIndex((byte) => byte > 1);
  if (bad >= 0) throw fileError(where, `0 or 1 as boolean ${bad}`, bytes[bad]);
}

/** Checks an array that is about to be written. */
export function checkFileArray({ dtype, shape, data }: FileArray, where: string): void {
  if (!Object.hasOwn(storage, dtype)) throw fileError(where, `dtype ${Object.keys(storage).join(', ')}`, dtype);
  if (!(data instanceof storage[dtype])) {
    throw fileError(where, `${storage[dtype].name} for ${dtype}`, Object.prototype.toString.call(data).slice(8, -1));
  }
  const elements = byteLength(dtype, shape, where) / bytesPerElement(dtype);
  if (data.length !== elements) throw fileError(where, `${elements} elements for [${shape.join(', ')}]`, data.length);
}
