import { create, globals } from 'webgpu';

/** Dawn rounds timestamps to 65 µs unless told not to. */
const exactTimestamps = ['disable-dawn-features=timestamp_quantization'];

/**
 * Gives this process the `navigator.gpu` of a browser, so that all systems that use WebGPU share one instance of Dawn and
 * one adapter. To be called before the first of them is imported.
 */
export function provideWebGpu(): void {
  const navigator = (globalThis as { navigator?: object }).navigator ?? { userAgent: nodesOwn };
  if ('gpu' in navigator) return;
  Object.defineProperty(navigator, 'gpu', { value: create(exactTimestamps) });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  Object.assign(globalThis, globals);
}

/** What Node calls itself from version 21 on; jax-js reads it. */
const nodesOwn = `Node.js/${process.versions.node.split('.')[0]}`;
