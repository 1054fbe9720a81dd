/** What may go better at another attempt: a cut connection, a busy server. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs: number | undefined;

  constructor(message: string, options: { cause?: unknown; waitMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.waitMs = options.waitMs;
  }
}

/** The lowest cause of an error: `fetch` itself only says that it failed. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause !== error ? reasonOf(cause) : message;
}
