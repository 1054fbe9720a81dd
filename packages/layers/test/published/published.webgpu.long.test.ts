import { describe, it } from 'vitest';
import { hasData } from '../data';
import { gpu, onWebGpu } from '../webgpu';
import { checkCanya } from './canya-scores';
import { checkNetwork, networkNames } from './localisation';

describe.skipIf(!gpu || !hasData)('published networks on WebGPU', () => {
  onWebGpu();

  it.each(networkNames)('protein localisation: %s', (name) => checkNetwork(name));
  it.each([1, 10])('CANYA: network %i', (network) => checkCanya(network));
});
