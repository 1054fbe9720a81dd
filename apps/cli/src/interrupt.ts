/** The person at the terminal said stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A signal that Ctrl-C (or a polite kill) aborts; the second time the process ends at once. */
export function onInterrupt(restoreTerminal: () => void): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      restoreTerminal();
      process.exit(130);
    }
    controller.abort(new Interrupted('interrupted'));
  };
  for (const name of SIGNALS) process.on(name, stop);
  return { signal: controller.signal, release: () => SIGNALS.forEach((name) => process.off(name, stop)) };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
