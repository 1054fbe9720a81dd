import { halfToNumber } from '../half';
import type { FileArray } from './file-array';

/** The elements as f32, whatever the file had: halves are widened exactly, wider numbers rounded, booleans 0 or 1. */
export function toFloat32(array: FileArray): Float32Array {
  switch (array.dtype) {
    case 'f32':
      return array.data;
    case 'f16':
      return Float32Array.from(array.data, halfToNumber);
    case 'bf16':
      return new Float32Array(Uint32Array.from(array.data, (bits) => bits << 16).buffer);
    case 'i64':
    case 'u64':
      return Float32Array.from(array.data as ArrayLike<bigint>, Number);
    default:
      return Float32Array.from(array.data);
  }
}
