import { type Device, type DeviceKind, openDevice, setDefaultDevice } from '@hairpin/tensors';

/** Opens a device, makes it the default one, and closes it when the work is done or has failed. */
export async function withDevice<T>(kind: DeviceKind | undefined, work: (device: Device) => Promise<T>): Promise<T> {
  const device = await openDevice(kind);
  try {
    setDefaultDevice(device);
    return await work(device);
  } finally {
    setDefaultDevice(undefined);
    await device.close();
  }
}
