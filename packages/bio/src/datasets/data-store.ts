import type { ByteRanges } from '../formats/random-access';

/**
 * A file that is kept somewhere: an `Input` for every reader, since it can be iterated, any number of times, and `ByteRanges` for those
 * that jump.
 */
export interface StoredFile extends ByteRanges, AsyncIterable<Uint8Array> {
  /** Where it is, for people and, in Node, for the file system: an absolute path. */
  readonly location: string;
}

/** Where files can be found by path, parted by slashes. */
export interface DataSource {
  /** What it is called, such as the path of a folder. */
  readonly name: string;
  /** The file; undefined where there is none. */
  open(path: string): Promise<StoredFile | undefined>;
}

/** Where files can be kept. */
export interface DataStore extends DataSource {
  /** Writes behind the end of a file, which is made, with its folders, where there is none. */
  append(path: string): Promise<ByteSink>;
  /** Gives a whole file its name, in place of one that has it: at no moment is there a part of it under that name. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file; nothing happens where there is none. */
  remove(path: string): Promise<void>;
}

/** A file that is being written. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Only now may others see what was written. */
  close(): Promise<void>;
}

/** All bytes of a file at once. */
export function bytesOf(file: StoredFile): Promise<Uint8Array> {
  return file.read(0, file.size);
}
