import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/index';
import { range } from '../../src/shape';
import { closeDevices, devices } from '../../src/testing/index';
import { dispatchesDuring } from './dispatches';
import { assertAllClose, type Elements, elementsOf } from './evaluate';
import { large, randomCell } from './random-cell';
import { byPlainLoopOn, byScanOn } from './random-loop';

/*
 * Two hundred cells that nobody thought of, and how many of them are one kernel each way.
 */

const count = 200;
const share = 0.95; // of the cells, in one dispatch each way

const all = await devices();
const [cpu, gpu] = all.map(({ device }) => device);
afterAll(() => closeDevices(all));

const cells = range(count).map((seed) => randomCell(seed, large));
const named = cells.map((drawn) => [drawn.cell.name, drawn] as const);

describe.skipIf(!gpu)('a random cell', () => {
  const others: string[] = [];

  it.each(named)('%s: WebGPU agrees with the CPU, and scan with the plain loop', async (name, drawn) => {
    const pending = byScanOn(gpu!, 'f32', drawn);
    const { loops } = await explain(...Object.values(pending));
    let actual: Elements = {};
    const { scan = 0 } = await dispatchesDuring(gpu!, async () => (actual = await elementsOf(pending)));
    if (scan !== 2)
      others.push(`${name}: ${scan} dispatches; ${loops.flatMap((loop) => loop.fallback ?? []).join('; ')}`);
    const expected = await elementsOf(byScanOn(cpu!, 'f64', drawn));
    assertAllClose(expected, await elementsOf(byPlainLoopOn(cpu!, drawn)), 1e-12); // as in scan.test.ts
    assertAllClose(actual, expected, 2e-5); // as in kernel.test.ts
  });

  it('is one dispatch each way, but for a few', async ({ annotate }) => {
    for (const other of others) await annotate(other);
    expect(others.length, others.join('\n')).toBeLessThanOrEqual((1 - share) * count);
  });
});
