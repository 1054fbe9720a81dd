import type { ExperimentEvent } from '@hairpin/experiments';
import { collectFasta } from '@hairpin/bio';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../src/page/command';
import type { RunRequest, WorkerMessage } from '../src/protocol';
import { answer } from '../src/worker/answer';
import { pickedFiles } from '../src/worker/files';
import { sparsely } from '../src/worker/sparsely';

describe('the worker', () => {
  const request: RunRequest = {
    ...{ experiment: 'adding-problem', settings: { size: 'quick' }, device: 'cpu', files: new Map(), facts: {} },
  };
  const answerTo = async (changed: Partial<RunRequest>) => {
    const messages: WorkerMessage[] = [];
    await answer({ ...request, ...changed }, (message) => messages.push(message));
    return messages;
  };

  it('says why there is no result, last', async () => {
    const wrong = await answerTo({ settings: { options: { length: 1 } } });
    expect(wrong).toEqual([
      { kind: 'device', says: 'Runs on the CPU, as you asked.' },
      { kind: 'failed', message: 'length: expected a whole number from 10 to 5000, got 1' },
    ]);
    expect((await answerTo({ experiment: 'adding' })).at(-1)).toMatchObject({ kind: 'failed' });
  });

  it('opens the files that were picked, and says which there are', async () => {
    const open = pickedFiles(new Map([['a.fa', new Blob(['>a\nACGT\n'])]]));
    expect(await collectFasta(await open('a.fa'))).toEqual([{ id: 'a', description: '', sequence: 'ACGT' }]);
    await expect(open('b.fa')).rejects.toThrow('b.fa: there is no file of this name here; there are a.fa');
    await expect(pickedFiles(new Map())('b.fa')).rejects.toThrow('no file was picked');
  });

  it('tells of few steps in quick succession, but always of the last, and of everything else', () => {
    const told: ExperimentEvent[] = [];
    let time = 0;
    const tell = sparsely(
      (event) => told.push(event),
      () => time,
    );
    const step = (done: number): ExperimentEvent => ({ kind: 'steps', done, total: 5 });
    const note: ExperimentEvent = { kind: 'note', text: 'simulated' };
    for (const event of [step(1), step(2), note, step(3), step(4), step(5)]) {
      tell(event);
      time += 15;
    }
    expect(told).toEqual([step(1), note, step(3), step(5)]);
  });
});

it('a run has a command line that does the same', () => {
  const settings = { size: 'quick', seed: 2, options: { length: 12, peaks: "my peaks'.bed" } } as const;
  expect(commandOf('adding-problem', settings)).toBe(
    `hairpin run adding-problem --size quick --seed 2 --set length=12 --set 'peaks=my peaks'\\''.bed'`,
  );
  expect(commandOf('adding-problem', { size: 'full', seed: 1 }, 'cpu')).toMatch(/--device cpu$/);
});
