import { type Device, DeviceUnavailableError, openDevice } from '@hairpin/tensors';
import type { DeviceWish } from '../protocol';

/** Opens the device that was wished for, and says which it is. @throws DeviceUnavailableError where WebGPU was and is not here */
export async function openFor(wish: DeviceWish): Promise<{ device: Device; says: string }> {
  if (wish === 'cpu') return { device: await openDevice('cpu'), says: 'Runs on the CPU, as you asked.' };
  try {
    const device = await openDevice('webgpu');
    return { device, says: `Runs on ${(await device.backend()).label}.` };
  } catch (error) {
    if (!(error instanceof DeviceUnavailableError)) throw error;
    if (wish === 'webgpu') throw new DeviceUnavailableError('This browser gives no WebGPU here. Choose the CPU.');
    const says = 'Runs on the CPU, many times slower: this browser gives no WebGPU here.';
    return { device: await openDevice('cpu'), says };
  }
}
