import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../../../scripts/browser/bundle.mjs';
import { type Outcome, outcomeKey } from '../../../../scripts/browser/page';

/** What came of a run: the outcome of its cases, or why there was none. */
export type DenoRun = { readonly outcome: Outcome } | { readonly missing: string };

/** The last line that a run prints is what its page published, or what stood in its way. */
const main = `import './entry.js';
const told = await globalThis.${outcomeKey}.then(
  (outcome) => ({ outcome }),
  ({ name, message }) => ({ error: { name, message } }),
);
console.log(JSON.stringify(told));
Deno.exit();
`;

/** Nothing but the GPU and what says which device to open. */
const flags = ['run', '--no-prompt', '--no-config', '--no-remote', '--unstable-webgpu', '--allow-env'];

/** Bundles `entry` (a file that calls `publish`), runs it in Deno and returns what its cases came to. */
export async function runInDeno(entry: string, { timeoutMs }: { timeoutMs: number }): Promise<DenoRun> {
  const deno = findDeno();
  if (!deno) return { missing: `no Deno for ${process.platform} ${process.arch} among the installed packages` };
  const folder = await mkdtemp(join(tmpdir(), 'hairpin-deno-'));
  try {
    const files = [...(await bundle(entry)), ['main.js', main] as const];
    await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
    const run = promisify(execFile)(deno, [...flags, 'main.js'], { cwd: folder, timeout: timeoutMs });
    const { stdout } = await run;
    const { outcome, error } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    if (error && error.name !== 'DeviceUnavailableError') throw new Error(`in Deno: ${error.name}: ${error.message}`);
    return error ? { missing: error.message } : { outcome };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The binary that the package `deno` brings, for the systems that it knows. */
function findDeno(): string | undefined {
  try {
    const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as { runInstall: () => string };
    return runInstall();
  } catch {
    return undefined;
  }
}
