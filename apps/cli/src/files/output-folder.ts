import { syncFolder, writeDurably } from '@hairpin/train/node';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../user-error';

/**
 * A folder whose files are always whole: each is written under another name, brought to the disk, and renamed.
 * Made before the work begins, so that a folder that cannot be written is not found out at its end.
 */
export class OutputFolder {
  private constructor(
    /** Absolute. */
    readonly path: string,
    /** The topmost folder that had to be made. */
    private readonly made: string | undefined,
  ) {}

  static async open(path: string): Promise<OutputFolder> {
    try {
      const folder = new OutputFolder(resolve(path), await mkdir(path, { recursive: true }));
      await writeDurably(folder.temporary('probe'), '');
      await rm(folder.temporary('probe'));
      return folder;
    } catch (error) {
      throw new UserError(
        `${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); choose another with --out`,
      );
    }
  }

  /** All of the files or, where one cannot be written, none. */
  async write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    const names = Object.keys(files);
    try {
      for (const name of names) await writeDurably(this.temporary(name), files[name]);
      for (const name of names) await rename(this.temporary(name), this.file(name));
      await syncFolder(this.path);
    } catch (error) {
      for (const name of names) await rm(this.temporary(name), { force: true });
      throw new UserError(`${this.path}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.file(name), { force: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Takes back the folders that were made for nothing. */
  async removeIfEmpty(): Promise<void> {
    if (this.made === undefined) return;
    const top = resolve(this.made);
    try {
      for (let path = this.path; path.length >= top.length; path = dirname(path)) await rmdir(path);
    } catch {
      return; // something lies in it: it stays
    }
  }

  private temporary(name: string): string {
    return this.file(`.${name}.${process.pid}`);
  }
}
