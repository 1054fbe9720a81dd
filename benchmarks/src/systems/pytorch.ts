import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Absent, type Contender } from '../harness/benchmark';
import { learningRate, sequences, type SequenceSize } from '../sequence-step';

/** Those that may have PyTorch: Debian's package belongs to the system's own, which need not be first in the path. */
const interpreters = ['python3', '/usr/bin/python3'];
const script = fileURLToPath(new URL('lstm.py', import.meta.url));
const oneThread = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

let found: string | undefined;

/** An interpreter that has PyTorch. */
function python(): string {
  const hasTorch = (path: string) => spawnSync(path, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
  found ??= interpreters.find(hasTorch);
  if (found === undefined) throw new Absent('not present');
  return found;
}

/**
 * An LSTM of PyTorch in a process of its own, on one thread of the processor. Turns are asked for and answered in lines;
 * that takes about a tenth of a millisecond.
 * @param weights `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`
 */
export async function pytorchLstm(size: SequenceSize, weights: readonly Float32Array[]): Promise<Contender> {
  const child = spawn(python(), [script], { env: oneThread, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // the missing answer says it
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Absent('PyTorch ended');
    return value;
  };
  const { x, target } = sequences(size);
  child.stdin.write(`${JSON.stringify({ ...size, learningRate })}\n`);
  for (const { buffer } of [x, target, ...weights]) child.stdin.write(new Uint8Array(buffer));
  const version = await answer();
  const turn = async () => {
    child.stdin.write('step\n');
    return [Number(await answer())];
  };
  return { turn, close: () => void child.kill(), note: `pytorch is PyTorch ${version}.` };
}
