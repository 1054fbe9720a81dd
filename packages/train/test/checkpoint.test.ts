import { parameter, parameters, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { loadCheckpoint, saveCheckpoint, snapshot } from '../src/index';
import { survivesDamage } from './fuzz';
import { problem } from './problem';

describe('checkpoints', () => {
  it('bring weights, moments, counter and texts back', async () => {
    const [from, to] = [await problem(), await problem({ seed: 2 })];
    for (const { batch } of from.loader.epoch(1)) await from.step.run(batch, 0.1);
    const bytes = await saveCheckpoint(parameters(from.step), { card: 'a line' });
    expect(loadCheckpoint(parameters(to.step), bytes)).toEqual({ card: 'a line' });
    expect(await snapshot(parameters(to.step))).toEqual(await snapshot(parameters(from.step)));
    expect(Object.keys(parameters(to.step))).toContain('optimizer.mean.w');
  });

  it('go on where they were', async () => {
    const [from, to] = [await problem(), await problem({ seed: 1 })];
    const batches = [...from.loader.epoch(1)].map(({ batch }) => batch);
    for (const batch of batches.slice(0, 3)) await from.step.run(batch, 0.1);
    loadCheckpoint(parameters(to.step), await saveCheckpoint(parameters(from.step)));
    for (const batch of batches.slice(3)) for (const { step } of [from, to]) await step.run(batch, 0.1);
    expect(await snapshot(to.weights)).toEqual(await snapshot(from.weights));
  });

  it.each([
    ['a tensor that is missing', { a: [1, 2] }, 'restore: expected "b" as f32 [1], got no such tensor'],
    ['another shape', { a: [1, 2], b: [1, 2] }, 'restore: expected "b" as f32 [1], got f32 [2]'],
    ['a tensor too many', { a: [1, 2], b: [1], c: [1] }, 'restore: expected only parameters of this model, got "c"'],
  ])('name %s, and change nothing', async (_, stored, message) => {
    const cells = { a: parameter(tensor([7, 8])), b: parameter(tensor([9])) };
    const other = Object.fromEntries(Object.entries(stored).map(([name, values]) => [name, parameter(tensor(values))]));
    const bytes = await saveCheckpoint(other);
    expect(() => loadCheckpoint(cells, bytes)).toThrow(message);
    expect(Array.from(await cells.a.data())).toEqual([7, 8]);
  });

  it('refuse a torn file', async () => {
    const cells = { a: parameter(tensor([7, 8])) };
    const bytes = await saveCheckpoint(cells);
    expect(() => loadCheckpoint(cells, bytes.subarray(0, bytes.length - 3), 'model.safetensors')).toThrow(
      'model.safetensors',
    );
  });

  it('of 1 000 damaged files never load in part', () => survivesDamage(1000));
});
