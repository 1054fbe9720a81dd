import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '@hairpin/tensors/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What a process of training came to: its weights as a hash where it ended by itself, and how long it trained. */
interface Ended {
  readonly weights: string | undefined;
  readonly ms: number;
}

const script = fileURLToPath(new URL('fixtures/interrupted-run.ts', import.meta.url));

/** Trains in a process of its own, killed `killAfter` ms after it began to train. */
function train(folder: string, device: string, way: readonly string[] = [], killAfter?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, HAIRPIN_DEVICE: device };
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, ...way], { env });
    let [out, errors, began] = ['', '', 0];
    child.stdout.on('data', (text) => {
      out += text;
      if (began > 0 || !out.includes('started')) return;
      began = performance.now();
      if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    });
    child.stderr.on('data', (text) => (errors += text));
    child.on('exit', (code, signal) => {
      const weights = /finished (\w+)/.exec(out)?.[1];
      if (signal !== 'SIGKILL' && code !== 0) return reject(new Error(`training ended with ${code}: ${errors}`));
      resolve({ weights, ms: performance.now() - began });
    });
  });
}

/** Batches in all, and those after the last checkpoint that is known to be whole, of the log of a process that was killed. */
function batchesOf(log: string): { all: number; unsaved: number } {
  const lines = log.trim().split('\n');
  const isBatch = (line: string) => line === 'batch';
  return {
    all: lines.filter(isBatch).length,
    unsaved: lines.slice(lines.lastIndexOf('saved') + 1).filter(isBatch).length,
  };
}

/** Kills a run at random moments and inside its checkpoints, and lets it go on: it must end with the weights of one that was let be. */
export function killedRuns(device: string, times: number): void {
  describe(`a run on ${device} that is killed`, () => {
    const folders: string[] = [];
    let whole: Ended & { batches: number };
    const folder = async () => {
      const made = await mkdtemp(join(tmpdir(), 'hairpin-run-'));
      folders.push(made);
      return made;
    };
    const logOf = async (path: string) => readFile(join(path, 'log'), 'utf8').catch(() => '');

    beforeAll(async () => {
      const own = await folder();
      whole = { ...(await train(own, device)), batches: batchesOf(await logOf(own)).all };
      expect(whole.weights).toBeDefined();
      expect((await logOf(own)).match(/saved/g)!.length).toBeGreaterThanOrEqual(5);
    }, 120_000);
    afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

    async function killAndGoOn(way: readonly string[], killAfter?: number): Promise<void> {
      const own = await folder();
      await train(own, device, way, killAfter);
      const { all, unsaved } = batchesOf(await logOf(own));
      const resumed = await train(own, device);
      expect(resumed.weights).toBe(whole.weights);
      const repeated = batchesOf(await logOf(own)).all - whole.batches;
      expect(repeated).toBeLessThanOrEqual(unsaved);
      expect(all).toBeLessThanOrEqual(whole.batches);
    }

    it.each([
      ['half', '4'],
      ['renamed', '6'],
    ])('in a checkpoint (%s, the %sth) goes on to the same weights', async (...way) => killAndGoOn(way));

    it.each(Array.from({ length: times }, (_, i) => i))(
      'at a random moment, %i, goes on to the same weights',
      async (i) => killAndGoOn([], new Rng(i).next() * whole.ms),
    );
  });
}
