import type { Backend } from '../device';
import { DeviceLostError, DeviceUnavailableError, InvalidShaderError } from '../errors';
import { Tensor } from '../tensor';
import { WebGpuBackend } from './backend';

/** Which WebGPU device is to be opened. */
export interface WebGpuOptions {
  /** `adapter` (unless said) asks for all that the adapter gives; `default` for WebGPU's default limits and no features. */
  readonly limits?: 'adapter' | 'default';
  /** A device that is open already, e.g. one shared with a renderer. */
  readonly device?: GPUDevice;
}

/** An open device and what its life may bring. */
export interface OpenGpu {
  readonly device: GPUDevice;
  readonly label: string;
  readonly isSoftware: boolean;
  /** Invocations of a subgroup where the adapter has one size, and the device may use them; else 0. */
  readonly subgroup: number;
  /** Raises what happened to the device since: lost, or a dispatch refused. */
  assertAlive(): void;
  /** The promise, or `DeviceLostError` if the device goes away first. */
  orLost<T>(promise: Promise<T>): Promise<T>;
  close(): void;
  newTensor(meta: Pick<Tensor, 'shape' | 'dtype' | 'device'>): Tensor;
}

const remedy =
  'on Linux without a GPU install Mesa (mesa-vulkan-drivers 23.2 or newer, from backports on Debian 12); in a browser use one with WebGPU; or set HAIRPIN_DEVICE=cpu';

/** The WebGPU entry of this runtime: the browser's or Deno's, else Node's package. */
export async function webGpu(): Promise<GPU> {
  const native = (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu;
  if (native) return native;
  const name = 'webgpu'; // not a literal, so that bundlers leave it alone
  let dawn: { create(options: string[]): GPU };
  try {
    dawn = (await import(/* @vite-ignore */ name)) as typeof dawn;
  } catch {
    throw new DeviceUnavailableError('no WebGPU in this runtime: npm i webgpu, or set HAIRPIN_DEVICE=cpu');
  }
  return (nodeGpu ??= dawn.create(exactTimestamps));
}

/** Dawn rounds timestamps to 65 µs, for pages that must not tell the time; most kernels take less, and this is no page. */
const exactTimestamps = ['disable-dawn-features=timestamp_quantization'];

let nodeGpu: GPU | undefined;

/** Opens a WebGPU device. Rejects with `DeviceUnavailableError` where no adapter answers. */
export async function openWebGpu(options: WebGpuOptions): Promise<Backend> {
  if (options.device) return new WebGpuBackend(watch(options.device, options.device.adapterInfo));
  const adapter = await (await webGpu()).requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new DeviceUnavailableError(`no WebGPU adapter: ${remedy}`);
  const device = await adapter.requestDevice(options.limits === 'default' ? {} : everything(adapter));
  return new WebGpuBackend(watch(device, adapter.info));
}

/** Limits that larger or faster kernels use where an adapter has them. */
const wantedLimits = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupStorageSize'] as const;
const wantedFeatures = ['subgroups', 'timestamp-query', 'shader-f16'] as const;

function everything(adapter: GPUAdapter): GPUDeviceDescriptor {
  return {
    requiredLimits: Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]])),
    requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)) as GPUFeatureName[],
  };
}

/** A kernel is written for one size: where the adapter may choose another, subgroups are left alone. */
function subgroupOf(device: GPUDevice): number {
  const { subgroupMinSize = 0, subgroupMaxSize = -1 } = device.adapterInfo as {
    subgroupMinSize?: number;
    subgroupMaxSize?: number;
  };
  return device.features.has('subgroups' as GPUFeatureName) && subgroupMinSize === subgroupMaxSize
    ? subgroupMinSize
    : 0;
}

function watch(device: GPUDevice, { vendor, architecture, device: model, description }: GPUAdapterInfo): OpenGpu {
  const label = `WebGPU: ${description || [vendor, architecture, model].filter(Boolean).join(' ')}`;
  const isSoftware = /llvmpipe|swiftshader|lavapipe|software/i.test(
    `${vendor} ${architecture} ${model} ${description}`,
  );
  let failure: Error | undefined;
  let isClosed = false;
  const lost = device.lost.then((info) => {
    failure = new DeviceLostError(
      `${label}: the device was lost (${info.reason}): ${info.message || 'no reason given'}; what was on it is gone, open another device and go on from the last checkpoint`,
    );
    throw failure;
  });
  lost.catch(() => undefined);
  device.onuncapturederror = (event) => {
    failure ??= new InvalidShaderError(`${label}: ${event.error.message}`);
  };
  const assertAlive = () => {
    if (isClosed) throw new DeviceLostError(`${label}: the device was closed`);
    const found = failure;
    if (!(failure instanceof DeviceLostError)) failure = undefined; // told once: what comes after may be well
    if (found) throw found;
  };
  const orLost = async <T>(promise: Promise<T>): Promise<T> => {
    const result = await Promise.race([promise.catch((error: unknown) => rejectAsLost(error, lost)), lost]);
    assertAlive();
    return result;
  };
  const close = () => {
    isClosed = true;
    device.destroy();
  };
  return {
    device,
    label,
    isSoftware,
    subgroup: subgroupOf(device),
    assertAlive,
    orLost,
    close,
    newTensor: (meta) => new Tensor(meta, { kind: 'placeholder', name: 'result' }),
  };
}

/** A wait that fails because its device goes away says so, whichever of the two the runtime reports first. */
async function rejectAsLost(error: unknown, lost: Promise<never>): Promise<never> {
  const moment = new Promise<void>((resolve) => void setTimeout(resolve, 50));
  await Promise.race([lost, moment]);
  throw error;
}
