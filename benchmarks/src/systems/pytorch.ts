import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Absent, type Contender } from '../harness/benchmark';

/** Those that may have PyTorch: Debian's package belongs to the system's own, which need not be first in the path. */
const interpreters = ['python3', '/usr/bin/python3'];
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

let found: string | undefined;

/** An interpreter that has PyTorch. */
function python(): string {
  const hasTorch = (path: string) => spawnSync(path, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
  found ??= interpreters.find(hasTorch);
  if (found === undefined) throw new Absent('not present');
  return found;
}

/** What a script is told. */
export interface Told {
  readonly threads: 'one' | 'all';
  /** In the first line, as JSON. */
  readonly head: object;
  /** After it, as bytes. */
  readonly numbers: readonly Float32Array[];
}

/**
 * A script that uses PyTorch, in a process of its own. It answers with its version first. Turns are asked for and answered
 * in lines; that takes about a tenth of a millisecond.
 */
export async function pytorch(script: string, { threads, head, numbers }: Told): Promise<Contender> {
  const env = { ...process.env, ...(threads === 'one' && oneThread) };
  const child = spawn(python(), [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // the missing answer says it
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Absent('PyTorch ended');
    return value;
  };
  child.stdin.write(`${JSON.stringify(head)}\n`);
  for (const { buffer, byteOffset, byteLength } of numbers)
    child.stdin.write(new Uint8Array(buffer, byteOffset, byteLength));
  const version = await answer();
  const turn = async () => {
    child.stdin.write('step\n');
    return [Number(await answer())];
  };
  return { turn, close: () => void child.kill(), note: `pytorch is PyTorch ${version}.` };
}
