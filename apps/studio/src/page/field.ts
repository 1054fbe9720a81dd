import { formatNumber, InputError, type Option, parseOption } from '@hairpin/experiments';
import { make, newId } from './element';
import { sentence, withoutName, words } from './words';

/** A value that the user may set, with what it means and what is wrong with it. */
export interface Field {
  readonly name: string;
  readonly element: HTMLElement;
  /** The control that takes the focus. */
  readonly control: HTMLInputElement | HTMLSelectElement;
  /** Shows another default; what the user has changed stays. */
  setDefault(value: unknown): void;
  /** The value, or undefined where it is none: then the field says why. */
  read(): unknown;
  /** Sets what the user might have written. */
  write(written: string): void;
  /** Whether it is other than the default. */
  isChanged(): boolean;
}

/** A field for an option, as its record describes it. */
export function optionField(name: string, option: Option, extra: readonly HTMLElement[] = []): Field {
  const [id, saysId, errorId] = ['field', 'says', 'error'].map((part) => newId(`${part}-${name}`));
  const control = controlFor(option);
  Object.assign(control, { id, name });
  control.setAttribute('aria-describedby', `${saysId} ${errorId}`);
  const error = make('p', { id: errorId, className: 'error' });
  const restore = make('button', { type: 'button', className: 'restore', hidden: true });
  const says = make('p', { id: saysId, className: 'says' }, help(option));
  const label = make('label', { htmlFor: id }, words(name));
  const row = make('div', { className: 'label' }, label, restore);
  const element = make('div', { className: 'field' }, row, control, ...extra, error, says);
  let usual = String(option.default);

  const isChanged = () => control.value !== usual;
  const showRestore = () => {
    restore.hidden = !isChanged();
    restore.textContent = usual === '' ? 'clear' : `back to ${usual}`;
  };
  const read = () => {
    const { value, problem } = parsed(name, option, control.value);
    error.textContent = problem;
    control.setAttribute('aria-invalid', String(problem !== ''));
    return value;
  };
  const write = (written: string) => {
    control.value = written;
    read();
    showRestore();
  };
  control.value = usual;
  control.addEventListener('input', () => {
    if (error.textContent !== '') read(); // what was wrong may be mended now; what is being written is not yet wrong
    showRestore();
  });
  control.addEventListener('change', read);
  restore.addEventListener('click', () => {
    write(usual);
    control.focus();
  });
  return {
    ...{ name, element, control, read, write, isChanged },
    setDefault(value) {
      const wasChanged = isChanged();
      usual = String(value);
      if (wasChanged) showRestore();
      else write(usual);
    },
  };
}

function controlFor(option: Option): HTMLInputElement | HTMLSelectElement {
  if (option.kind === 'choice')
    return make('select', {}, ...option.choices.map((choice) => make('option', { value: choice }, choice)));
  const inputMode = option.kind === 'text' ? 'text' : option.isWhole ? 'numeric' : 'decimal';
  return make('input', { type: 'text', inputMode, autocomplete: 'off', spellcheck: false }); // a number field hides what is no number
}

/** On one line, wherever the line breaks. */
const range = (min: number, max: number): string =>
  `from ${[min, max].map((end) => (Math.abs(end) < 1e4 ? String(end) : formatNumber(end))).join(' to ')}`.replaceAll(
    ' ',
    '\u00a0',
  );

const help = (option: Option): string =>
  option.kind === 'number' && option.max < Number.MAX_SAFE_INTEGER
    ? sentence(`${option.says}; ${range(option.min, option.max)}`)
    : sentence(option.says);

function parsed(name: string, option: Option, written: string): { value?: unknown; problem: string } {
  try {
    return { value: parseOption(name, option, written.trim()), problem: '' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: sentence(withoutName(name, error.message)) };
  }
}
