import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** `node` and its arguments that run `hairpin` with these. */
export const commandLine = (...args: readonly string[]): string[] => [process.execPath, '--import', tsx, main, ...args];

/** What a process said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; `onStderr` sees what it has said so far and may send it one signal. */
export function run(
  [command, ...args]: readonly string[],
  onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const child = spawn(command, args, { env: { ...process.env, HAIRPIN_DEVICE: 'cpu' } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (!child.killed) onStderr?.(stderr, (signal) => child.kill(signal));
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** Runs `hairpin` with these arguments. */
export const hairpin = (...args: readonly string[]): Promise<Ended> => run(commandLine(...args));

/** A folder of its own, and what writes files into it. */
export function workplace() {
  const path = mkdtempSync(join(tmpdir(), 'hairpin-cli-'));
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    write: (name: string, text: string | Uint8Array) => (writeFileSync(file(name), text), file(name)),
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** FASTA of random sequences with a strong motif in each, on two chromosomes: enough for a net to learn in a second. */
export function fasta({ count = 60, lengthBp = 40, motif = 'TGACTCAGCA', seed = 1 } = {}): string {
  let state = seed;
  const random = (n: number) => (state = (state * 48271) % 2147483647) % n; // Park & Miller 1988
  const records = Array.from({ length: count }, (_, i) => {
    const letters = Array.from({ length: lengthBp }, () => 'ACGT'[random(4)]).join('');
    const at = random(lengthBp - motif.length);
    const sequence = letters.slice(0, at) + motif + letters.slice(at + motif.length);
    return `>chr${1 + (i % 2)}:${1000 * i}-${1000 * i + lengthBp}\n${sequence}\n`;
  });
  return records.join('');
}
