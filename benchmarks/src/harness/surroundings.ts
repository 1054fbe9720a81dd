import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const peers = ['webgpu', '@tensorflow/tfjs-core', '@jax-js/jax', 'onnxruntime-node', 'onnxruntime-web'];

/** What the numbers depend on beside the code: runtime, processor, what else runs on it, versions of the peers. */
export const surroundings = (): Record<string, string> => ({
  node: process.versions.node,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? process.arch}`,
  'load average': loadavg()[0].toFixed(1), // ours included: one benchmark alone comes to about the number of cores
  ...Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
});

const { resolve } = createRequire(import.meta.url);

/** From the folder of the package: not every one exports its package.json. */
function versionOf(name: string): string {
  const [folder] = resolve
    .paths(name)!
    .map((path) => join(path, name))
    .filter(existsSync);
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
