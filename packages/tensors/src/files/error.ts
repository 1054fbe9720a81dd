import { HairpinError } from '../errors';

/** An array file that is damaged, foreign, or of a kind that is not read; nothing of it was loaded. */
export class ArrayFileError extends HairpinError {}

/** `fileError('a.npy', 'magic \x93NUMPY', 'PK')` → "a.npy: expected magic \x93NUMPY, found PK". */
export function fileError(where: string, expected: string, found: string | number): ArrayFileError {
  return new ArrayFileError(`${where}: expected ${expected}, found ${found}`);
}
