import { Device } from '../device';
import { openWebGpu, webGpu } from '../webgpu/open';
import type { WebGpuBackend } from '../webgpu/backend';

/** How often a device was asked for what costs time or memory. */
export interface Counts {
  buffers: number;
  bindGroups: number;
  pipelines: number;
  passes: number;
  submits: number;
}

/** A WebGPU device that counts what is asked of it; undefined where no adapter answers. */
export async function countingDevice(): Promise<
  { device: Device; backend: WebGpuBackend; counts: Counts } | undefined
> {
  const adapter = await webGpu().then(
    (gpu) => gpu.requestAdapter(),
    () => null,
  );
  if (!adapter) return undefined;
  const counts: Counts = { buffers: 0, bindGroups: 0, pipelines: 0, passes: 0, submits: 0 };
  const backend = (await openWebGpu({ device: counted(await adapter.requestDevice(), counts) })) as WebGpuBackend;
  return { device: new Device(async () => backend), backend, counts };
}

const counters: Readonly<Record<string, keyof Counts>> = {
  createBuffer: 'buffers',
  createBindGroup: 'bindGroups',
  createComputePipeline: 'pipelines',
  createComputePipelineAsync: 'pipelines',
  beginComputePass: 'passes',
  submit: 'submits',
};

/** A proxy that counts the calls named above, also on the queue and on encoders that come out of it. */
function counted<T extends object>(target: T, counts: Counts): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      if (key === 'queue') return counted(value as object, counts);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const counter = counters[String(key)];
        if (counter) counts[counter]++;
        const result: unknown = Reflect.apply(value, object, args);
        return key === 'createCommandEncoder' ? counted(result as object, counts) : result;
      };
    },
    set: (object, key, value) => Reflect.set(object, key, value, object),
  });
}
