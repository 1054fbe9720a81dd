import type { Device } from '../device';
import { DeviceUnavailableError } from '../errors';
import { openDevice } from '../open-device';

/** A device that tests run on; `device` is undefined where this machine has none, and such tests are skipped, visibly. */
export interface TestDevice {
  readonly name: 'cpu' | 'webgpu' | 'webgpu at default limits';
  readonly device: Device | undefined;
}

/**
 * Every device that a test should pass on: the CPU, WebGPU, and WebGPU with no more than what every adapter grants.
 * `HAIRPIN_REQUIRE_WEBGPU=1` turns a missing adapter into a rejection.
 */
export async function devices(): Promise<TestDevice[]> {
  return [
    { name: 'cpu', device: await openDevice('cpu') },
    { name: 'webgpu', device: await webgpuDevice('adapter') },
    { name: 'webgpu at default limits', device: await webgpuDevice('default') },
  ];
}

/**
 * WebGPU with the limits of the adapter or with those that every adapter grants; undefined where no adapter answers, which
 * is an error where `HAIRPIN_REQUIRE_WEBGPU` is 1.
 */
export async function webgpuDevice(limits: 'adapter' | 'default' = 'adapter'): Promise<Device | undefined> {
  try {
    return await openDevice('webgpu', { limits });
  } catch (error) {
    if (isRequired() || !(error instanceof DeviceUnavailableError)) throw error;
    return undefined;
  }
}

const isRequired = (): boolean =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.HAIRPIN_REQUIRE_WEBGPU ===
  '1';

/** Closes what `devices` opened, so that the process exits by itself. */
export async function closeDevices(list: readonly TestDevice[]): Promise<void> {
  await Promise.all(list.map(({ device }) => device?.close()));
}
