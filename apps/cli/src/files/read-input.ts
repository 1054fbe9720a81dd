import type { FileStore } from '@hairpin/experiments';
import { fileStore } from './file-store';

/** Files by path; `-` is what comes in on stdin. */
export const inputs: FileStore = {
  open: (path) => (path === '-' ? Promise.resolve(process.stdin) : fileStore.open(path)),
};

/** What errors call an input. */
export const nameOfInput = (path: string): string => (path === '-' ? 'stdin' : path);
