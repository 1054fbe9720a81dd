import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';

const peers = ['webgpu', '@tensorflow/tfjs-core'];

/** What the numbers depend on beside the code: runtime, processor, what else runs on it, versions of the peers. */
export const surroundings = (): Record<string, string> => ({
  node: process.versions.node,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? process.arch}`,
  'load average': loadavg()[0].toFixed(1), // ours included: one benchmark alone comes to about the number of cores
  ...Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
});

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
