import type { ChoiceOption, Experiment, NumberOption, Option, RunSettings, Size } from '@hairpin/experiments';
import type { DeviceWish } from '../protocol';
import { make, newId } from './element';
import { Field } from './field';
import { fileField } from './file-field';
import type { PickedFiles } from './picked-files';

/** Everything that the user decides of a run. */
export interface Chosen {
  readonly settings: RunSettings;
  readonly device: DeviceWish;
}

const seedOption: NumberOption = {
  ...{ kind: 'number', isWhole: true, default: 1, min: 0, max: Number.MAX_SAFE_INTEGER },
  says: 'all that is random follows from it',
};
const deviceOption: ChoiceOption<DeviceWish> = {
  ...{ kind: 'choice', default: 'automatic', choices: ['automatic', 'webgpu', 'cpu'] },
  says: 'automatic takes WebGPU where this browser has it',
};

/** The form of an experiment: its size, and its options as their records describe them. */
export class Setup {
  readonly element: HTMLFormElement;
  readonly #sizes: SizeChoice;
  readonly #options: readonly Field[];
  readonly #seed = fieldOf('seed', seedOption);
  readonly #device = fieldOf('device', deviceOption);

  constructor(experiment: Experiment, files: PickedFiles, button: HTMLButtonElement) {
    this.#options = Object.entries(experiment.options).map(([name, option]) => fieldOf(name, option, files));
    this.#sizes = new SizeChoice((size) => this.#showDefaults(experiment, size));
    this.#showDefaults(experiment, this.#sizes.value);
    const fields = make('div', { className: 'fields' }, ...this.#fields().map(({ element }) => element));
    const options = make('fieldset', {}, make('legend', {}, 'Options'), fields);
    button.addEventListener('mousedown', (event) => event.preventDefault()); // or the field that is left may tell an error and push the button away
    const actions = make('div', { className: 'actions' }, button);
    this.element = make('form', { noValidate: true, className: 'setup' }, this.#sizes.element, options, actions);
  }

  /** What was chosen; undefined where a value is none, and then the first such field has the focus. */
  read(): Chosen | undefined {
    const values = this.#fields().map((field) => [field, field.read()] as const);
    const wrong = values.find(([, value]) => value === undefined);
    wrong?.[0].control.focus();
    if (wrong) return undefined;
    const changed = values.filter(([field]) => this.#options.includes(field) && field.isChanged);
    const options = Object.fromEntries(changed.map(([{ name }, value]) => [name, value]));
    const settings = { size: this.#sizes.value, seed: this.#seed.read() as number, options };
    return { settings, device: this.#device.read() as DeviceWish };
  }

  #fields(): readonly Field[] {
    return [...this.#options, this.#seed, this.#device];
  }

  #showDefaults({ options }: Experiment, size: Size): void {
    for (const field of this.#options) {
      const option = options[field.name];
      field.setDefault(size === 'quick' ? (option.quick ?? option.default) : option.default);
    }
  }
}

function fieldOf(name: string, option: Option, files?: PickedFiles): Field {
  return option.kind === 'text' && files ? fileField(name, option, files) : new Field(name, option);
}

const sizes: Readonly<Record<Size, string>> = {
  quick: 'Seconds to a minute, with weaker bounds that can still be missed.',
  full: 'The numbers that count: minutes on a GPU, far longer on the CPU.',
};

/** Quick or full; quick to begin with, so that a first run is a short one. */
class SizeChoice {
  readonly element: HTMLElement;
  value: Size = 'quick';

  constructor(onChange: (size: Size) => void) {
    const group = newId('size');
    const radios = Object.entries(sizes).map(([size, says]) => {
      const radio = make('input', { type: 'radio', name: group, value: size, checked: size === this.value });
      radio.addEventListener('change', () => onChange((this.value = size as Size)));
      return make('label', {}, radio, make('strong', {}, size), make('span', {}, says));
    });
    this.element = make('fieldset', { className: 'sizes' }, make('legend', {}, 'Size'), ...radios);
  }
}
