import { afterAll, describe, expect, it } from 'vitest';
import { topological } from '../../src/graph';
import { explain, zeros } from '../../src/index';
import { madeOf } from '../../src/scan/program';
import { range } from '../../src/shape';
import { closeDevices, devices } from '../../src/testing/index';
import type { Cell, Shapes, Tensors } from './cells';
import { assertAllClose, elementsOf } from './evaluate';
import { large, randomCell, small } from './random-cell';
import { byPlainLoopOn, byScanOn } from './random-loop';

/*
 * Cells that nobody thought of: the loop over them is the plain loop, and one precision agrees with the other.
 */

const all = await devices();
const [cpu, gpu] = all.map(({ device }) => device);
afterAll(() => closeDevices(all));

const dozen = range(12).map((seed) => randomCell(seed, small));
const named = dozen.map((drawn) => [drawn.cell.name, drawn] as const);

describe('a random cell', () => {
  it.each(named)('%s: scan is the plain loop', async (_, drawn) => {
    const [actual, expected] = [byScanOn(cpu!, 'f64', drawn), byPlainLoopOn(cpu!, 'f64', drawn)];
    assertAllClose(await elementsOf(actual), await elementsOf(expected), 1e-12); // as in scan.test.ts
  });

  it.skipIf(!gpu).each(named)('%s: WebGPU agrees with the CPU', async (_, drawn) => {
    const [actual, expected] = [byScanOn(gpu!, 'f32', drawn), byScanOn(cpu!, 'f64', drawn)];
    assertAllClose(await elementsOf(actual), await elementsOf(expected), 2e-5); // as in kernel.test.ts
  });
});

/** Names of all ops in a body. */
function opsIn({ init, xs, weights, rows = {}, body }: Cell): string[] {
  const given = (shapes: Shapes, lead: number[]): Tensors =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const dtype = name.endsWith('?') ? 'bool' : name.endsWith('#') ? 'i32' : 'f32';
        return [name, zeros([...lead, ...shape], { dtype })];
      }),
    );
  const captured = { ...given(weights, []), ...given(rows, [2]) };
  const results = body(given(init, [2]), given(xs, [2]), captured).flatMap((nest) => Object.values(nest));
  return topological(results).flatMap((node) => madeOf(node)?.op.name ?? []);
}

it.skipIf(!gpu)('two hundred random cells bind at most the eight buffers of the default limits', async () => {
  const tooMany: string[] = [];
  for (const { cell, ...drawn } of range(200).map((seed) => randomCell(seed, large))) {
    const { dispatches } = await explain(...Object.values(byScanOn(gpu!, 'f32', { cell, ...drawn })));
    const most = Math.max(...dispatches.map(({ bindings }) => bindings));
    if (most > 8) tooMany.push(`${cell.name}: ${most}`);
  }
  expect(tooMany).toEqual([]);
});

it('two hundred random cells use every op that a body may use', () => {
  const used = new Set(range(200).flatMap((seed) => opsIn(randomCell(seed, large).cell)));
  const elementwise = [
    ...['neg', 'abs', 'sign', 'floor', 'ceil', 'round', 'square', 'reciprocal', 'sqrt', 'rsqrt', 'exp', 'expm1', 'log'],
    ...['log1p', 'sin', 'cos', 'tanh', 'sigmoid', 'relu', 'softplus', 'isFinite', 'logicalNot', 'cast', 'where'],
    ...['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'logicalAnd', 'logicalOr'],
    ...['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'],
  ];
  const others = ['contract', 'slice', 'concat', 'broadcastTo', 'sum', 'max', 'min'];
  expect([...elementwise, ...others].filter((op) => !used.has(op))).toEqual([]);
});
