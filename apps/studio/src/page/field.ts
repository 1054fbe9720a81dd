import { formatNumber, InputError, type Option, parseOption } from '@hairpin/experiments';
import { make, newId } from './element';
import { sentence, withoutName, words } from './words';

/** A value that the user may set, as the record of its option describes it: what it means, and what is wrong with it. */
export class Field {
  readonly element: HTMLElement;
  /** The control that takes the focus. */
  readonly control: HTMLInputElement | HTMLSelectElement;
  readonly #error: HTMLElement;
  readonly #restore = make('button', { type: 'button', className: 'restore', hidden: true });
  #usual: string;

  /** @param extra what stands below the control */
  constructor(
    readonly name: string,
    readonly option: Option,
    ...extra: readonly HTMLElement[]
  ) {
    const [id, saysId, errorId] = ['field', 'says', 'error'].map((part) => newId(`${part}-${name}`));
    this.#usual = String(option.default);
    this.control = Object.assign(controlFor(option), { id, name, value: this.#usual });
    this.control.setAttribute('aria-describedby', `${saysId} ${errorId}`);
    this.#error = make('p', { id: errorId, className: 'error' });
    const label = make('div', { className: 'label' }, make('label', { htmlFor: id }, words(name)), this.#restore);
    const says = make('p', { id: saysId, className: 'says' }, help(option));
    this.element = make('div', { className: 'field' }, label, this.control, ...extra, this.#error, says);
    this.#listen();
  }

  /** Whether it is other than the default. */
  get isChanged(): boolean {
    return this.control.value !== this.#usual;
  }

  /** The value, or undefined where it is none: then the field says why. */
  read(): unknown {
    const { value, problem } = parsed(this.name, this.option, this.control.value);
    this.#error.textContent = problem;
    this.control.setAttribute('aria-invalid', String(problem !== ''));
    return value;
  }

  /** Sets what the user might have written. */
  write(written: string): void {
    this.control.value = written;
    this.read();
    this.#showRestore();
  }

  /** Takes another default; what the user has changed stays. */
  setDefault(value: unknown): void {
    const stays = this.isChanged;
    this.#usual = String(value);
    this.write(stays ? this.control.value : this.#usual);
  }

  #listen(): void {
    this.control.addEventListener('input', () => {
      if (this.#error.textContent !== '') this.read(); // what was wrong may be mended now; what is being written is not yet wrong
      this.#showRestore();
    });
    this.control.addEventListener('change', () => this.read());
    this.#restore.addEventListener('click', () => {
      this.write(this.#usual);
      this.control.focus();
    });
  }

  #showRestore(): void {
    this.#restore.hidden = !this.isChanged;
    this.#restore.textContent = this.#usual === '' ? 'clear' : `back to ${this.#usual}`;
  }
}

function controlFor(option: Option): HTMLInputElement | HTMLSelectElement {
  if (option.kind === 'choice')
    return make('select', {}, ...option.choices.map((choice) => make('option', { value: choice }, choice)));
  const inputMode = option.kind === 'text' ? 'text' : option.isWhole ? 'numeric' : 'decimal';
  return make('input', { type: 'text', inputMode, autocomplete: 'off', spellcheck: false }); // a number field hides what is no number
}

const help = (option: Option): string =>
  option.kind === 'number' && option.max < Number.MAX_SAFE_INTEGER
    ? sentence(`${option.says}; ${range(option.min, option.max)}`)
    : sentence(option.says);

/** On one line, wherever the line breaks. */
const range = (min: number, max: number): string =>
  `from ${[min, max].map(bound).join(' to ')}`.replaceAll(' ', '\u00a0');

const bound = (end: number): string => (Math.abs(end) < 1e4 ? String(end) : formatNumber(end));

function parsed(name: string, option: Option, written: string): { value?: unknown; problem: string } {
  try {
    return { value: parseOption(name, option, written.trim()), problem: '' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: sentence(withoutName(name, error.message)) };
  }
}
