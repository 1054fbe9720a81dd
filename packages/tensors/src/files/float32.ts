import type { FileArray } from './file-array';

/** The elements as f32, whatever the file had: halves are widened exactly, wider numbers rounded, booleans 0 or 1. */
export function toFloat32(array: FileArray): Float32Array {
  switch (array.dtype) {
    case 'f32':
      return array.data;
    case 'f16':
      return Float32Array.from(array.data, widenHalf);
    case 'bf16':
      return new Float32Array(Uint32Array.from(array.data, (bits) => bits << 16).buffer);
    case 'i64':
    case 'u64':
      return Float32Array.from(array.data as ArrayLike<bigint>, Number);
    default:
      return Float32Array.from(array.data);
  }
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function widenHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
