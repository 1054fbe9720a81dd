import { Rng } from '@hairpin/tensors/random';
import { parameters } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { type CheckpointStore, fit, memoryStore, snapshot } from '../src/index';
import { readRunState, writeRunState } from '../src/checkpoint/run-state';
import { problem } from './problem';

/** A store that remembers all that it was given. */
function recording(): CheckpointStore & { saved: Uint8Array[] } {
  const saved: Uint8Array[] = [];
  return { name: 'memory', saved, save: async (bytes) => void saved.push(bytes), load: async () => saved.at(-1) };
}

const run = { epochs: 4, learningRate: 0.1, readEvery: 2 };

describe('a run with checkpoints', () => {
  it('that was stopped goes on to the weights, the history and the counts of one that was not', async () => {
    const losses = [3, 2, 2.5, 1];
    const trained = async (stopAt?: number) => {
      const { step, loader } = await problem();
      const stop = new AbortController();
      const store = memoryStore();
      let seen = 0;
      let measured = 0;
      const options = {
        ...{ ...run, step, loader, checkpoint: { store } },
        validate: async () => losses[measured++],
        onProgress: () => void (++seen === stopAt && stop.abort()),
      };
      const first = await fit({ ...options, signal: stop.signal });
      const fresh = await problem({ seed: stopAt ? 2 : 1 }); // other weights, which the checkpoint replaces
      const second = stopAt ? await fit({ ...options, step: fresh.step }) : first;
      const result = { ...second, batches: first.batches + (stopAt ? second.batches : 0) };
      return { result, state: await snapshot(parameters(stopAt ? fresh.step : step)) };
    };
    const whole = await trained();
    for (const stopAt of [1, 6, 11]) {
      const cut = await trained(stopAt);
      expect(cut.state).toEqual(whole.state);
      expect(cut.result.batches).toBe(whole.result.batches);
      expect(cut.result.bestEpoch).toBe(4);
      const plain = (list: typeof cut.result.history) =>
        list.map(({ epoch, train, validation }) => [epoch, train, validation]);
      expect(plain(cut.result.history)).toEqual(plain(whole.result.history));
    }
  });

  it('saves every so many batches and after each epoch, and not more', async () => {
    const { step, loader } = await problem(); // 7 batches in an epoch
    const store = recording();
    await fit({ ...run, epochs: 2, step, loader, checkpoint: { store, every: 3 } });
    expect(store.saved).toHaveLength(6); // batches 3, 6, 7, and again
  });

  it('that is over is not trained again', async () => {
    const { step, loader } = await problem();
    const checkpoint = { store: memoryStore() };
    await fit({ ...run, step, loader, checkpoint });
    const before = await snapshot(parameters(step));
    expect(await fit({ ...run, step, loader, checkpoint })).toMatchObject({
      batches: 0,
      stopped: 'finished',
      bestEpoch: 4,
    });
    expect(await snapshot(parameters(step))).toEqual(before);
  });

  it('can begin anew', async () => {
    const { step, loader } = await problem();
    const store = memoryStore();
    await fit({ ...run, step, loader, checkpoint: { store } });
    expect((await fit({ ...run, step, loader, checkpoint: { store, resume: false } })).batches).toBe(28);
  });

  it('writes the model card beside the weights', async () => {
    const { step, loader } = await problem();
    const store = recording();
    await fit({ ...run, epochs: 1, step, loader, checkpoint: { store, card: { what: 'a line in the plane' } } });
    expect(new TextDecoder().decode(store.saved[0])).toContain('a line in the plane');
  });

  it('of another model is refused, and nothing is changed', async () => {
    const { step, loader } = await problem();
    const store = recording();
    await fit({ ...run, step, loader, checkpoint: { store } });
    const torn = { ...store, name: 'run.safetensors', load: async () => store.saved[0].subarray(0, 200) };
    const before = await snapshot(parameters(step));
    await expect(fit({ ...run, step, loader, checkpoint: { store: torn } })).rejects.toThrow('run.safetensors');
    expect(await snapshot(parameters(step))).toEqual(before);
  });
});

describe('the state of a run', () => {
  const state = {
    ...{ epoch: 2, step: 3, lossSum: 0.1 + 0.2, examples: 48, seconds: 1.5 },
    history: [{ epoch: 1, train: Infinity, seconds: 1 }],
    best: { epoch: 1, value: NaN },
    generators: { dropout: new Rng(1).state },
    tuning: { adapter: 'cpu', rows: {} },
  };

  it('survives as text, to the bit', () => {
    expect(readRunState(writeRunState(state), 'file')).toMatchObject(state);
  });

  it.each([
    ['no state', undefined, 'a file without the state of one'],
    ['no JSON', '{', 'a state that is not JSON'],
    ['another format', '{"format":"other"}', 'a state in the format "other"'],
    ['a negative step', writeRunState({ ...state, step: -1 }), 'a state whose step is -1'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readRunState(text, 'run.safetensors')).toThrow(
      `run.safetensors: expected the checkpoint of a training run, got ${message}`,
    );
  });
});
