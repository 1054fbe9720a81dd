/** Whether waiting for the GPU takes a core: it does in Node, and not in a page. */
export const isPolling: boolean = true;

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits as Hairpin does. Node's binding of WebGPU polls in every turn of the event loop while a promise is pending, which
 * on a software adapter takes a core from the work itself; here, after a millisecond, each turn sleeps for a twentieth of the
 * wait so far, 1 ms at most.
 */
export async function asleep<T>(promise: Promise<T>): Promise<T> {
  const start = performance.now();
  let isDone = false;
  const sleepOnce = () => {
    if (isDone) return;
    const elapsed = performance.now() - start;
    if (elapsed >= 1) Atomics.wait(cell, 0, 0, Math.min(elapsed / 20, 1));
    setImmediate(sleepOnce);
  };
  setImmediate(sleepOnce);
  return promise.finally(() => (isDone = true));
}
