/** Where in a file something is wrong. Lines and columns count from 1. */
export interface Place {
  /** What the reader was told the text is called, usually a file name. */
  readonly source?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * A file that does not keep to its format. The message begins with the place, `peaks.fa:7:12: …`; a line as a whole is named by its
 * first column. What is wrong with a whole file, such as that it is empty, has no line, and binary files have bytes instead.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly source: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** The message without the place. */
  readonly complaint: string;

  constructor({ source, line, column = line === undefined ? undefined : 1 }: Place, message: string) {
    const place = [source ?? 'input', line, column].filter((part) => part !== undefined).join(':');
    super(`${place}: ${message}`);
    this.source = source;
    this.line = line;
    this.column = column;
    this.complaint = message;
  }
}

/** The beginning of a text for an error message, in quotes, control characters escaped. */
export function excerpt(text: string, length = 24): string {
  return JSON.stringify(text.length > length ? `${text.slice(0, length)}…` : text);
}
