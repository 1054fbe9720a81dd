import { HairpinError } from '@hairpin/tensors';
import { crc32 } from '@hairpin/tensors/files';
import type { Snapshot } from './snapshot';

/** Where the checksums stand in a file's metadata. */
const key = 'crc32';

const ofText = (text: string): string => asHex(crc32(new TextEncoder().encode(text)));

const asHex = (sum: number): string => sum.toString(16).padStart(8, '0');

const ofTensors = (tensors: Snapshot): [string, string][] =>
  Object.entries(tensors).map(([path, { data }]) => [
    path,
    asHex(crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))),
  ]);

/** The metadata with the CRC-32 of every tensor and text: a safetensors file has none, and a flipped bit would be a weight like any other. */
export function withChecksums(tensors: Snapshot, metadata: Readonly<Record<string, string>>): Record<string, string> {
  const texts = Object.entries(metadata).map(([name, text]) => [`text ${name}`, ofText(text)]);
  return { ...metadata, [key]: JSON.stringify(Object.fromEntries([...texts, ...ofTensors(tensors)])) };
}

/**
 * Compares what was read with its checksums, and returns the metadata without them. A file without checksums, of another program, is
 * taken as it is unless they are `required`.
 * @throws HairpinError that names the first tensor or text that is damaged
 */
export function checkSums(
  tensors: Snapshot,
  metadata: Readonly<Record<string, string>>,
  label: string,
  required = false,
): Record<string, string> {
  const { [key]: sums, ...rest } = metadata;
  if (sums === undefined) {
    if (required)
      throw new HairpinError(`${label}: expected checksums, got a file without: it is damaged or of another program`);
    return rest;
  }
  const expected = parse(sums, label);
  const found = [...Object.entries(rest).map(([name, text]) => [`text ${name}`, ofText(text)]), ...ofTensors(tensors)];
  for (const [name, sum] of found)
    if (expected[name] !== sum)
      throw new HairpinError(
        `${label}: expected "${name}" with checksum ${expected[name] ?? 'none'}, got ${sum}: the file is damaged`,
      );
  return rest;
}

function parse(text: string, label: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw new HairpinError(`${label}: expected checksums, got text that is not JSON: the file is damaged`);
  }
}
