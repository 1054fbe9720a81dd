import { open, stat } from 'node:fs/promises';
import type { FileStore } from '@hairpin/experiments';
import { UserError } from '../user-error';

/** Data that lie in files, by path. */
export const fileStore: FileStore = {
  async open(path) {
    try {
      if ((await stat(path)).isDirectory()) throw new UserError(`${path}: is a folder, not a file`);
      return (await open(path)).createReadStream();
    } catch (error) {
      throw explained(error, path);
    }
  },
};

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'no permission to read it',
};

function explained(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error : new UserError(`${path}: ${REASONS[code] ?? `cannot be read (${code})`}`);
}
