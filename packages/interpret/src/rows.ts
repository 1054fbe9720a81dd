import { type Context, take, type Tensor } from '@hairpin/tensors';

/** Every tensor of a nest of arrays and records, changed. */
export function mapTensors<T>(nest: T, change: (tensor: Tensor) => Tensor): T {
  return mapped(nest, change) as T;
}

function mapped(nest: unknown, change: (tensor: Tensor) => Tensor): unknown {
  if (Array.isArray(nest)) return nest.map((item) => mapped(item, change));
  if (typeof nest !== 'object' || nest === null) return nest;
  if (Object.getPrototypeOf(nest) !== Object.prototype) return change(nest as Tensor);
  return Object.fromEntries(Object.entries(nest).map(([key, item]) => [key, mapped(item, change)]));
}

/** Gives the memory of every tensor of a nest back. */
export const disposeAll = (nest: unknown): void => void mapTensors(nest, (tensor) => (tensor.dispose(), tensor));

/** Every tensor of a nest by the numbers of its rows. */
export const takeRows = <T>(nest: T, rows: Tensor): T => mapTensors(nest, (tensor) => take(tensor, rows));

/** Rows `from` … `to` − 1 of every tensor of a nest. */
export const sliceRows = <T>(nest: T, from: number, to: number): T =>
  mapTensors(nest, (tensor) => tensor.slice([from], [to]));

/** The context with other lengths, where there are any. */
export const withLengths = (context: Context, change: (lengths: Tensor) => Tensor): Context =>
  context.lengths ? { ...context, lengths: change(context.lengths) } : context;
