import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parameter, Tensor } from '../src/index';
import { compile, conv1d, max, parameter, Rng, tensor, normal, valueAndGrad } from '../src/index';
import { countingDevice } from '../src/testing/counting-device';

const counting = await countingDevice();
if (!counting && process.env.HAIRPIN_REQUIRE_WEBGPU === '1')
  throw new Error('HAIRPIN_REQUIRE_WEBGPU=1 and no adapter answers');

/** A convolution, a maximum over positions, a dense head, and Adam: every kind of kernel in one step. */
function makeStep(filters: number) {
  const { device } = counting!;
  const rng = new Rng(7);
  const weights = {
    conv: parameter(normal(rng, [filters, 4, 5], 0, 0.3, { device })),
    head: parameter(normal(rng, [filters, 1], 0, 0.3, { device })),
  };
  const state = (p: Parameter) =>
    parameter(tensor(new Float32Array(p.shape.reduce((a, b) => a * b)), { shape: p.shape, device }));
  const moments = { conv: state(weights.conv), head: state(weights.head) };
  const step = compile((x: Tensor, y: Tensor, rate: number) => {
    const loss = (w: typeof weights) =>
      max(conv1d(x, w.conv).relu(), 1).matmul(w.head).reshape([-1]).sub(y).square().mean();
    const { value, grad } = valueAndGrad(loss)(weights);
    for (const name of ['conv', 'head'] as const) {
      const moment = moments[name].read().mul(0.9).add(grad[name].mul(0.1));
      moments[name].assign(moment);
      weights[name].assign(weights[name].read().sub(moment.mul(rate)));
    }
    return value;
  });
  const bytes = [...Object.values(weights), ...Object.values(moments)].reduce(
    (total, p) => total + 4 * p.shape.reduce((a, b) => a * b),
    0,
  );
  return { step, bytes };
}

function batch(length: number) {
  const { device } = counting!;
  const isOdd = (i: number) => Math.floor(i / (4 * length)) % 2;
  const x = Float32Array.from({ length: 8 * length * 4 }, (_, i) => Math.sin(i * (1.7 + isOdd(i))));
  return [tensor(x, { shape: [8, length, 4], device }), tensor([1, 0, 1, 0, 1, 0, 1, 0], { device })] as const;
}

async function train(step: ReturnType<typeof makeStep>['step'], length: number, steps: number): Promise<number> {
  let last = NaN;
  for (let i = 0; i < steps; i++) {
    using loss = await step(...batch(length), 0.01);
    if (i === steps - 1) last = await loss.item();
  }
  return last;
}

describe.skipIf(!counting)('a compiled training step in steady state', () => {
  let trained: ReturnType<typeof makeStep>;
  beforeAll(async () => {
    trained = makeStep(8);
    await train(trained.step, 50, 5);
  }, 120_000);
  afterAll(() => counting!.device.close());

  it('makes one submit, one pass, and no buffer, pipeline or bind group', async () => {
    const before = { ...counting!.counts };
    await train(trained.step, 50, 1); // its last step also reads the loss: one more submit
    const after = counting!.counts;
    expect(after.submits - before.submits).toBe(2);
    expect(after.passes - before.passes).toBe(1);
    expect(after.buffers - before.buffers).toBe(0);
    expect(after.bindGroups - before.bindGroups).toBe(0);
    expect(after.pipelines - before.pipelines).toBe(0);
  });

  it('keeps resident memory constant over 2 000 steps', async () => {
    const before = counting!.backend.residentBytes;
    const loss = await train(trained.step, 50, 2000);
    expect(counting!.backend.residentBytes).toBe(before);
    expect(loss).toBeLessThan(0.2); // it trained meanwhile
  }, 120_000);

  it('with three models and eight lengths holds the largest plan, parameters and optimiser state', async () => {
    const { arena, pool } = counting!.backend;
    const models = [8, 12, 16].map(makeStep);
    const lengths = [20, 40, 60, 80, 100, 120, 140, 160];
    const alone = await largestPlan(models[2]!, 160);
    for (const model of models) for (const length of lengths) await train(model.step, length, 1);
    expect(arena.resident).toBe(alone);
    const parameters = models.reduce((total, model) => total + model.bytes, trained.bytes);
    const pages = 2 * 65_536; // small tensors share pages
    expect(pool.resident).toBeLessThan(2 * parameters + pages);
  }, 240_000);

  async function largestPlan(model: ReturnType<typeof makeStep>, length: number): Promise<number> {
    await train(model.step, length, 1);
    return counting!.backend.arena.resident;
  }
});
