import { afterAll, describe, expect, it } from 'vitest';
import {
  type ChromeTrace,
  compile,
  conv1d,
  type Device,
  explain,
  matmul,
  measureCeilings,
  normal,
  type Profile,
  profile,
  Rng,
  tensor,
} from '../src/index';
import { closeDevices, devices } from '../src/testing/index';
import { emptyOf } from '../src/webgpu/record';
import { makeStep } from './training-step';

const all = await devices();
const cpu = all[0].device!;
const gpu = all[1].device;
afterAll(() => closeDevices(all));

const random = (device: Device, ...shape: number[]) => normal(new Rng(1), shape, 0, 1, { device });
const total = (parts: readonly { readonly ms: number }[]) => parts.reduce((sum, { ms }) => sum + ms, 0);

/** A training step and what it is called with. */
function training(device: Device) {
  const { step } = makeStep(device, 8);
  const x = Float32Array.from({ length: 8 * 50 * 4 }, (_, i) => Math.sin(i));
  const y = [1, 0, 1, 0, 1, 0, 1, 0];
  return () => step(tensor(x, { shape: [8, 50, 4], device }), tensor(y, { device }), 0.01);
}

describe.each(all)('profile on $name', ({ name, device }) => {
  const timing = { cpu: 'each op', webgpu: 'timestamps', 'webgpu at default limits': 'separate submits' }[name];

  it.skipIf(!device)('counts 2·m·n·k for a product, and its operands and result once', async () => {
    const [a, b] = [random(device!, 24, 40), random(device!, 40, 16)];
    await Promise.all([a.data(), b.data()]);
    const { dispatches, kernels, ...found } = await profile(() => matmul(a, b), { repeats: 2 });
    expect(found).toMatchObject({ timing, repeats: 2, calls: 5 });
    expect(dispatches).toHaveLength(1);
    expect(dispatches[0]).toMatchObject({ name: 'contract', flop: 2 * 24 * 40 * 16, share: 1 });
    expect(dispatches[0].bytes).toBe(4 * (24 * 40 + 40 * 16 + 24 * 16));
    expect(kernels[0].dispatches).toBe(1);
  });

  it.skipIf(!device)('computes what the function computes by itself', async () => {
    const [watched, alone] = [training(device!), training(device!)];
    for (let i = 0; i < 5; i++) await alone();
    const { calls } = await profile(watched, { repeats: 2 });
    expect(calls).toBe(5);
    expect(await (await watched()).data()).toEqual(await (await alone()).data());
  });

  it.skipIf(!device)('finds no part outside its whole', async () => {
    const { step, dispatches, kernels } = await profile(training(device!), { repeats: 1 });
    expect(step.encodeMs + step.submitMs + step.waitMs).toBeLessThanOrEqual(step.ms);
    expect(step.partsMs).toBeLessThanOrEqual(step.watchedMs);
    expect(total(dispatches)).toBeCloseTo(step.partsMs, 6);
    expect(total(kernels)).toBeCloseTo(step.partsMs, 6);
    expect(kernels.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(kernels.reduce((sum, kernel) => sum + kernel.dispatches, 0)).toBe(dispatches.length);
    expect(kernels.map(({ ms }) => ms)).toEqual(kernels.map(({ ms }) => ms).toSorted((a, b) => b - a));
  });

  it.skipIf(!device)('writes a trace of spans that hold each other or lie apart', async () => {
    const found = await profile(training(device!), { repeats: 1 });
    const { traceEvents } = JSON.parse(JSON.stringify(found.toChromeTrace())) as ChromeTrace;
    const device_ = traceEvents.filter(({ cat }) => cat === 'device');
    expect(device_.map((event) => event.name)).toEqual(found.dispatches.map((dispatch) => dispatch.name));
    expect(traceEvents.flatMap(flawsOf)).toEqual([]);
    expect(overlaps(traceEvents)).toEqual([]);
  });
});

/** What Chrome's trace-event format asks of an event and this one lacks. */
function flawsOf(event: ChromeTrace['traceEvents'][number]): string[] {
  const { name, ph, pid, tid, ts, dur, args } = event;
  const isSpan = ph === 'X' && Number.isFinite(dur) && dur! >= 0;
  const isName = ph === 'M' && ['process_name', 'thread_name'].includes(name) && typeof args?.name === 'string';
  return [
    ...(typeof name === 'string' && name !== '' ? [] : ['name']),
    ...(isSpan || isName ? [] : [`${name}: phase ${ph}`]),
    ...([pid, tid].every(Number.isInteger) ? [] : [`${name}: process and thread`]),
    ...(Number.isFinite(ts) && ts >= 0 ? [] : [`${name}: time`]),
  ];
}

/** Spans of one row that overlap without one being inside the other: a viewer cannot draw them. */
function overlaps(events: ChromeTrace['traceEvents']): string[] {
  const spans = events.filter(({ ph }) => ph === 'X');
  const [slack, found]: [number, string[]] = [0.01, []]; // microseconds: sums of floats
  for (const a of spans)
    for (const b of spans) {
      const isCut = a.ts < b.ts - slack && b.ts < a.ts + a.dur! - slack && a.ts + a.dur! < b.ts + b.dur! - slack;
      if (a.pid === b.pid && a.tid === b.tid && isCut) found.push(`${a.name} and ${b.name}`);
    }
  return found;
}

describe.skipIf(!gpu)('profile on WebGPU', () => {
  it('names the dispatches that explain names', async () => {
    const x = random(gpu!, 4, 32, 8);
    await x.data();
    const step = () =>
      conv1d(x, random(gpu!, 16, 8, 5))
        .relu()
        .sum();
    const expected = (await explain(step())).dispatches.map(({ name, workgroups }) => ({ name, workgroups }));
    const { dispatches } = await profile(step, { repeats: 1 });
    expect(dispatches.map(({ name, workgroups }) => ({ name, workgroups }))).toEqual(expected);
    expect(dispatches.find(({ name }) => name.startsWith('contract'))!.flop).toBe(2 * 4 * 28 * 16 * 8 * 5); // relu melts into the sum
  });

  it('counts what is fused element by element, and the n − 1 additions of a sum', async () => {
    const x = random(gpu!, 10, 10);
    await x.data();
    const chain = await profile(() => x.mul(2).add(1), { repeats: 1 });
    expect(chain.dispatches).toMatchObject([{ name: 'add', flop: 200, bytes: 800 }]);
    const sum = await profile(() => x.square().sum(1), { repeats: 1 });
    expect(sum.dispatches).toMatchObject([{ flop: 100 + 10 * 9, bytes: 4 * 110 }]);
  });

  it('says how near a kernel comes to the ceiling that it would reach first', async () => {
    const [a, b] = [random(gpu!, 64, 64), random(gpu!, 64, 64)];
    await Promise.all([a.data(), b.data()]);
    const ceilings = { gflops: 50, gigabytesPerSecond: 1e6 };
    const { kernels } = await profile(() => matmul(a, b), { ceilings });
    const [{ gflops, ofCeiling }] = kernels;
    expect(ofCeiling).toEqual({ share: gflops! / 50, of: 'flop' });
  });

  it('tells the first call, which compiles, from those after it', async () => {
    const x = random(gpu!, 7, 3);
    const step = compile((factor: number) => x.mul(factor).cos().sin().square().neg().exp());
    const first = await profile(() => step(2), { repeats: 1 });
    const second = await profile(() => step(3), { repeats: 1 });
    expect(first.first.pipelines).toBeGreaterThan(0);
    expect(first.first.compileMs).toBeGreaterThan(0);
    expect(first.first.compileMs).toBeLessThan(first.first.ms);
    expect(second.first).toMatchObject({ pipelines: 0, compileMs: 0 });
  });

  it('prints a page that names every kernel', async () => {
    const found: Profile = await profile(training(gpu!), { repeats: 1 });
    const page = String(found);
    for (const { name } of found.kernels.slice(0, 24)) expect(page).toContain(name);
    expect(page).toContain(`${found.dispatches.length} dispatches take`);
  });

  it('measures ceilings that a product stays below', async () => {
    const ceilings = await measureCeilings(gpu!);
    const [a, b] = [random(gpu!, 128, 128), random(gpu!, 128, 128)];
    await Promise.all([a.data(), b.data()]);
    const { kernels } = await profile(() => matmul(a, b), { ceilings });
    expect(kernels[0].ofCeiling!.share).toBeGreaterThan(0);
    expect(kernels[0].ofCeiling!.share).toBeLessThan(1.5); // a busy machine measures now the one, now the other
  }, 60_000);
});

describe('emptyOf', () => {
  it('leaves every dispatch some time, also where the empty submissions were held up', () => {
    const times = (...ms: number[]) => ms.map((time) => ({ ms: time }));
    expect(emptyOf(times(0.2, 0.1), times(5, 0.8))).toBe(0.1);
    expect(emptyOf(times(40, 30), times(5, 0.8))).toBe(0.4);
  });
});

describe('profile', () => {
  it('refuses what it cannot time', async () => {
    await expect(profile(() => 1)).rejects.toThrow('profile: the function computed nothing');
    await expect(profile(() => 1, { repeats: 0 })).rejects.toThrow('profile: repeats must be a whole number');
    await expect(measureCeilings(cpu)).rejects.toThrow('measureCeilings: expected a WebGPU device, got CPU');
  });

  it('refuses a second one meanwhile, and none after it or after a failure', async () => {
    const x = tensor([1, 2, 3], { device: cpu });
    const watch = () => profile(() => x.exp(), { repeats: 1 });
    const first = watch();
    await expect(watch()).rejects.toThrow('profile: another profile is under way');
    expect((await first).dispatches).toHaveLength(1);
    await expect(profile(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    expect((await watch()).dispatches).toHaveLength(1);
  });
});
