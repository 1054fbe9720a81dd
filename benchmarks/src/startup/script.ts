import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import type { Contender } from '../harness/benchmark';

const folder = fileURLToPath(new URL('../../node_modules/.startup', import.meta.url)); // where packages are found from

/** A script of this folder as what a user would run: JavaScript in one file, and beside it only the binding of WebGPU. */
export async function inOwnProcess(name: string): Promise<Contender> {
  const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const rollupOptions = { output: { entryFileNames: `${name}.mjs` } };
  const options = { ssr: entry, outDir: folder, emptyOutDir: false, target: 'es2022', rollupOptions };
  await build({
    configFile: false,
    logLevel: 'warn',
    build: options,
    ssr: { noExternal: [/^@(hairpin|tensorflow)\//] },
  });
  const turn = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [`${folder}/${name}.mjs`]);
    return [Number(stdout)];
  };
  return { turn, close: () => undefined };
}
