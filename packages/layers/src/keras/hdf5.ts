import { HairpinError } from '@hairpin/tensors';
import { ArrayFileError } from '@hairpin/tensors/files';
import type { Group } from 'h5wasm';
import type hdf5 from 'h5wasm';
import { checkGlobalHeaps } from './global-heaps';

type Library = typeof hdf5;

/** What we use of the WebAssembly module behind the library. */
interface Engine {
  open(path: string, mode: number): bigint;
  close_file(id: bigint): number;
  readonly H5F_ACC_RDONLY: number;
  readonly FS: {
    writeFile(path: string, bytes: Uint8Array): void;
    unlink(path: string): void;
    readonly streams: readonly { stream_ops: Operations }[];
  };
}

/** How a stream of the module's C library is written to. */
interface Operations {
  write(stream: unknown, bytes: Uint8Array, offset: number, length: number): number;
}

const FILE = 'weights.h5'; // in the module's memory, while it is read

/** What `read` makes of an HDF5 file; whatever goes wrong on the way is an `ArrayFileError` that begins with `label`. */
export async function readHdf5<T>(
  bytes: Uint8Array,
  label: string,
  read: (root: Group, library: Library) => T,
): Promise<T> {
  const library = await load();
  const engine = (await library.ready) as unknown as Engine;
  const complaints = listen(engine);
  let file = 0n;
  try {
    engine.FS.writeFile(FILE, bytes);
    file = engine.open(FILE, engine.H5F_ACC_RDONLY);
    if (file <= 0n) throw new Error('it cannot be opened');
    checkGlobalHeaps(bytes, label);
    return read(new library.Group(file, '/'), library);
  } catch (error) {
    if (error instanceof ArrayFileError) throw error;
    const found = deepest(complaints.text) ?? `damage: ${(error as Error).message}`;
    throw new ArrayFileError(`${label}: expected an intact HDF5 file, found ${found}`, { cause: error });
  } finally {
    complaints.stop();
    close(engine, file);
  }
}

function close({ close_file: closeFile, FS }: Engine, file: bigint): void {
  try {
    if (file > 0n) closeFile(file);
  } catch {
    // A damaged file may not close; that it is damaged has been said.
  }
  FS.unlink(FILE);
}

async function load(): Promise<Library> {
  try {
    return (await import('h5wasm')).default;
  } catch (error) {
    throw new HairpinError('reading HDF5 files needs a package of its own: npm i h5wasm', { cause: error });
  }
}

/**
 * Collects what the C library would print about an error. It could throw instead, but an exception through C code leaves
 * locks and stacks behind, and no later file would open.
 */
function listen({ FS }: Engine): { readonly text: string; stop(): void } {
  const [, , stderr] = FS.streams;
  const printed = stderr.stream_ops;
  const decoder = new TextDecoder();
  const heard: string[] = [];
  const write: Operations['write'] = (_, bytes, offset, length) => {
    heard.push(decoder.decode(bytes.subarray(offset, offset + length)));
    return length;
  };
  stderr.stream_ops = { ...printed, write };
  return {
    get text() {
      return heard.join('');
    },
    stop: () => void (stderr.stream_ops = printed),
  };
}

/** The innermost of the errors that HDF5 has listed last: "#006: … in H5F__super_read(): truncated file: eof = 5000". */
function deepest(diagnostics: string): string | undefined {
  const reasons = [...diagnostics.matchAll(/^ *#\d+: .*?\(\): (.*)$/gm)];
  return reasons.at(-1)?.[1];
}
