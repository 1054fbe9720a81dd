import type { CheckpointStore } from './store';

/** What is used of the browser's file system: the types of the page are not those of Node. */
interface Folder {
  getFileHandle(
    name: string,
    options?: { create: boolean },
  ): Promise<{
    getFile(): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;
    createWritable(): Promise<{
      write(bytes: Uint8Array): Promise<void>;
      close(): Promise<void>;
      abort(): Promise<void>;
    }>;
  }>;
}

/**
 * Keeps checkpoints in the browser's own file system (OPFS), where they outlast the page. A file becomes visible when its writer is
 * closed, so the one before stays until then.
 * @param file name of a file in the origin's folder
 */
export function opfsStore(file: string): CheckpointStore {
  const { navigator } = globalThis as unknown as { navigator: { storage: { getDirectory(): Promise<Folder> } } };
  const folder = () => navigator.storage.getDirectory();
  return {
    name: file,
    async save(bytes) {
      const handle = await (await folder()).getFileHandle(file, { create: true });
      const writer = await handle.createWritable();
      try {
        await writer.write(bytes);
      } catch (error) {
        await writer.abort();
        throw error;
      }
      await writer.close();
    },
    async load() {
      try {
        const handle = await (await folder()).getFileHandle(file);
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        return bytes.length > 0 ? bytes : undefined; // made, and never written to its end
      } catch (error) {
        if ((error as Error).name === 'NotFoundError') return undefined;
        throw error;
      }
    },
  };
}
