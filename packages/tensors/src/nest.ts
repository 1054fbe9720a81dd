/** Any nest of arrays and plain records with leaves of type T; other values pass through untouched. */
export type Nest<T> = T | readonly Nest<T>[] | { readonly [key: string]: Nest<T> };

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The nest with `change` applied to every value that is neither an array nor a plain record. */
export function mapNest(nest: unknown, change: (leaf: unknown, path: string) => unknown, path = ''): unknown {
  const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
  if (Array.isArray(nest)) return nest.map((item, i) => mapNest(item, change, below(i)));
  if (!isPlain(nest)) return change(nest, path);
  return Object.fromEntries(Object.entries(nest).map(([key, item]) => [key, mapNest(item, change, below(key))]));
}

/** The leaves of a nest, in the order in which `mapNest` meets them. */
export function flattenNest(nest: unknown): unknown[] {
  const leaves: unknown[] = [];
  mapNest(nest, (leaf) => leaves.push(leaf));
  return leaves;
}
