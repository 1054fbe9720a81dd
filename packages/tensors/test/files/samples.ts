import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toFloat32 } from '../../src/files';
import type { FileArray } from '../../src/files';

const folder = process.env.HAIRPIN_DATA;

/** Whether the data folder is there; tests that need it are skipped without. */
export const hasData = folder !== undefined;

export const dataFile = (...path: string[]): Uint8Array => readFileSync(join(folder!, ...path));

interface Expected {
  readonly dtype: string;
  readonly shape: number[];
  readonly data: (number | boolean)[];
}

/** What NumPy wrote into the files of `format_samples`, by name. */
export const expectedSamples = (): Record<string, Expected> =>
  JSON.parse(new TextDecoder().decode(dataFile('format_samples', 'expected.json')));

const NUMPY_NAMES: Record<string, string> = { float: 'f', int: 'i', uint: 'u' };

/** An array in the terms of `expected.json`. */
export function asExpected(array: FileArray): Expected {
  const dtype = Object.entries(NUMPY_NAMES).reduce(
    (name, [long, short]) => name.replace(RegExp(`^${short}(?=\\d)`), long),
    array.dtype as string,
  );
  const values = array.dtype === 'f16' ? toFloat32(array) : array.data;
  return {
    dtype,
    shape: [...array.shape],
    data: Array.from(values as ArrayLike<number>, (value) => (dtype === 'bool' ? value === 1 : Number(value))),
  };
}
