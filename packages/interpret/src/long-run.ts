/** What may take long can be stopped and watched. */
export interface LongRun {
  /** Stops the work with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Hears how much is done, of how much. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** How long events may wait. 50 ms: the length of a long task in a browser. */
const limitMs = 50;

/** Tells of progress, stops where asked to, and lets events in: a device that computes at once gives them no room. */
export class Pace {
  #done = 0;
  #last = performance.now();

  constructor(
    private readonly run: LongRun,
    private readonly total: number,
  ) {
    run.signal?.throwIfAborted();
  }

  /** Says how much is done. */
  reach(done: number): Promise<void> {
    this.run.onProgress?.((this.#done = done), this.total);
    return this.breathe();
  }

  /** Counts small pieces of work, and says so only where events had to wait. */
  async step(pieces = 1): Promise<void> {
    this.#done += pieces;
    if (this.#isDue) await this.reach(this.#done);
  }

  /** Says that all is done. */
  finish(): void {
    this.run.onProgress?.(this.total, this.total);
  }

  /** Lets events in, between two of the steps that count. */
  async breathe(): Promise<void> {
    if (this.#isDue) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      this.#last = performance.now();
    }
    this.run.signal?.throwIfAborted();
  }

  get #isDue(): boolean {
    return performance.now() - this.#last > limitMs;
  }
}
