import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/index';
import { range } from '../../src/shape';
import { assertClose, closeDevices, devices, distance } from '../../src/testing/index';
import { dispatchesDuring } from '../../src/testing/dispatches';
import { assertAllClose, elementsOf, largestDistance } from './evaluate';
import { large, randomCell, small } from './random-cell';
import { byPlainLoopOn, byScanOn } from './random-loop';

/*
 * Two hundred cells that nobody thought of, and how many of them are one kernel each way.
 */

const seeds = range(200);
const tolerance = 2e-5; // as in kernel.test.ts
const share = 0.95; // of the cells, in one dispatch each way

const all = await devices();
const [cpu, gpu] = all.map(({ device }) => device);
afterAll(() => closeDevices(all));

const sizeOf = (seed: number) => (seed % 4 === 0 ? large : small); // the kernels of large cells take long to compile
const named = seeds.map((seed) => randomCell(seed, sizeOf(seed))).map((drawn) => [drawn.cell.name, drawn] as const);

describe.skipIf(!gpu)('a random cell', () => {
  it.each(named)('%s: WebGPU agrees with the CPU, and scan with the plain loop', async (_, drawn) => {
    const actual = await elementsOf(byScanOn(gpu!, 'f32', drawn));
    const expected = await elementsOf(byScanOn(cpu!, 'f64', drawn));
    assertAllClose(expected, await elementsOf(byPlainLoopOn(cpu!, 'f64', drawn)), 1e-12); // as in scan.test.ts
    if (largestDistance(actual, expected) <= tolerance) return;
    // A cell may magnify the roundings of single precision, as 1 − y² near 1 does: so does its plain loop on the same device.
    const plain = await elementsOf(byPlainLoopOn(gpu!, 'f32', drawn));
    for (const [name, values] of Object.entries(expected))
      assertClose(actual[name], values, Math.max(tolerance, 2 * distance(plain[name], values)), name);
  });

  it('is one dispatch each way, but for a few', async ({ annotate }) => {
    const others: string[] = [];
    for (const drawn of seeds.map((seed) => randomCell(seed, large))) {
      const { loops, dispatches } = await explain(...Object.values(byScanOn(gpu!, 'f32', drawn)));
      const kernels = dispatches.filter(({ name }) => name === 'scan');
      const reasons = loops.flatMap((loop) => loop.fallback ?? []);
      if (kernels.length !== 2) others.push(`${drawn.cell.name}: ${reasons.join('; ')}`);
    }
    for (const other of others) await annotate(other);
    expect(others.length, others.join('\n')).toBeLessThanOrEqual((1 - share) * seeds.length);
  });

  it('is dispatched as explain says', async () => {
    const drawn = randomCell(0, small);
    const pending = byScanOn(gpu!, 'f32', drawn);
    const { dispatches } = await explain(...Object.values(pending));
    const { scan } = await dispatchesDuring(gpu!, () => elementsOf(pending));
    expect(scan).toBe(dispatches.filter(({ name }) => name === 'scan').length);
  });
});
