import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpz, readSafetensors, toFloat32, writeSafetensors } from '../../src/files';
import type { FileArray } from '../../src/files';
import { expectWhole, fileRecords, fuzz } from './arrays';
import { asExpected, dataFile, expectedSamples, hasData } from './samples';

const f32 = (...values: number[]): FileArray => ({
  dtype: 'f32',
  shape: [values.length],
  data: Float32Array.from(values),
});

/** A file put together by hand: header text, then zeros. */
function file(header: string, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const info = (dtype: string, shape: unknown, begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('safetensors', () => {
  it('writes header length, padded header, wide elements first', () => {
    const bytes = writeSafetensors({ a: { dtype: 'u8', shape: [], data: Uint8Array.of(7) }, b: f32(1) }, { note: 'é' });
    const header =
      '{"__metadata__":{"note":"é"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[],"data_offsets":[4,5]}}';
    const length = Math.ceil(new TextEncoder().encode(header).length / 8) * 8;
    expect([...bytes.subarray(0, 8)]).toEqual([length, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()).toBe(header);
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 7]);
  });

  it('reads back what it wrote', () => {
    const metadata = fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fileRecords(), metadata, (tensors, notes) => {
        const read = readSafetensors(writeSafetensors(tensors, notes));
        expect(Object.entries(read.tensors).sort()).toEqual(Object.entries(tensors).sort());
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(notes).sort());
      }),
      { seed: 1 },
    );
  });

  it('does not depend on the order of the tensors', () => {
    expect(writeSafetensors({ a: f32(1), b: f32(2) })).toEqual(writeSafetensors({ b: f32(2), a: f32(1) }));
  });

  it('reads from the middle of a buffer, and keeps nothing of it', () => {
    const bytes = writeSafetensors({ w: f32(1, 2) });
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const { w } = readSafetensors(larger.subarray(3)).tensors;
    larger.fill(0);
    expect(w).toEqual(f32(1, 2));
  });

  it.skipIf(!hasData)('reads the sample that the reference implementation wrote', () => {
    const { tensors, metadata } = readSafetensors(dataFile('format_samples', 'sample.safetensors'));
    const samples = expectedSamples();
    const expected = { ...samples, scalar: { ...samples.scalar, shape: [1] } }; // its writer made the scalar a vector
    expect(Object.fromEntries(Object.entries(tensors).map(([name, array]) => [name, asExpected(array)]))).toEqual(
      expected,
    );
    expect(metadata).toEqual({ format: 'np', note: 'sample' });
  });

  it.skipIf(!hasData)('reads the same weights as from npz', () => {
    const folder = ['sim_tal_gata', 'model'];
    const { tensors } = readSafetensors(dataFile(...folder, 'weights.safetensors'));
    expect(Object.keys(tensors)).toHaveLength(8);
    expect(tensors).toEqual(readNpz(dataFile(...folder, 'weights.npz')));
  });

  it.each([
    ['too short', new Uint8Array(5), 'm: expected 8 bytes of header length, found a file of 5'],
    ['an absurd header', new Uint8Array(16).fill(255), 'm: expected a header of at most 100000000 bytes'],
    ['a cut header', file('{"a":{}}').subarray(0, 12), 'm: expected a header of 8 bytes, found 4 bytes (truncated?)'],
    ['no UTF-8', file('{"a":1}').with(10, 0xff), 'm: header: expected UTF-8, found bytes that are none'],
    ['no JSON', file('{"a":'), 'm: header: expected JSON, found'],
    ['no object', file('[1]'), 'm: header: expected an object of tensors, found [1]'],
    ['no tensor', file('{"a":3}'), 'm: tensor "a": expected dtype, shape and data_offsets, found 3'],
    [
      'a name twice',
      file(`{"a":${info('U8', [], 0, 1)},"\\u0061":${info('U8', [], 0, 1)}}`, 1),
      'm: header: expected every key once, found "a" twice',
    ],
    [
      'a field twice',
      file('{"a":{"dtype":"U8","dtype":"I8","shape":[],"data_offsets":[0,1]}}', 1),
      'found "dtype" twice',
    ],
    [
      'an unknown dtype',
      file(`{"w":${info('F8_E4M3', [1], 0, 1)}}`, 1),
      'm: tensor "w": expected dtype F64, F32, F16, BF16',
    ],
    [
      'a negative length',
      file(`{"w":${info('U8', [-1, -1], 0, 1)}}`, 1),
      'm: tensor "w": expected a shape of non-negative integers, found [-1,-1]',
    ],
    [
      'a shape beyond memory',
      file(`{"w":${info('U8', [2 ** 40, 2 ** 40], 0, 0)}}`),
      'm: tensor "w": expected a shape of at most 2^53 bytes',
    ],
    [
      'too few bytes',
      file(`{"w":${info('F32', [2], 0, 4)}}`, 4),
      'm: tensor "w": expected 8 bytes of f32 [2], found 4 bytes',
    ],
    [
      'offsets backwards',
      file(`{"w":${info('F32', [1], 4, 0)}}`, 4),
      'm: tensor "w": expected data_offsets [begin, end], found [4,0]',
    ],
    [
      'a hole',
      file(`{"a":${info('U8', [1], 0, 1)},"b":${info('U8', [1], 2, 3)}}`, 3),
      'm: tensor "b": expected data from byte 1, where the tensor before ends, found 2',
    ],
    [
      'an overlap',
      file(`{"a":${info('U8', [2], 0, 2)},"b":${info('U8', [2], 1, 3)}}`, 3),
      'm: tensor "b": expected data from byte 2, where the tensor before ends, found 1',
    ],
    [
      'cut data',
      file(`{"w":${info('F32', [2], 0, 8)}}`, 7),
      'm: tensor "w": expected data up to byte 8, found 7 bytes (truncated?)',
    ],
    ['bytes left over', file(`{"w":${info('U8', [2], 0, 2)}}`, 3), 'm: expected 2 bytes of tensors, found 3'],
    [
      'metadata that is no text',
      file('{"__metadata__":{"epoch":3}}'),
      'm: metadata: expected strings by name, found {"epoch":3}',
    ],
    [
      'a boolean of 2',
      file(`{"b":${info('BOOL', [1], 0, 1)}}`, 1).with(-1, 2),
      'm: tensor "b": expected 0 or 1 as boolean 0, found 2',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'm')).toThrow(message);
  });

  it.each([
    [
      'a wrong length',
      { dtype: 'f32', shape: [3], data: new Float32Array(2) },
      'tensor "w": expected 3 elements for [3], found 2',
    ],
    [
      'a wrong array',
      { dtype: 'f32', shape: [2], data: new Float64Array(2) },
      'tensor "w": expected Float32Array for f32, found Float64Array',
    ],
    [
      'an unknown dtype',
      { dtype: 'c64', shape: [2], data: new Float32Array(4) },
      'tensor "w": expected dtype f64, f32',
    ],
  ])('does not write %s', (_, array, message) => {
    expect(() => writeSafetensors({ w: array as FileArray })).toThrow(`writeSafetensors: ${message}`);
  });

  it('does not write over the metadata', () => {
    expect(() => writeSafetensors({ __metadata__: f32(1) })).toThrow('a name that the format does not reserve');
  });

  it('survives a thousand injured files', () => {
    const original = writeSafetensors(
      { a: f32(1, 2, 3), b: { dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) } },
      { k: 'v' },
    );
    const refused = fuzz(original, readSafetensors, ({ tensors }) => Object.values(tensors).forEach(expectWhole));
    expect(refused).toBeGreaterThan(500);
  });

  it('refuses every truncation', () => {
    const original = writeSafetensors({ a: f32(1, 2, 3) });
    for (let length = 0; length < original.length; length++) {
      expect(() => readSafetensors(original.subarray(0, length), 'cut'), `${length} bytes`).toThrow(/^cut: /);
    }
  });

  it('reads headers with strings of megabytes', () => {
    const metadata = { table: '"\\'.repeat(1_000_000) };
    expect(readSafetensors(writeSafetensors({}, metadata)).metadata).toEqual(metadata);
  });
});

describe('toFloat32', () => {
  it.each<[string, FileArray, number[]]>([
    [
      'f16',
      {
        dtype: 'f16',
        shape: [8],
        data: Uint16Array.of(0x3c00, 0xc100, 0x7bff, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00),
      },
      [1, -2.5, 65504, 2 ** -24, -0, Infinity, -Infinity, NaN],
    ],
    ['bf16', { dtype: 'bf16', shape: [3], data: Uint16Array.of(0x3f80, 0xc020, 0x7f80) }, [1, -2.5, Infinity]],
    ['i64', { dtype: 'i64', shape: [2], data: BigInt64Array.of(-3n, 1n << 40n) }, [-3, 2 ** 40]],
    ['f64', { dtype: 'f64', shape: [1], data: Float64Array.of(0.1) }, [Math.fround(0.1)]],
    ['bool', { dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) }, [0, 1]],
  ])('widens or rounds %s', (_, array, expected) => {
    expect(toFloat32(array)).toEqual(Float32Array.from(expected));
  });
});
