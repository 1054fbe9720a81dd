import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profile, tensor } from '../src/index';
import { countingDevice } from '../src/testing/counting-device';
import { makeStep, train, type Trained } from './training-step';

const counting = await countingDevice();
if (!counting && process.env.HAIRPIN_REQUIRE_WEBGPU === '1')
  throw new Error('HAIRPIN_REQUIRE_WEBGPU=1 and no adapter answers');

describe.skipIf(!counting)('a compiled training step in steady state', () => {
  let trained: Trained;
  beforeAll(async () => {
    trained = makeStep(counting!.device, 8);
    await train(trained, 50, 5);
  }, 120_000);
  afterAll(() => counting!.device.close());

  it('makes one submit, one pass, and no buffer, pipeline or bind group', async () => {
    const before = { ...counting!.counts };
    await train(trained, 50, 1); // its last step also reads the loss: one more submit
    const after = counting!.counts;
    expect(after.submits - before.submits).toBe(2);
    expect(after.passes - before.passes).toBe(1);
    expect(after.buffers - before.buffers).toBe(0);
    expect(after.bindGroups - before.bindGroups).toBe(0);
    expect(after.pipelines - before.pipelines).toBe(0);
  });

  it('is as it was after it was profiled', async () => {
    const [x, y] = [tensor(new Float32Array(1600), { shape: [8, 50, 4] }), tensor(new Float32Array(8))];
    await profile(() => trained.step(x, y, 0), { repeats: 1 });
    const before = { ...counting!.counts };
    await train(trained, 50, 1);
    const { submits, passes, buffers, bindGroups } = counting!.counts;
    expect([submits - before.submits, passes - before.passes]).toEqual([2, 1]);
    expect([buffers - before.buffers, bindGroups - before.bindGroups]).toEqual([0, 0]);
  });

  it('keeps resident memory constant over 2 000 steps', async () => {
    const before = counting!.backend.residentBytes;
    const loss = await train(trained, 50, 2000);
    expect(counting!.backend.residentBytes).toBe(before);
    expect(loss).toBeLessThan(0.2); // it trained meanwhile
  }, 120_000);

  it('with three models and eight lengths holds the largest plan, parameters and optimiser state', async () => {
    const { arena, pool } = counting!.backend;
    const models = [8, 12, 16].map((filters) => makeStep(counting!.device, filters));
    const lengths = [20, 40, 60, 80, 100, 120, 140, 160];
    const alone = await largestPlan(models[2]!, 160);
    for (const model of models) for (const length of lengths) await train(model, length, 1);
    expect(arena.resident).toBe(alone);
    const parameters = models.reduce((total, model) => total + model.bytes, trained.bytes);
    const pages = 2 * 65_536; // small tensors share pages
    expect(pool.resident).toBeLessThan(2 * parameters + pages);
  }, 240_000);

  async function largestPlan(model: Trained, length: number): Promise<number> {
    await train(model, length, 1);
    return counting!.backend.arena.resident;
  }
});
