import { openCpu } from './cpu/backend';
import { type Backend, Device } from './device';
import { DeviceUnavailableError } from './errors';
import { openWebGpu, type WebGpuOptions } from './webgpu/open';

/** The kinds of device: a GPU through WebGPU, or the host itself. */
export type DeviceKind = 'webgpu' | 'cpu';

/** What `HAIRPIN_DEVICE` says, where there is an environment. */
function wanted(): DeviceKind | undefined {
  const value = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.HAIRPIN_DEVICE;
  if (value === undefined || value === '' || value === 'auto') return undefined;
  if (value === 'webgpu' || value === 'cpu') return value;
  throw new DeviceUnavailableError(`HAIRPIN_DEVICE: expected webgpu or cpu, got ${value}`);
}

/** WebGPU when an adapter answers, else the CPU; a kind asked for and missing is an error with the remedy. */
async function choose(kind: DeviceKind | undefined, options: WebGpuOptions): Promise<Backend> {
  if (kind === 'cpu') return openCpu();
  if (kind === 'webgpu') return openWebGpu(options);
  try {
    return await openWebGpu(options);
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    return openCpu(error.message);
  }
}

/**
 * Opens a device: the kind asked for, else the one that `HAIRPIN_DEVICE` names, else WebGPU if an adapter answers and the
 * CPU if none does. Several may coexist. Rejects with `DeviceUnavailableError` where a kind is asked for and missing.
 */
export async function openDevice(
  kind: DeviceKind | undefined = wanted(),
  options: WebGpuOptions = {},
): Promise<Device> {
  const device = new Device(() => choose(kind, options));
  await device.backend();
  return device;
}

let shared: Device | undefined;

/** The device of tensors that name none. It opens when data is first asked for. */
export const defaultDevice = (): Device => (shared ??= new Device(() => choose(wanted(), {})));

/** Makes `device` the default; undefined goes back to the usual choice. */
export const setDefaultDevice = (device: Device | undefined): void => void (shared = device);
