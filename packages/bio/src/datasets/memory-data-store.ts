import { joined } from '../formats/bytes';
import type { DataStore, StoredFile } from './data-store';

/** Keeps files in memory, for as long as the page or process lives. */
export function memoryDataStore(name = 'memory'): DataStore {
  const files = new Map<string, Uint8Array>();
  return {
    name,
    async open(path) {
      const bytes = files.get(path);
      return bytes && inMemory(bytes, `${name}:${path}`);
    },
    async append(path) {
      return {
        write: async (bytes) => void files.set(path, joined(files.get(path) ?? new Uint8Array(), bytes).slice()),
        close: async () => {},
      };
    },
    async move(from, to) {
      const bytes = files.get(from);
      if (!bytes) throw new Error(`${name}: no file "${from}" to move`);
      files.set(to, bytes);
      files.delete(from);
    },
    remove: async (path) => void files.delete(path),
  };
}

function inMemory(bytes: Uint8Array, location: string): StoredFile {
  return {
    location,
    size: bytes.length,
    read: async (start, end) => bytes.slice(start, end),
    async *[Symbol.asyncIterator]() {
      yield bytes.slice();
    },
  };
}
