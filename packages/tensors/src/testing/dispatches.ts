import type { Device } from '../device';

/** How often a WebGPU device was asked for each kernel while `run` ran, by the kernel's name; a fused loop's is `scan`. */
export async function dispatchesDuring(
  device: Device,
  run: () => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  const { device: gpu } = (await device.backend()) as unknown as { readonly device: GPUDevice };
  const counts: Record<string, number> = {};
  const restore = onReturn(gpu, 'createCommandEncoder', (encoder) =>
    onReturn(encoder, 'beginComputePass', (pass) => countIn(pass, counts)),
  );
  try {
    await run();
  } finally {
    restore();
  }
  return counts;
}

/** A pass says what it runs first, then how often. */
function countIn(pass: GPUComputePassEncoder, counts: Record<string, number>): void {
  let kernel = '';
  onReturn(pass, 'setPipeline', (_, pipeline) => (kernel = (pipeline as GPUComputePipeline).label));
  onReturn(pass, 'dispatchWorkgroups', () => (counts[kernel] = (counts[kernel] ?? 0) + 1));
}

type Method = (...args: unknown[]) => unknown;
type ResultOf<F> = F extends (...args: never[]) => infer R ? R : never;

/** Calls `then` with what each call of a method returned and was given; returns a function that undoes it. */
function onReturn<T extends object, K extends keyof T>(
  object: T,
  method: K,
  then: (result: ResultOf<T[K]>, ...args: unknown[]) => void,
): () => void {
  const original = object[method] as Method;
  const watched: Method = (...args) => {
    const result = original.apply(object, args) as ResultOf<T[K]>;
    then(result, ...args);
    return result;
  };
  object[method] = watched as T[K];
  return () => void (object[method] = original as T[K]);
}
