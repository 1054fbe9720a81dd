import { zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpz, writeNpy, writeNpz } from '../../src/files';
import type { FileArray } from '../../src/files';
import { crc32 } from '../../src/files/crc32';
import { dtypes, fileRecords, fuzz } from './arrays';
import { asExpected, dataFile, expectedSamples, hasData } from './samples';

const inNpy = dtypes.filter((dtype) => dtype !== 'bf16');
const ramp: FileArray = { dtype: 'f32', shape: [2, 50], data: Float32Array.from({ length: 100 }, (_, i) => i) };
const flags: FileArray = { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) };
const both = { ramp, flags };

/** `bytes` with a little-endian u16 written `at`, counted from the end when negative. */
function withU16(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const start = at < 0 ? bytes.length + at : at;
  return bytes.with(start, value & 255).with(start + 1, value >> 8);
}

/** Offset of the first record that begins with `PK` and these two bytes. */
const record = (bytes: Uint8Array, ...kind: [number, number]) =>
  bytes.findIndex((_, i) => [0x50, 0x4b, ...kind].every((byte, j) => bytes[i + j] === byte));

const directory = (bytes: Uint8Array) => record(bytes, 1, 2);

describe('crc32', () => {
  it('has the check value of the catalogue of CRCs', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('npz', () => {
  it.each([false, true])('reads back what it wrote (compress: %s)', (compress) => {
    fc.assert(
      fc.property(fileRecords(inNpy), (arrays) => {
        const read = readNpz(writeNpz(arrays, { compress }));
        expect(Object.entries(read).sort()).toEqual(Object.entries(arrays).sort());
      }),
      { seed: 3 },
    );
  });

  it('compresses when asked', () => {
    expect(writeNpz(both, { compress: true }).length).toBeLessThan(0.7 * writeNpz(both).length);
  });

  it('gives equal bytes for equal arrays', () => {
    expect(writeNpz(both)).toEqual(writeNpz({ ramp: { ...ramp }, flags }));
  });

  it.skipIf(!hasData).each(['sample.npz', 'sample_compressed.npz'])('reads %s as NumPy wrote it', (path) => {
    const arrays = readNpz(dataFile('format_samples', path), path);
    const found = Object.entries(arrays).map(([name, array]) => [name, asExpected(array)]);
    expect(Object.fromEntries(found)).toEqual(expectedSamples());
  });

  const stored = writeNpz(both);
  const deflated = writeNpz(both, { compress: true });
  const central = directory(stored);

  it.each([
    ['no archive', new Uint8Array(100), 'm: expected a zip archive with its directory at the end'],
    ['a cut archive', stored.subarray(0, -1), 'm: expected a zip archive with its directory at the end'],
    ['one changed byte', stored.with(200, 9), 'm: entry "ramp.npy": expected CRC-32'],
    ['bad deflated data', deflated.with(39, 0xff), 'm: entry "ramp.npy": expected'],
    ['an encrypted entry', withU16(stored, central + 8, 1), 'm: entry "ramp.npy": expected no encryption'],
    ['another compression', withU16(stored, central + 10, 93), 'expected method 0 (stored) or 8 (deflated), found 93'],
    ['another name in the header', stored.with(30, 65), 'expected the same name in its header, found "Aamp.npy"'],
    ['a directory cut short', withU16(withU16(stored, -14, 1), -12, 1), 'm: directory: expected 1 entries up to byte'],
    ['one disk of two', withU16(stored, -18, 1), 'm: directory: expected one whole archive'],
    ['zip64', withU16(withU16(stored, -14, 0xffff), -12, 0xffff), 'm: directory: expected an archive below 4 GiB'],
    ['a false size', withU16(deflated, directory(deflated) + 26, 0x7fff), 'm: entry "ramp.npy": expected at most'],
    [
      'too small a size',
      withU16(deflated, directory(deflated) + 24, 500),
      'm: entry "ramp.npy": expected 500 bytes, found 501',
    ],
    ['something else', zipSync({ 'a.txt': Uint8Array.of(1) }), 'm: expected entries that end in .npy, found "a.txt"'],
    [
      'a damaged array',
      zipSync({ 'a.npy': writeNpy(flags).subarray(0, -1) }),
      'm: array "a": expected 3 bytes of bool [3], found 2 bytes',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpz(bytes, 'm')).toThrow(message);
  });

  it('refuses a name twice', () => {
    const twice = zipSync({ 'a.npy': writeNpy(flags), 'b.npy': writeNpy(flags) }, { level: 0 });
    const renamed = twice.map((byte, i) => (byte === 0x62 && twice[i + 1] === 0x2e ? 0x61 : byte)); // b. → a.
    expect(() => readNpz(renamed, 'm')).toThrow('m: expected every entry once, found "a.npy" twice');
  });

  it.each([
    ['stored', stored],
    ['deflated', deflated],
  ])('survives a thousand injured %s files: checksums leave the right arrays or an error', (_, original) => {
    expect(fuzz(original, readNpz, (arrays) => expect(arrays).toEqual(both))).toBeGreaterThan(500);
  });
});
