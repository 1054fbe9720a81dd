import type { ByteSink, DataStore, StoredFile } from './data-store';

/** What is used of the browser's file system: the types of the page are not those of Node. */
interface Folder {
  getDirectoryHandle(name: string, options?: { create: boolean }): Promise<Folder>;
  getFileHandle(name: string, options?: { create: boolean }): Promise<FileHandle>;
  removeEntry(name: string): Promise<void>;
}

interface FileHandle {
  getFile(): Promise<File>;
  createWritable(options?: { keepExistingData: boolean }): Promise<Writer>;
}

interface Writer {
  write(data: Uint8Array | Blob): Promise<void>;
  seek(position: number): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** A writer shows what it wrote when it is closed: this much at most is lost with a page. */
const BYTES_UNSEEN = 1 << 22;

/**
 * Keeps files in the browser's own file system (OPFS), where they outlast the page.
 * @param folder name of a folder of the origin
 */
export function opfsDataStore(folder = 'hairpin-datasets'): DataStore {
  const handleOf = (path: string, create: boolean) => fileHandle([folder, ...path.split('/')], create);
  return {
    name: `opfs:${folder}`,
    async open(path) {
      const handle = await absent(handleOf(path, false));
      return handle && stored(await handle.getFile(), `opfs:${folder}/${path}`);
    },
    append: async (path) => appender(await handleOf(path, true)),
    async move(from, to) {
      const [source, target] = [await handleOf(from, false), await handleOf(to, true)];
      const writer = await target.createWritable(); // no browser but Chromium moves a file; a writer replaces it as a whole
      await writeAll(writer, await source.getFile());
      await this.remove(from);
    },
    async remove(path) {
      const parts = [folder, ...path.split('/')];
      const parent = await absent(folderHandle(parts.slice(0, -1), false));
      await absent(Promise.resolve(parent?.removeEntry(parts.at(-1)!)));
    },
  };
}

async function fileHandle(parts: readonly string[], create: boolean): Promise<FileHandle> {
  const parent = await folderHandle(parts.slice(0, -1), create);
  return parent.getFileHandle(parts.at(-1)!, { create });
}

async function folderHandle(parts: readonly string[], create: boolean): Promise<Folder> {
  const { navigator } = globalThis as unknown as { navigator: { storage: { getDirectory(): Promise<Folder> } } };
  let folder = await navigator.storage.getDirectory();
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create });
  return folder;
}

/** A handle, or undefined where there is none. */
async function absent<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') return undefined;
    throw error;
  }
}

function stored(file: File, location: string): StoredFile {
  return {
    location,
    size: file.size,
    read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < file.size; at += BYTES_UNSEEN)
        yield new Uint8Array(await file.slice(at, at + BYTES_UNSEEN).arrayBuffer());
    },
  };
}

function appender(handle: FileHandle): ByteSink {
  let writer: Writer | undefined;
  let unseen = 0;
  const close = async () => {
    await writer?.close();
    writer = undefined;
    unseen = 0;
  };
  return {
    async write(bytes) {
      writer ??= await writerAtEnd(handle);
      await writer.write(bytes);
      unseen += bytes.length;
      if (unseen >= BYTES_UNSEEN) await close();
    },
    close,
  };
}

async function writerAtEnd(handle: FileHandle): Promise<Writer> {
  const { size } = await handle.getFile();
  const writer = await handle.createWritable({ keepExistingData: true });
  await writer.seek(size);
  return writer;
}

async function writeAll(writer: Writer, data: Blob): Promise<void> {
  try {
    await writer.write(data);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}
