/** Whether waiting for the GPU takes a core: it does in Node, and not in a page. */
export const isPolling: boolean = true;

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits as Hairpin does. Node's binding of WebGPU polls in every turn of the event loop while a promise is pending, which
 * on a software adapter takes a core from the work itself; here each turn sleeps for a twentieth of the wait so far,
 * between 0.05 and 1 ms.
 */
export async function asleep<T>(promise: Promise<T>): Promise<T> {
  const start = performance.now();
  let isDone = false;
  const sleepOnce = () => {
    if (isDone) return;
    Atomics.wait(cell, 0, 0, Math.min(Math.max((performance.now() - start) / 20, 0.05), 1));
    setImmediate(sleepOnce);
  };
  setImmediate(sleepOnce);
  return promise.finally(() => (isDone = true));
}
