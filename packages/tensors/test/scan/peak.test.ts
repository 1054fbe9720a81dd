import { afterAll, describe, expect, it } from 'vitest';
import { explain, type Tensor } from '../../src/index';
import { topological } from '../../src/graph';
import { closeDevices, devices } from '../../src/testing/index';
import { type Cell, gruAfter, lstm, madeUp } from './cells';
import { byScan, elementsOf, tensorsOf, valuesAndGradients, valuesOf } from './evaluate';

const all = await devices();
const gpu = all[1].device;
afterAll(() => closeDevices(all));

const bytesOf = (t: Tensor): number => 4 * t.size;

/** A view shares the memory of what it looks at. */
function baseOf(node: Tensor): Tensor {
  const { source } = node;
  const isView = source.kind === 'op' && ['movement', 'identity'].includes(source.op.lowering.kind);
  return isView && source.inputs.length === 1 ? baseOf(source.inputs[0]) : node;
}

/** The most bytes alive at once if every op of a graph had a result of its own, given back after its last reader. */
function largestSumOfLiveBytes(roots: readonly Tensor[]): number {
  const order = topological(roots);
  const inputsOf = ({ source }: Tensor) => (source.kind === 'op' ? source.inputs : []);
  const isOwn = (node: Tensor) => node.source.kind === 'op' && baseOf(node) === node;
  const lastReader = new Map<Tensor, number>();
  order.forEach((node, i) => inputsOf(node).forEach((input) => lastReader.set(baseOf(input), i)));
  for (const root of roots) lastReader.set(baseOf(root), order.length);
  let [live, peak] = [0, 0];
  order.forEach((node, i) => {
    if (isOwn(node)) peak = Math.max(peak, (live += bytesOf(node)));
    for (const [base, last] of lastReader) if (last === i && isOwn(base)) live -= bytesOf(base);
  });
  return peak;
}

describe.skipIf(!gpu)('the memory of a training step', () => {
  const cells: readonly Cell[] = [lstm(4, 32), gruAfter(4, 32), madeUp(4, 32)];

  it.each(cells)('$name: at most 1.3 times the largest sum of live bytes in the unfused graph', async (cell) => {
    const inputs = tensorsOf(valuesOf(cell, { batch: 8, length: 100 }), 'f32', gpu!);
    await elementsOf({ ...inputs.init, ...inputs.xs, ...inputs.captured });
    const results = Object.values(valuesAndGradients(byScan, cell, inputs, {}));
    const { temporaryBytes } = await explain(...results);
    const needed = temporaryBytes + results.reduce((total, t) => total + bytesOf(t), 0);
    expect(temporaryBytes).toBeGreaterThan(0);
    expect(needed).toBeLessThan(1.3 * largestSumOfLiveBytes(results));
  });
});
