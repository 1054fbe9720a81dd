import { HttpError } from '../http/http-error';
import type { DataSource, DataStore, StoredFile } from './data-store';
import type { Dataset, DatasetFile } from './dataset';
import { DatasetError } from './dataset-error';
import { instructions } from './describe';
import { download } from './download';
import type { DownloadOptions, DownloadSettings, PublicFile } from './download';
import { datasetNamed, datasets, fileNamed } from './registry';
import { mismatch } from './verify';

/** Where a library looks, in this order: the mirror, the cache, the public addresses. */
export interface DataLibraryOptions extends DownloadSettings {
  /** A folder with a folder for each set. It is only read. */
  readonly mirror?: DataSource;
  /** Keeps what is downloaded; without it nothing is. */
  readonly cache?: DataStore;
  /** Whether checksums are compared, at the first opening of a file: true unless said, false for sets of your own making. */
  readonly verify?: boolean;
  /** In place of the registry. */
  readonly datasets?: readonly Dataset[];
}

/** Where a file of a set is. */
export interface FileState {
  readonly file: DatasetFile;
  /** By presence and size alone: what is there is compared with its checksum when it is opened. */
  readonly state: 'mirror' | 'cache' | 'absent';
  /** Of what is there. */
  readonly location?: string;
}

/** Opens the files of public data sets, wherever they are. */
export interface DataLibrary {
  /** The sets that it knows. */
  readonly datasets: readonly Dataset[];
  /**
   * A file, which any reader takes: from the mirror, the cache, or its public address.
   * @param path within the set; may be left out where it has one file
   * @throws RangeError for a name or path that is none
   * @throws DatasetError for a damaged file, a failed download, and a file that cannot be had: it says what to do
   */
  open(name: string, path?: string, options?: DownloadOptions): Promise<StoredFile>;
  /** Opens every file of a set, so that all are here. @throws as `open` does, after all that can be had are here */
  fetch(name: string, options?: DownloadOptions): Promise<StoredFile[]>;
  /** Where each file of a set is, without asking anybody outside. */
  where(name: string): Promise<FileState[]>;
}

/**
 * A library of the public data sets.
 *
 * In Node, call `localDataLibrary` of `@hairpin/bio/node`; in a page, `dataLibrary({ cache: opfsDataStore() })`.
 */
export function dataLibrary(options: DataLibraryOptions = {}): DataLibrary {
  return new Library(options);
}

class Library implements DataLibrary {
  readonly datasets: readonly Dataset[];
  readonly #options: DataLibraryOptions;
  readonly #checked = new Set<string>();
  readonly #downloads = new Map<string, Promise<StoredFile>>();

  constructor(options: DataLibraryOptions) {
    this.#options = options;
    this.datasets = options.datasets ?? datasets;
  }

  async open(name: string, path?: string, options: DownloadOptions = {}): Promise<StoredFile> {
    const dataset = datasetNamed(name, this.datasets);
    return this.#open(dataset, fileNamed(dataset, path), options);
  }

  async fetch(name: string, options: DownloadOptions = {}): Promise<StoredFile[]> {
    const dataset = datasetNamed(name, this.datasets);
    const opened: StoredFile[] = [];
    const problems: { path: string; error: DatasetError }[] = [];
    for (const file of dataset.files) {
      try {
        opened.push(await this.#open(dataset, file, options));
      } catch (error) {
        if (!(error instanceof DatasetError)) throw error;
        problems.push({ path: file.path, error });
      }
    }
    if (problems.length > 0) throw inOne(problems);
    return opened;
  }

  async where(name: string): Promise<FileState[]> {
    const dataset = datasetNamed(name, this.datasets);
    return Promise.all(dataset.files.map((file) => this.#where(file, `${name}/${file.path}`)));
  }

  async #where(file: DatasetFile, path: string): Promise<FileState> {
    const { mirror, cache } = this.#options;
    const inMirror = await mirror?.open(path);
    if (inMirror) return { file, state: 'mirror', location: inMirror.location };
    const inCache = await cache?.open(path);
    return inCache ? { file, state: 'cache', location: inCache.location } : { file, state: 'absent' };
  }

  async #open(dataset: Dataset, file: DatasetFile, options: DownloadOptions): Promise<StoredFile> {
    options.signal?.throwIfAborted();
    const path = `${dataset.name}/${file.path}`;
    return (
      (await this.#inMirror(file, path)) ?? (await this.#inCache(file, path)) ?? this.#outside(dataset, file, options)
    );
  }

  async #inMirror(expected: DatasetFile, path: string): Promise<StoredFile | undefined> {
    const file = await this.#options.mirror?.open(path);
    const problem = file && (await this.#problem(file, expected));
    if (problem === undefined) return file;
    throw new DatasetError(
      `${file!.location}: ${problem}: the mirror's copy is damaged or another version; replace or remove it, or open it with verify: false`,
    );
  }

  /** A damaged copy is removed, for the cache can get another one. */
  async #inCache(expected: DatasetFile, path: string): Promise<StoredFile | undefined> {
    const file = await this.#options.cache?.open(path);
    if (!file || (await this.#problem(file, expected)) === undefined) return file;
    await this.#options.cache!.remove(path);
    return undefined;
  }

  async #problem(file: StoredFile, expected: DatasetFile): Promise<string | undefined> {
    const key = `${file.location} ${file.size}`;
    if (this.#options.verify === false || this.#checked.has(key)) return undefined;
    const problem = await mismatch(file, expected);
    if (problem === undefined) this.#checked.add(key);
    return problem;
  }

  async #outside(dataset: Dataset, file: DatasetFile, options: DownloadOptions): Promise<StoredFile> {
    const { cache } = this.#options;
    const path = `${dataset.name}/${file.path}`;
    const raise = (why: string, cause?: unknown) => {
      throw new DatasetError(instructions(dataset, file, `${path}: ${why}`), { cause });
    };
    if (dataset.heldOutPart) return raise(`${this.#notFound()}, and its set is never downloaded`);
    if (!hasUrl(file)) return raise(`${this.#notFound()}, and no public address serves this very file`);
    if (!cache) return raise(`${this.#notFound()}, and there is no cache to download ${file.url} into`);
    try {
      return await this.#download(file, path, cache, options);
    } catch (error) {
      if (error instanceof HttpError || error instanceof DatasetError) return raise(error.message, error);
      throw error;
    }
  }

  #notFound(): string {
    const { mirror, cache } = this.#options;
    const places = [mirror && `the mirror ${mirror.name}`, cache && `the cache ${cache.name}`].filter(Boolean);
    return places.length > 0 ? `not in ${places.join(' nor in ')}` : 'neither mirror nor cache was given';
  }

  /** Who asks for what is on its way waits for it; only the first one's signal and progress count. */
  #download(file: PublicFile, path: string, cache: DataStore, options: DownloadOptions): Promise<StoredFile> {
    const running = this.#downloads.get(path);
    if (running) return running;
    const started = download(file, path, cache, { ...this.#options, ...options });
    this.#downloads.set(path, started);
    return started.finally(() => this.#downloads.delete(path));
  }
}

function inOne([{ error }, ...others]: readonly { path: string; error: DatasetError }[]): DatasetError {
  if (others.length === 0) return error;
  const paths = others.map(({ path }) => path).join(', ');
  return new DatasetError(`${error.message}\nnor could these files be had: ${paths}`, { cause: error });
}

const hasUrl = (file: DatasetFile): file is PublicFile => file.url !== undefined;
