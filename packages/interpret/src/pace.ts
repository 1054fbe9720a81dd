/** How long work is told of and stopped. */
export interface PaceOptions {
  /** Stops the work with its reason. */
  readonly signal?: AbortSignal;
  /** Called some times a second with how much is done of how much. */
  readonly onProgress?: (done: number, total: number) => void;
}

const TURN = 40; // ms: a page that waits longer stutters

/** Gives others a turn of the event loop in the midst of long work, tells how far it is, and stops it when asked. */
export class Pace {
  #done = 0;
  #since = performance.now();

  constructor(
    private readonly total: number,
    private readonly options: PaceOptions,
  ) {
    options.signal?.throwIfAborted();
  }

  /** To be awaited after each piece of work; `pieces` of them are done since the last time. */
  async step(pieces = 1): Promise<void> {
    this.#done += pieces;
    if (performance.now() - this.#since < TURN) return;
    this.options.onProgress?.(this.#done, this.total);
    await new Promise((resolve) => setTimeout(resolve));
    this.options.signal?.throwIfAborted();
    this.#since = performance.now();
  }

  /** Tells that all is done. */
  finish(): void {
    this.options.onProgress?.(this.total, this.total);
  }
}
