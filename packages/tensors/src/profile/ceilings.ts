import type { Device } from '../device';
import { HairpinError } from '../errors';
import { defaultDevice } from '../open-device';

/** What an adapter can do at most, measured. */
export interface Ceilings {
  /** 10⁹ floating-point operations in a second: multiply-adds in registers, two operations each. */
  readonly gflops: number;
  /** 10⁹ bytes in a second, read and written: a copy between buffers that no cache holds. */
  readonly gigabytesPerSecond: number;
}

/**
 * Measures the ceilings of a device with two small kernels; takes some seconds, and 256 MB where the device binds so much.
 * Raises `HairpinError` on the CPU device, which runs plain JavaScript.
 */
export async function measureCeilings(device: Device = defaultDevice()): Promise<Ceilings> {
  const backend = await device.backend();
  if (!backend.measureCeilings)
    throw new HairpinError(`measureCeilings: expected a WebGPU device, got ${backend.label}`);
  return backend.measureCeilings();
}
