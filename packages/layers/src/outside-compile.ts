import { HairpinError, realize } from '@hairpin/tensors';

/** Raises `HairpinError` with this message inside `compile`, where no number can be asked for. */
export function assertOutsideCompile(message: string): void {
  try {
    void realize();
  } catch {
    throw new HairpinError(message);
  }
}
