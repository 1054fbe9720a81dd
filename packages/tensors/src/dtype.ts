/** Element types. `f64` lives on the CPU device only; `f16` is storage, arithmetic on it is `f32`. */
export type DType = 'f32' | 'f64' | 'f16' | 'i32' | 'u32' | 'bool';

/** What `data()` returns: one element per number, row-major; `bool` is 0 or 1 in a `Uint8Array`. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

const arrays = {
  f32: Float32Array,
  f64: Float64Array,
  f16: Float32Array, // widened: no typed array of halves exists on every runtime
  i32: Int32Array,
  u32: Uint32Array,
  bool: Uint8Array,
} as const;

/** A zeroed array for `length` elements of `dtype`. */
export function allocate(dtype: DType, length: number): TypedArray {
  return new arrays[dtype](length);
}

/** `values` as the array type of `dtype`, without a copy where it has that type already. */
export function toTyped(dtype: DType, values: ArrayLike<number>): TypedArray {
  return values instanceof arrays[dtype] ? values : arrays[dtype].from(values);
}

/** The dtype that a typed array carries when none is named; other arrays carry `f32`. */
export function dtypeOf(values: ArrayLike<number>): DType {
  if (values instanceof Float64Array) return 'f64';
  if (values instanceof Int32Array) return 'i32';
  if (values instanceof Uint32Array) return 'u32';
  return values instanceof Uint8Array ? 'bool' : 'f32';
}

/** True for the types that have gradients. */
export const isFloat = (dtype: DType): boolean => dtype === 'f32' || dtype === 'f64' || dtype === 'f16';
/** True for whole numbers; `bool` is neither. */
export const isInteger = (dtype: DType): boolean => dtype === 'i32' || dtype === 'u32';
