import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runInDeno } from './run-in-deno';

const page = fileURLToPath(new URL('page.ts', import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

it("loops agree with the CPU in a second WebGPU, Deno's", { timeout: 600_000 }, async ({ skip }) => {
  const run = await runInDeno(page, { timeoutMs: 580_000 });
  if ('missing' in run) {
    if (isDemanded) throw new Error(run.missing);
    return skip(run.missing);
  }
  expect(run.outcome.failed).toEqual([]);
  expect(run.outcome.passed).toBeGreaterThan(0);
});
