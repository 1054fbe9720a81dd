import { Parameter, Tensor } from '@hairpin/tensors';

/** Whether something may hold parameters: an object, a list or a record, and not numbers. */
export const isHolder = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Tensor || value instanceof Parameter) &&
  !ArrayBuffer.isView(value);

/** The path of a field below another. */
export const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
