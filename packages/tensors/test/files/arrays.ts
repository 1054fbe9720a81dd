import fc from 'fast-check';
import { expect } from 'vitest';
import { ArrayFileError } from '../../src/files';
import type { FileArray, FileDType } from '../../src/files';
import { Rng } from '../../src/random';

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

const elements: { [D in FileDType]: (length: number) => fc.Arbitrary<(FileArray & { dtype: D })['data']> } = {
  f64: (length) => fc.float64Array({ minLength: length, maxLength: length }),
  f32: (length) => fc.float32Array({ minLength: length, maxLength: length }),
  f16: (length) => fc.uint16Array({ minLength: length, maxLength: length }),
  bf16: (length) => fc.uint16Array({ minLength: length, maxLength: length }),
  i64: (length) => fc.bigInt64Array({ minLength: length, maxLength: length }),
  u64: (length) => fc.bigUint64Array({ minLength: length, maxLength: length }),
  i32: (length) => fc.int32Array({ minLength: length, maxLength: length }),
  u32: (length) => fc.uint32Array({ minLength: length, maxLength: length }),
  i16: (length) => fc.int16Array({ minLength: length, maxLength: length }),
  u16: (length) => fc.uint16Array({ minLength: length, maxLength: length }),
  i8: (length) => fc.int8Array({ minLength: length, maxLength: length }),
  u8: (length) => fc.uint8Array({ minLength: length, maxLength: length }),
  bool: (length) => fc.uint8Array({ minLength: length, maxLength: length, max: 1 }),
};

export const dtypes = Object.keys(elements) as FileDType[];

/** Any array of up to 4 axes, empty and scalar ones included; NaNs, infinities and −0 occur. */
export const fileArrays = (allowed: FileDType[] = dtypes): fc.Arbitrary<FileArray> =>
  fc.tuple(fc.constantFrom(...allowed), shapes).chain(([dtype, shape]) => {
    const length = shape.reduce((product, n) => product * n, 1);
    return elements[dtype](length).map((data) => ({ dtype, shape, data }) as FileArray);
  });

/** Arrays by name; names include the empty one, non-ASCII letters and `__proto__`. */
export const fileRecords = (allowed?: FileDType[]): fc.Arbitrary<Record<string, FileArray>> => {
  const names = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'layers.0.weight', 'β'));
  return fc
    .uniqueArray(fc.tuple(names, fileArrays(allowed)), { selector: ([name]) => name, maxLength: 6 })
    .map((entries) => Object.fromEntries(entries));
};

/** A copy of `bytes` with one to three random injuries: bytes changed, cut off, cut out, doubled or put in. */
export function injure(bytes: Uint8Array, rng: Rng): Uint8Array {
  let injured = [...bytes];
  for (let n = 1 + rng.integer(3); n > 0; n--) injured = rng.choice(injuries)(injured, rng);
  return Uint8Array.from(injured);
}

const place = (bytes: number[], rng: Rng) => rng.integer(bytes.length + 1);
// Headers matter most and stand first or last: half of the single bytes are changed there.
const byteIndex = (bytes: number[], rng: Rng) =>
  rng.choice([
    rng.integer(bytes.length),
    rng.integer(Math.min(32, bytes.length)),
    bytes.length - 1 - rng.integer(Math.min(32, bytes.length)),
  ]);

const injuries: ((bytes: number[], rng: Rng) => number[])[] = [
  (bytes, rng) =>
    bytes.length ? bytes.with(byteIndex(bytes, rng), rng.choice([0, 1, 0x7f, 0x80, 0xff, rng.integer(256)])) : bytes,
  (bytes, rng) =>
    bytes.length
      ? bytes.map((byte, i, { length }) => (i === length >> 1 ? byte ^ (1 << rng.integer(8)) : byte))
      : bytes,
  (bytes, rng) => bytes.slice(0, place(bytes, rng)),
  (bytes, rng) => bytes.toSpliced(place(bytes, rng), 1 + rng.integer(8)),
  (bytes, rng) => bytes.toSpliced(place(bytes, rng), 0, ...bytes.slice(0, 1 + rng.integer(16))),
  (bytes, rng) => bytes.toSpliced(place(bytes, rng), 0, ...rng.bits(1 + rng.integer(8)).map((word) => word & 255)),
];

/** Reads a thousand injured copies: each gives an ArrayFileError or what `check` accepts; returns how many were refused. */
export function fuzz<T>(original: Uint8Array, read: (bytes: Uint8Array) => T, check: (value: T) => void): number {
  const rng = new Rng(20240229);
  let refused = 0;
  for (let round = 0; round < 1000; round++) {
    const injured = injure(original, rng);
    const value = attempt(() => read(injured));
    if (value instanceof ArrayFileError) refused++;
    else check(value);
  }
  return refused;
}

function attempt<T>(read: () => T): T | ArrayFileError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ArrayFileError) return error;
    throw error;
  }
}

/** An array read from a damaged file without checksums may hold other numbers, but must be whole. */
export function expectWhole({ dtype, shape, data }: FileArray): void {
  expect(dtypes).toContain(dtype);
  expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
}
