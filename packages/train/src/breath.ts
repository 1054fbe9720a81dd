/** How long events may wait. 50 ms: the length of a long task in a browser. */
const LIMIT_MS = 50;

/**
 * Lets events in between steps: a signal, a repaint. A device that computes at once resolves promises without ever
 * giving them room.
 */
export class Breath {
  #last = performance.now();

  /** Waits for one turn of the event loop if the last one was long ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#last < LIMIT_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}
