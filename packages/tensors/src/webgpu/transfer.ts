import type { DType, TypedArray } from '../dtype';
import { ShapeError } from '../errors';
import { halfBits, halfToNumber } from '../half';
import { scalarValue, type Tensor } from '../tensor';
import { bitsOf } from './writer';

/** Where something begins in the memory of a GPU; bytes. */
interface Place {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

/** Copies elements to the GPU. Beside the types of a page, those of WebGPU refuse what might be shared memory; a GPU does not. */
export function upload(device: GPUDevice, { buffer, offset }: Place, data: ArrayBufferView): void {
  device.queue.writeBuffer(buffer, offset, data as ArrayBufferView<ArrayBuffer>);
}

/** Scalars as the words of the small buffer that travels with a run. */
export const words = (scalars: readonly Tensor[]): Uint32Array =>
  Uint32Array.from(scalars, (t) => (t.source.kind === 'scalar' ? bitsOf(scalarValue(t.source), t.dtype) : 0));

/** Host elements as the words that shaders see: bools as 0 and 1. */
export function encode(data: TypedArray, dtype: DType): TypedArray {
  if (dtype === 'f64') throw new ShapeError('f64 exists on the CPU device only; cast to f32');
  if (dtype === 'f16') return halfWords(data);
  return dtype === 'bool' ? Uint32Array.from(data, (x) => Number(x !== 0)) : data;
}

/** Halves, two to a word. */
function halfWords(data: TypedArray): Uint32Array {
  const halves = new Uint16Array(Math.ceil(data.length / 2) * 2);
  for (let i = 0; i < data.length; i++) halves[i] = halfBits(data[i]);
  return new Uint32Array(halves.buffer);
}

/** Words of the device as host elements. */
export function decode(bytes: ArrayBuffer, dtype: DType, length: number): TypedArray {
  if (dtype === 'f16') return Float32Array.from(new Uint16Array(bytes).subarray(0, length), halfToNumber);
  if (dtype === 'i32') return new Int32Array(bytes, 0, length);
  if (dtype === 'u32') return new Uint32Array(bytes, 0, length);
  return dtype === 'bool' ? Uint8Array.from(new Uint32Array(bytes, 0, length)) : new Float32Array(bytes, 0, length);
}
