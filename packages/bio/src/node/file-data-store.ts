import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ByteSink, DataStore, StoredFile } from '../datasets/data-store';

/** Keeps files in a folder, which is made when the first one comes. */
export function fileDataStore(folder: string): DataStore {
  const root = resolve(folder);
  return {
    name: root,
    open: (path) => storedFile(join(root, path)),
    async append(path) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      return appender(join(root, path));
    },
    move: (from, to) => rename(join(root, from), join(root, to)),
    remove: (path) => rm(join(root, path), { force: true }),
  };
}

async function storedFile(path: string): Promise<StoredFile | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  return {
    location: path,
    size,
    read: (start, end) => readPart(path, start, end),
    [Symbol.asyncIterator]: () => createReadStream(path)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function readPart(path: string, start: number, end: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new Error(`${path}: expected ${end} bytes, the file ends at ${start + filled}`);
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function appender(path: string): Promise<ByteSink> {
  const file = await open(path, 'a');
  return {
    write: (bytes) => file.appendFile(bytes),
    async close() {
      try {
        await file.sync(); // or a crash could leave the name without the bytes
      } finally {
        await file.close();
      }
    },
  };
}
