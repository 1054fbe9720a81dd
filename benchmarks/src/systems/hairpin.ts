import { type Device, openDevice, setDefaultDevice } from '@hairpin/tensors';
import { provideWebGpu } from './adapter';

let opened: Promise<Device> | undefined;

/** Our WebGPU device, the default one from now on. Rejects where no adapter answers. */
export function hairpinDevice(): Promise<Device> {
  provideWebGpu();
  return (opened ??= openDevice('webgpu').then(makeDefault));
}

function makeDefault(device: Device): Device {
  setDefaultDevice(device);
  return device;
}

/** What our adapter calls itself. */
export const adapterLabel = async (): Promise<string> => (await (await hairpinDevice()).backend()).label;

/** Gives our device back, if it was opened. */
export async function closeHairpin(): Promise<void> {
  const device = await opened?.catch(() => undefined);
  await device?.close();
  opened = undefined;
}
