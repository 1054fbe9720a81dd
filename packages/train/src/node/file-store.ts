import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckpointStore } from '../checkpoint/store';
import { syncFolder, writeDurably } from './durable';

/**
 * Keeps checkpoints in a file. A new one is written beside it, made durable and then renamed over it: whenever the process or the
 * machine stops, there is one whole file.
 */
export function fileStore(path: string): CheckpointStore {
  const unfinished = `${path}.unfinished`;
  return {
    name: path,
    async save(bytes) {
      try {
        await writeDurably(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async load() {
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
