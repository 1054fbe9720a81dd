import { shapeError, tensor, type Parameter, type TypedArray } from '@hairpin/tensors';
import type { FileArray } from '@hairpin/tensors/files';

/** Values of parameters by path, copied to the host: ready for a file. */
export type Snapshot = Readonly<Record<string, FileArray>>;

/** The values of this moment. */
export async function snapshot(cells: Readonly<Record<string, Parameter>>): Promise<Snapshot> {
  const copies = Object.entries(cells).map(async ([path, cell]) => {
    const data = (await cell.data()).slice() as TypedArray;
    return [path, { dtype: cell.dtype, shape: cell.shape, data } as FileArray] as const;
  });
  return Object.fromEntries(await Promise.all(copies));
}

/**
 * Puts stored values back: all of them or, where a name, shape or dtype does not fit, none.
 * @param label begins errors, such as a file's name
 * @throws ShapeError that names the parameter, what it is and what was stored
 */
export function restore(cells: Readonly<Record<string, Parameter>>, stored: Snapshot, label = 'restore'): void {
  checkFits(cells, stored, label);
  for (const [path, cell] of Object.entries(cells)) {
    const { data, shape, dtype } = stored[path];
    cell.assign(tensor(data.slice() as TypedArray, { shape, dtype: dtype as Parameter['dtype'], device: cell.device }));
  }
}

/** Raises a `ShapeError` unless `stored` holds each of these parameters in its shape and dtype, and nothing else. */
export function checkFits(cells: Readonly<Record<string, Parameter>>, stored: Snapshot, label: string): void {
  for (const [path, cell] of Object.entries(cells)) check(path, cell, stored[path], label);
  const unknown = Object.keys(stored).find((path) => !(path in cells));
  if (unknown) throw shapeError(label, 'only parameters of this model', `"${unknown}"`);
}

function check(path: string, { dtype, shape }: Parameter, stored: FileArray | undefined, label: string): void {
  const expected = `"${path}" as ${dtype} [${shape.join(', ')}]`;
  if (!stored) throw shapeError(label, expected, 'no such tensor');
  const fits = stored.dtype === dtype && stored.shape.join() === shape.join();
  if (!fits) throw shapeError(label, expected, `${stored.dtype} [${stored.shape.join(', ')}]`);
}
