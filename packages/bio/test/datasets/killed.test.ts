import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileServer } from './file-server';
import { noise } from './noise';
import { fileOf, setOf } from './support';

const script = fileURLToPath(new URL('../fixtures/downloading.ts', import.meta.url));
const bytes = noise(2_000_000);
const kills = [10_000, 900_000, 1_500_000];
let server: FileServer;
let folder: string;

beforeEach(async () => {
  server = await FileServer.of({ bytes, etag: '"one"', slowly: true });
  folder = mkdtempSync(join(tmpdir(), 'hairpin-killed-'));
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const sizeOf = (path: string) => (existsSync(path) ? statSync(path).size : 0);

/** A process that downloads, killed as soon as so many bytes are on the disk. Resolves to what it printed. */
function run(killAt: number, part: string): Promise<string> {
  const set = JSON.stringify(setOf([fileOf(bytes, { url: server.url })]));
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, set], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const watch = setInterval(() => sizeOf(part) >= killAt && child.kill('SIGKILL'), 2);
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  return new Promise((resolve) => {
    child.on('close', () => {
      clearInterval(watch);
      resolve(printed.trim());
    });
  });
}

it('a killed process leaves no part under the name, and the next one goes on from its bytes', async () => {
  const [whole, part] = ['', '.part'].map((ending) => join(folder, 'noise', `a.bin${ending}`));
  for (const killAt of kills) {
    expect(await run(killAt, part)).toBe('');
    expect(existsSync(whole)).toBe(false);
    expect(sizeOf(part)).toBeGreaterThanOrEqual(killAt);
  }
  const kept = sizeOf(part);
  expect(await run(Infinity, part)).toBe(whole);
  expect(Buffer.compare(readFileSync(whole), bytes)).toBe(0);
  expect(server.asked.at(-1)!.range).toBe(`bytes=${kept}-`);
  expect(existsSync(part)).toBe(false);
});
