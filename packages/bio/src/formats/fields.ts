import { excerpt, FormatError } from './format-error';

/** A line of a table: its fields, and where each begins, for error messages. */
export class Fields {
  readonly #place: { source?: string; line: number };
  readonly #values: readonly string[];
  readonly #columns: number[];

  constructor(values: readonly string[], place: { source?: string; line: number }, columns?: number[]) {
    this.#values = values;
    this.#place = place;
    this.#columns = columns ?? startsOf(values);
  }

  get count(): number {
    return this.#values.length;
  }

  text(index: number): string {
    return this.#values[index];
  }

  from(index: number): readonly string[] {
    return this.#values.slice(index);
  }

  /** A whole number of at least `lowest`. */
  integer(index: number, name: string, lowest = 0): number {
    const text = this.#values[index];
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= lowest) return value;
    throw this.error(index, `${name}: expected a whole number of at least ${lowest}, got ${excerpt(text)}`);
  }

  /** A finite number. */
  number(index: number, name: string): number {
    const text = this.#values[index];
    const value = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) + 0 : NaN; // −0 is 0
    if (Number.isFinite(value)) return value;
    throw this.error(index, `${name}: expected a number, got ${excerpt(text)}`);
  }

  /** One of a few texts. */
  choice<T extends string>(index: number, name: string, choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.#values[index]);
    if (found !== undefined) return found;
    const listed = choices.map((choice) => `'${choice}'`).join(', ');
    throw this.error(index, `${name}: expected one of ${listed}, got ${excerpt(this.#values[index])}`);
  }

  /** An error at the place of a field. */
  error(index: number, message: string): FormatError {
    return new FormatError({ ...this.#place, column: this.#columns[index] ?? 1 }, message);
  }
}

function startsOf(values: readonly string[]): number[] {
  let column = 1;
  return values.map((value) => {
    const start = column;
    column += value.length + 1;
    return start;
  });
}
