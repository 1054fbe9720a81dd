import type { DataStore } from './data-store';
import { bytesOf } from './data-store';
import type { Validators } from '../http/answers';

/** What is noted beside the bytes of an unfinished download. */
interface Note {
  readonly url: string;
  readonly validators: Validators;
  /** Bytes of the whole file, where the server told. */
  readonly total?: number;
}

/** A download so far. */
export interface Begun extends Note {
  readonly bytes: number;
}

/** An unfinished download: the bytes so far, and a note of which version of the file they are. */
export class PartialFile {
  readonly #store: DataStore;
  readonly #path: string;
  /** Where the bytes are kept. */
  readonly path: string;

  constructor(store: DataStore, path: string) {
    this.#store = store;
    this.#path = path;
    this.path = `${path}.part`;
  }

  /** What can be gone on with; undefined, and nothing kept, where that is nothing. */
  async begun(url: string): Promise<Begun | undefined> {
    const bytes = (await this.#store.open(this.path))?.size ?? 0;
    const note = await this.#note();
    if (bytes > 0 && note?.url === url && bytes <= (note.total ?? Infinity)) return { ...note, bytes };
    await this.drop();
    return undefined;
  }

  /** Begins anew. */
  async begin(note: Note): Promise<void> {
    await this.drop();
    const sink = await this.#store.append(this.#notePath);
    await sink.write(new TextEncoder().encode(JSON.stringify(note)));
    await sink.close();
  }

  /** Gives the bytes their name, as they are whole and checked. */
  async finish(): Promise<void> {
    await this.#store.move(this.path, this.#path);
    await this.#store.remove(this.#notePath);
  }

  /** Forgets all. */
  async drop(): Promise<void> {
    await this.#store.remove(this.path);
    await this.#store.remove(this.#notePath);
  }

  get #notePath(): string {
    return `${this.path}.json`;
  }

  async #note(): Promise<Note | undefined> {
    const file = await this.#store.open(this.#notePath);
    if (!file) return undefined;
    try {
      const { url, validators, total } = JSON.parse(new TextDecoder().decode(await bytesOf(file))) as Note;
      return { url, validators: { ...validators }, total };
    } catch {
      return undefined; // cut off in the middle: the download begins anew
    }
  }
}
