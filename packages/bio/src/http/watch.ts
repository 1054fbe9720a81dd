/** Ends a request when its caller says so, or when too long nothing comes. */
export class Watch {
  readonly #own = new AbortController();
  readonly #stallMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal: AbortSignal;

  constructor(stallMs: number, signal: AbortSignal | undefined) {
    this.#stallMs = stallMs;
    this.signal = signal ? AbortSignal.any([signal, this.#own.signal]) : this.#own.signal;
    this.reset();
  }

  /** Something came. */
  reset(): void {
    clearTimeout(this.#timer);
    const tooLong = () => this.#own.abort(new Error(`nothing came for ${this.#stallMs} ms`));
    this.#timer = setTimeout(tooLong, this.#stallMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#own.abort(new Error('no longer needed'));
  }
}
