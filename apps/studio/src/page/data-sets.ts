import { datasetNamed, type FileState, opfsDataStore } from '@hairpin/bio';
import { keptData } from '../library';
import { make } from './element';
import { keepFiles } from './keep-files';
import { bytes, sentence } from './words';

/** The public data sets that an experiment uses where this browser keeps them, and how to come by the others. */
export function dataSets(names: readonly string[]): HTMLElement {
  const rows = names.map((name) => make('li', {}, new DataSetRow(name).element));
  return make('section', { className: 'data' }, make('h2', {}, 'Data'), make('ul', {}, ...rows));
}

class DataSetRow {
  readonly element: HTMLElement;
  readonly #library = keptData();
  readonly #says = make('span', { className: 'says', role: 'status' });
  readonly #download = make('button', { type: 'button', className: 'quiet' }, 'Download');
  readonly #add = make('button', { type: 'button', className: 'quiet' }, 'Add its files…');
  readonly #input = make('input', { type: 'file', multiple: true, hidden: true });
  #missing: readonly FileState[] = [];

  constructor(readonly name: string) {
    const title = make('span', { className: 'title' }, sentence(datasetNamed(name).title));
    const buttons = make('div', { className: 'actions' }, this.#download, this.#add, this.#input);
    this.element = make('div', {}, title, this.#says, buttons);
    this.#download.addEventListener('click', () => this.#after(() => this.#load()));
    this.#add.addEventListener('click', () => this.#input.click());
    this.#input.addEventListener('change', () => this.#after(() => this.#keep([...(this.#input.files ?? [])])));
    void this.#after(() => Promise.resolve());
  }

  /** Does something about the set, and says how it stands with it then, or what went wrong. */
  async #after(work: () => Promise<void>): Promise<void> {
    this.#showButtons(false);
    const problem = await work().then(() => undefined, firstLine);
    this.#missing = (await this.#library.where(this.name)).filter(({ state }) => state === 'absent');
    this.#says.textContent = problem ?? standing(this.#missing);
    this.#showButtons(this.#missing.length > 0);
  }

  #showButtons(isWanted: boolean): void {
    this.#add.hidden = !isWanted;
    this.#download.hidden = !isWanted || this.#public().length === 0;
  }

  #public(): readonly FileState[] {
    return this.#missing.filter(({ file }) => file.url !== undefined);
  }

  async #load(): Promise<void> {
    for (const { file } of this.#public()) {
      const onProgress = ({ received }: { received: number }) => {
        this.#says.textContent = `${file.path}: ${bytes(received)} of ${bytes(file.bytes)}`;
      };
      await this.#library.open(this.name, file.path, { onProgress });
    }
  }

  #keep(files: readonly File[]): Promise<void> {
    this.#input.value = ''; // so that the same file can be picked again
    return keepFiles(opfsDataStore(), this.name, this.#missing, files);
  }
}

const firstLine = (error: Error): string => sentence(error.message.split('\n')[0]);

function standing(missing: readonly FileState[]): string {
  if (missing.length === 0) return 'Kept in this browser.';
  const size = bytes(missing.reduce((sum, { file }) => sum + file.bytes, 0));
  return `Not kept here (${size}): what needs it is simulated.`;
}
