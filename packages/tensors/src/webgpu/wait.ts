/** Node's event loop and its shared-memory sleep; absent in browsers, where waiting costs nothing. */
const setImmediate = (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate;
const isNode =
  typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node === 'string' &&
  setImmediate !== undefined;
const cell = isNode ? new Int32Array(new SharedArrayBuffer(4)) : undefined;

/** Milliseconds in which short work is done: whoever sleeps wakes up late, by more than a small product takes. */
const awakeMs = 1;

let waiting = 0;
let since = 0;
let isLooping = false; // one loop serves all waits

/**
 * Waits for the GPU without spinning. Node's binding polls it in every turn of the event loop while a promise is pending,
 * which on a software adapter takes a core from the work itself: after a millisecond each turn sleeps a little, longer the longer
 * it lasts.
 */
export async function asleep<T>(promise: Promise<T>): Promise<T> {
  if (!isNode) return promise;
  if (waiting++ === 0) startSleeping();
  try {
    return await promise;
  } finally {
    waiting--;
  }
}

function startSleeping(): void {
  since = performance.now();
  if (!isLooping) setImmediate!(sleepOnce);
  isLooping = true;
}

function sleepOnce(): void {
  isLooping = waiting > 0;
  if (!isLooping) return;
  const elapsed = performance.now() - since;
  if (elapsed >= awakeMs) Atomics.wait(cell!, 0, 0, Math.min(elapsed / 20, 1));
  setImmediate!(sleepOnce);
}
