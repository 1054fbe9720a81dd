import type { Backend } from '../device';
import { DeviceUnavailableError } from '../errors';
export interface WebGpuOptions { readonly limits?: 'default' | 'adapter'; }
export async function openWebGpu(_options: WebGpuOptions): Promise<Backend> { throw new DeviceUnavailableError('not yet'); }
