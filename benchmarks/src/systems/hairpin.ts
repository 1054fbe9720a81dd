import { type Device, openDevice, setDefaultDevice } from '@hairpin/tensors';
import { provideWebGpu } from './adapter';

let opened: Promise<Device> | undefined;
let portable: Promise<Device> | undefined;

/** Our WebGPU device, the default one from now on. Rejects where no adapter answers. */
export function hairpinDevice(): Promise<Device> {
  provideWebGpu();
  return (opened ??= openDevice('webgpu').then(makeDefault));
}

/** A device with what WebGPU grants everywhere: default limits and no features, so no subgroups. Never the default one. */
export async function portableDevice(): Promise<Device> {
  await hairpinDevice();
  return (portable ??= openDevice('webgpu', { limits: 'default' }));
}

function makeDefault(device: Device): Device {
  setDefaultDevice(device);
  return device;
}

/** What our adapter calls itself. */
export const adapterLabel = async (): Promise<string> => (await (await hairpinDevice()).backend()).label;

/** Gives our devices back, if they were opened. */
export async function closeHairpin(): Promise<void> {
  const devices = await Promise.all([opened, portable].map((device) => device?.catch(() => undefined)));
  for (const device of devices) await device?.close();
  opened = portable = undefined;
}
