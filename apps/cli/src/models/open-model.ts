import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SequenceModel, type TrainedCard } from '@hairpin/experiments';
import { UserError } from '../user-error';

/** The weights of a model folder. */
export const WEIGHTS = 'model.safetensors';

/**
 * A model from the folder that `hairpin train` has written, or from its file of weights.
 * @throws UserError where there is none
 */
export async function openModel(path: string): Promise<{ model: SequenceModel; card: TrainedCard }> {
  const file = await weightsAt(path);
  return SequenceModel.load(new Uint8Array(await readFile(file)), file);
}

/** The file of weights in a model folder, or the file itself. @throws UserError where there is none */
export async function weightsAt(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw new UserError(`${path}: no such folder`);
  const file = isFolder ? join(path, WEIGHTS) : path;
  await stat(file).catch(() => {
    throw new UserError(`${path}: no model in it: expected ${WEIGHTS}, as hairpin train writes it`);
  });
  return file;
}
