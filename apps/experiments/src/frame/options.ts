import { InputError } from '../input-error';

/** The two sizes of a run: seconds with a weaker bound, or the numbers that count. */
export type Size = 'quick' | 'full';

/** A choice that an experiment leaves to its user, with what holds where nothing is said. */
export type Option = NumberOption | ChoiceOption | TextOption;

interface Described<T> {
  /** What it decides, with the unit. */
  readonly says: string;
  readonly default: T;
  /** What holds in a quick run; `default` unless said. */
  readonly quick?: T;
}

/** A number between two bounds, both included. */
export interface NumberOption extends Described<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

/** One of a few words. */
export interface ChoiceOption<T extends string = string> extends Described<T> {
  readonly kind: 'choice';
  readonly choices: readonly T[];
}

/** Any text, such as the name of a file; empty for none. */
export interface TextOption extends Described<string> {
  readonly kind: 'text';
}

/** Options by name. */
export type Options = Readonly<Record<string, Option>>;

/** The values of options: plain JSON. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends NumberOption
    ? number
    : O[Name] extends ChoiceOption<infer T>
      ? T
      : string;
};

type NumberSettings = Described<number> & { readonly min: number; readonly max: number };

/** A whole number. */
export const whole = (settings: NumberSettings): NumberOption => ({ kind: 'number', isWhole: true, ...settings });

/** A number. */
export const real = (settings: NumberSettings): NumberOption => ({ kind: 'number', isWhole: false, ...settings });

/** One of a few words. */
export const choice = <const T extends string>(
  settings: Described<NoInfer<T>> & { readonly choices: readonly T[] },
): ChoiceOption<T> => ({ kind: 'choice', ...settings });

/** Any text; empty unless said. */
export const text = (settings: Omit<Described<string>, 'default'> & { readonly default?: string }): TextOption => ({
  kind: 'text',
  default: '',
  ...settings,
});

/**
 * The values of a run: what was given, checked, and for the rest what suits its size.
 * @throws InputError for a name that is no option, and for a value that its option cannot have
 */
export function fillOptions<O extends Options>(
  options: O,
  given: Readonly<Record<string, unknown>>,
  size: Size,
): Values<O> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(options, name));
  if (unknown.length > 0)
    throw new InputError(`no option ${unknown.join(', ')}; there are ${Object.keys(options).join(', ') || 'none'}`);
  const usual = (option: Option) => (size === 'quick' ? (option.quick ?? option.default) : option.default);
  const values = Object.entries(options).map(([name, option]) => {
    const value = given[name] === undefined ? usual(option) : given[name];
    check(name, option, value);
    return [name, value];
  });
  return Object.fromEntries(values) as Values<O>;
}

/**
 * What a person wrote, as a value of its option: `200` is a number where the option is one.
 * @throws InputError where it is none
 */
export function parseOption(name: string, option: Option, written: string): unknown {
  const number = option.kind === 'number' && written.trim() !== '' ? Number(written) : NaN;
  const value = Number.isNaN(number) ? written : number; // so that the error names what was written
  check(name, option, value);
  return value;
}

function check(name: string, option: Option, value: unknown): void {
  if (!fits(option, value)) throw new InputError(`${name}: expected ${expectation(option)}, got ${quoted(value)}`);
}

function fits(option: Option, value: unknown): boolean {
  if (option.kind === 'text') return typeof value === 'string';
  if (option.kind === 'choice') return option.choices.includes(value as string);
  if (typeof value !== 'number' || (option.isWhole && !Number.isInteger(value))) return false;
  return value >= option.min && value <= option.max;
}

/** What a value of this option has to be, in words. */
export function expectation(option: Option): string {
  if (option.kind === 'text') return 'a text';
  if (option.kind === 'choice') return `one of ${option.choices.join(', ')}`;
  return `${option.isWhole ? 'a whole number' : 'a number'} from ${option.min} to ${option.max}`;
}

const quoted = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
