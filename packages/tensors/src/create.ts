import type { Device } from './device';
import { type DType, dtypeOf, toTyped, type TypedArray } from './dtype';
import { shapeError } from './errors';
import { type Shape, size } from './shape';
import { Tensor } from './tensor';

/** A number, or arrays of arrays of them, all rows of one length. */
export type NestedNumbers = number | boolean | readonly NestedNumbers[];

/** How the values of a new tensor are to be taken. */
export interface TensorOptions {
  /** Read off the nesting unless said. */
  readonly shape?: Shape;
  /** That of a typed array, `bool` for booleans, else `f32`. */
  readonly dtype?: DType;
  readonly device?: Device;
}

/** A tensor of these values. A typed array of the right type is not copied: do not change it before the tensor was used. */
export function tensor(
  values: NestedNumbers | TypedArray | readonly number[],
  { shape, dtype, device }: TensorOptions = {},
): Tensor {
  const isTyped = ArrayBuffer.isView(values);
  const flat = isTyped ? values : flatten(values);
  const type = dtype ?? (isTyped ? dtypeOf(flat) : hasBooleans(values) ? 'bool' : 'f32');
  const data = toTyped(type, flat);
  const found = shape ?? (isTyped ? [data.length] : shapeOf(values));
  if (size(found) !== data.length)
    throw shapeError('tensor', `${size(found)} values for shape [${found.join(', ')}]`, `${data.length}`);
  return new Tensor({ shape: [...found], dtype: type, device }, { kind: 'host', data });
}

const hasBooleans = (values: unknown): boolean =>
  Array.isArray(values) ? hasBooleans(values[0]) : typeof values === 'boolean';

function shapeOf(values: NestedNumbers): number[] {
  if (!Array.isArray(values)) return [];
  const [first, ...rest] = values.map(shapeOf);
  const ragged = rest.find((row) => row.join() !== first.join());
  if (ragged) throw shapeError('tensor', 'rows of one shape', first, ragged);
  return [values.length, ...(first ?? [])];
}

function flatten(values: NestedNumbers): number[] {
  if (Array.isArray(values)) return (values as NestedNumbers[]).flatMap(flatten);
  if (typeof values !== 'number' && typeof values !== 'boolean') throw shapeError('tensor', 'numbers', typeof values);
  return [Number(values)];
}
