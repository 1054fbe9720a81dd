import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { judge } from './harness/judge';
import type { Result } from './harness/result';
import { median } from './harness/statistics';
import type { Survey, Surveyed } from './harness/survey';
import { asTable } from './harness/table';

const work = "the hybrid's training step";

/** How long does it take until a training step runs? */
export const compile: Survey = {
  name: 'compile',
  question: `How long does it take to compile ${work}: to trace and plan it, to make its pipelines, and whatever the driver does at the first dispatch?`,
  notes: [
    'The first call of the step less the median of the five after it, in a process of its own. Mesa compiles a shader when it is first dispatched, and keeps what came of it on disk: `MESA_SHADER_CACHE_DISABLE` turns that off, and the second process finds what the first has left in an empty folder.',
    'The second call in the process is that of another net of the same sizes.',
  ],
  survey,
};

async function survey(): Promise<Surveyed> {
  const cache = await mkdtemp(join(tmpdir(), 'hairpin-shaders-'));
  try {
    const [without] = await compileTimes({ MESA_SHADER_CACHE_DISABLE: 'true' });
    await compileTimes({ MESA_SHADER_CACHE_DIR: cache });
    const [warm, second] = await compileTimes({ MESA_SHADER_CACHE_DIR: cache });
    const results = [
      asResult('without a shader cache', without),
      asResult('with a warm shader cache', warm),
      asResult('the second call in the process', second),
    ];
    const judged = [15_000, 3000, 300].map((atMost, i) =>
      judge({ of: 'hairpin', atMost }, results[i].case, [results[i]]),
    );
    return { text: asTable({ results, missing: [] }), results, missing: [], judged, notes: [] };
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** What is compiled, of the first net and of the second. */
async function compileTimes(env: Record<string, string>): Promise<number[]> {
  const child = fileURLToPath(new URL('compile/child.ts', import.meta.url));
  const args = ['--import', import.meta.resolve('tsx'), child];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  const calls = JSON.parse(stdout) as number[][];
  return calls.map(([first, ...rest]) => first - median(rest));
}

const asResult = (name: string, ms: number): Result => ({
  ...{ case: name, system: 'hairpin', median: ms, unit: 'ms', ratio: 1, quartiles: [ms, ms] },
});
