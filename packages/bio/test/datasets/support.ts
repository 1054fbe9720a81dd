import { createHash } from 'node:crypto';
import type { Dataset, DatasetFile } from '../../src/index';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function fileOf(bytes: Uint8Array, more: Partial<DatasetFile> = {}): DatasetFile {
  return { path: 'a.bin', bytes: bytes.length, sha256: sha256(bytes), ...more };
}

export function setOf(files: readonly DatasetFile[], more: Partial<Dataset> = {}): Dataset {
  return {
    name: 'noise',
    title: 'Nothing to be seen',
    source: { what: 'made up', address: 'https://example.org/noise' },
    licence: 'CC0',
    citation: 'Nobody 1999',
    serves: [1],
    obtain: 'Draw bytes.',
    files,
    ...more,
  };
}
