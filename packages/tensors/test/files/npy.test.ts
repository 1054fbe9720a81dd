import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/files';
import type { FileArray } from '../../src/files';
import { dtypes, expectWhole, fileArrays, fuzz } from './arrays';
import { asExpected, dataFile, expectedSamples, hasData } from './samples';

const inNpy = dtypes.filter((dtype) => dtype !== 'bf16');

/** An npy file put together by hand. */
function file(header: string, data: number[] = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? new Uint8Array(2) : new Uint8Array(4);
  length.set([text.length & 255, text.length >> 8]);
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...length, ...text, ...data);
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

const sample: FileArray = { dtype: 'i16', shape: [2, 3], data: Int16Array.of(1, 2, 3, 4, 5, 6) };

describe('npy', () => {
  it('writes the bytes that NumPy writes', () => {
    const bytes = writeNpy({ dtype: 'u8', shape: [2], data: Uint8Array.of(7, 8) });
    const text = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }";
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
    expect(new TextDecoder().decode(bytes.subarray(10, 128))).toBe(text.padEnd(117) + '\n');
    expect([...bytes.subarray(128)]).toEqual([7, 8]);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fileArrays(inNpy), (array) => {
        expect(readNpy(writeNpy(array))).toEqual(array);
      }),
      { seed: 2 },
    );
  });

  it.skipIf(!hasData).each([
    ['f32', 'f32.npy'],
    ['fortran', 'fortran_order.npy'],
  ])('reads %s as NumPy wrote it', (name, path) => {
    const bytes = dataFile('format_samples', path);
    expect(asExpected(readNpy(bytes))).toEqual(expectedSamples()[name]);
  });

  it.skipIf(!hasData)('writes f32.npy byte for byte', () => {
    const bytes = new Uint8Array(dataFile('format_samples', 'f32.npy'));
    expect(writeNpy(readNpy(bytes))).toEqual(bytes);
  });

  it.each([1, 2, 3])('reads version %d', (version) => {
    const bytes = file(header('<i2', '(2, 3)'), [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], version);
    expect(readNpy(bytes)).toEqual(sample);
  });

  it('reads big-endian elements', () => {
    expect(readNpy(file(header('>i2', '(2, 3)'), [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]))).toEqual(sample);
    expect(readNpy(file(header('>f8', '()'), [0xc0, 4, 0, 0, 0, 0, 0, 0])).data).toEqual(Float64Array.of(-2.5));
  });

  it('turns Fortran order into C order', () => {
    // Column-major 2 × 3 × 2: element (i, j, k) = 100i + 10j + k stands at i + 2j + 6k.
    const stored = [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121];
    const read = readNpy(file(header('|u1', '(2, 3, 2)', 'True'), stored));
    expect([...read.data]).toEqual([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
  });

  it.each([
    ['one axis', '(4,)', [4]],
    ['one axis, Python 2', '(4L,)', [4]],
    ['no trailing comma', '(2, 2)', [2, 2]],
    ['tight spacing', '(1,2,2,)', [1, 2, 2]],
  ])('understands the shape of %s', (_, tuple, shape) => {
    expect(readNpy(file(header('|u1', tuple), [1, 2, 3, 4])).shape).toEqual(shape);
  });

  it('takes keys in any order, quoted either way', () => {
    const dict = `{"shape":(2,),"fortran_order":False,'descr':"|b1"}`;
    expect(readNpy(file(dict, [1, 0]))).toEqual({ dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) });
  });

  it.each([
    ['no npy', new Uint8Array(128), 'm: expected magic \\x93NUMPY, found 00 00 00 00 00 00'],
    ['an empty file', new Uint8Array(0), 'm: expected magic \\x93NUMPY, found '],
    ['version 4', file(header('<f4', '(1,)'), [], 4), 'm: expected version 1, 2 or 3, found 4'],
    ['a cut preamble', file('').subarray(0, 9), 'm: expected 10 bytes before the header, found 9 (truncated?)'],
    ['a cut header', file(header('<f4', '(1,)')).subarray(0, 40), 'bytes (truncated?)'],
    [
      'a header too long',
      file(header('<f4', '()').padEnd(20_000)),
      'm: expected a header of at most 10000 bytes, found 20000',
    ],
    ['no UTF-8', file(header('<f4', '(1,)')).with(20, 0xff), 'm: header: expected UTF-8'],
    ['no dict', file('[1, 2]'), "m: header: expected a header {'descr': '<f4'"],
    [
      'code',
      file(`{'descr': '<f4', 'fortran_order': exit(), 'shape': (1,)}`),
      "m: header: expected a header {'descr': '<f4'",
    ],
    ['something after the dict', file(header('|u1', '(1,)') + '+ 1', [1]), 'm: header: expected a header'],
    ['a key twice', file(`{'shape': (1,), 'shape': (2,)}`), "m: header: expected every key once, found 'shape' twice"],
    [
      'a missing key',
      file(`{'descr': '|u1', 'shape': (1,)}`, [1]),
      'm: header: expected keys descr, fortran_order, shape, found descr, shape',
    ],
    ['pickled objects', file(header('|O', '(1,)')), `m: header: expected a descr of f8, f4, f2`],
    ['complex numbers', file(header('<c8', '(1,)'), [0, 0, 0, 0, 0, 0, 0, 0]), "after <, > or |, found '<c8'"],
    ['no byte order', file(header('|f4', '(1,)'), [0, 0, 0, 0]), 'm: header: expected a byte order (< or >) for f4'],
    ['a number as shape', file(header('|u1', '(5)')), 'm: header: expected a shape such as (3, 4), found (5)'],
    ['a negative shape', file(header('|u1', '(-1,)')), 'm: header: expected a shape such as (3, 4), found (-1,)'],
    [
      'a shape beyond memory',
      file(header('|u1', '(99999999, 999999999)')),
      'm: expected a shape of at most 2^53 bytes',
    ],
    ['cut data', file(header('<f4', '(2,)'), [0, 0, 0, 0]), 'm: expected 8 bytes of f32 [2], found 4 bytes'],
    ['bytes left over', file(header('|u1', '(1,)'), [1, 2]), 'm: expected 1 bytes of u8 [1], found 2 bytes'],
    ['a boolean of 2', file(header('|b1', '(2,)'), [1, 2]), 'm: expected 0 or 1 as boolean 1, found 2'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'm')).toThrow(message);
  });

  it('does not write bf16, of which NumPy knows nothing', () => {
    const array: FileArray = { dtype: 'bf16', shape: [1], data: Uint16Array.of(0x3f80) };
    expect(() => writeNpy(array)).toThrow('found bf16 (widen it by toFloat32)');
  });

  it('survives a thousand injured files', () => {
    expect(fuzz(writeNpy(sample), readNpy, expectWhole)).toBeGreaterThan(500);
  });

  it('refuses every truncation', () => {
    const original = writeNpy(sample);
    for (let length = 0; length < original.length; length++) {
      expect(() => readNpy(original.subarray(0, length), 'cut'), `${length} bytes`).toThrow(/^cut: /);
    }
  });
});
