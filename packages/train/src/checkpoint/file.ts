import type { Parameter } from '@hairpin/tensors';
import { readSafetensors, writeSafetensors } from '@hairpin/tensors/files';
import { checkSums, withChecksums } from './checksums';
import { restore, snapshot } from './snapshot';

/** The bytes of a safetensors file with the values of this moment. @param metadata texts by name, such as a model card */
export async function saveCheckpoint(
  cells: Readonly<Record<string, Parameter>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const tensors = await snapshot(cells);
  return writeSafetensors(tensors, withChecksums(tensors, metadata));
}

/**
 * Puts the values of a safetensors file back, all of them or none, and returns its metadata.
 * @param label names the file in errors
 */
export function loadCheckpoint(
  cells: Readonly<Record<string, Parameter>>,
  bytes: Uint8Array,
  label?: string,
): Record<string, string> {
  const { tensors, metadata } = readSafetensors(bytes, label);
  const texts = checkSums(tensors, metadata, label ?? 'loadCheckpoint');
  restore(cells, tensors, label);
  return texts;
}
