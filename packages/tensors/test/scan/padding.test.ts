import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { add, type Device, square, sum, type Tensor } from '../../src/index';
import { range } from '../../src/shape';
import { closeDevices, devices } from '../../src/testing/index';
import { batchCapture, type Cell, cells, lstm, rnn } from './cells';
import {
  assertAllClose,
  byScan,
  type Course,
  type Elements,
  elementsOf,
  changed,
  type Inputs,
  type Loss,
  tensorsOf,
  type Values,
  valuesAndGradients,
  valuesOf,
} from './evaluate';

/*
 * A batch of ragged rows is its rows one by one, whatever stands behind their ends.
 */

const all = await devices();
const cpu = all[0].device!;
const gpu = all[1].device;
afterAll(() => closeDevices(all));

const [batch, length] = [3, 5];
const lengths = [5, 2, 3];

/** The same number whether rows are padded or not: beyond its end a row's outputs are 0. */
const squares: Loss = (results) =>
  Object.values(results)
    .map((y) => sum(square(y)))
    .reduce((a: Tensor, b: Tensor) => add(a, b));

const run = (device: Device, cell: Cell, inputs: Inputs<Values>, course: Course): Promise<Elements> =>
  elementsOf(
    valuesAndGradients(byScan, cell, tensorsOf(inputs, device === cpu ? 'f64' : 'f32', device), course, squares),
  );

// ---- rows one by one -------------------------------------------------------------------------------------------------

const isPerRow = ({ weights }: Cell, path: string): boolean => !(path.replace('captured.', '') in weights);

/** Row b of a batch, as long as it is. */
const rowOf = (cell: Cell, inputs: Inputs<Values>, b: number): Inputs<Values> =>
  changed(inputs, ({ shape, dtype, data }, path) => {
    if (!isPerRow(cell, path)) return { shape, dtype, data };
    const row = data.slice((b * data.length) / batch, ((b + 1) * data.length) / batch);
    if (!path.startsWith('xs.')) return { shape: [1, ...shape.slice(1)], dtype, data: row };
    const width = row.length / length;
    return { shape: [1, lengths[b], ...shape.slice(2)], dtype, data: row.slice(0, lengths[b] * width) };
  });

/** Rows put together again as a batch would give them: padded with zeros, and gradients of what they share added up. */
function together(cell: Cell, rows: readonly Elements[], whole: Elements): Elements {
  const join = (name: string): number[] => {
    const parts = rows.map((row) => Array.from(row[name]));
    if (name.startsWith('gradient of captured') && !isPerRow(cell, name.replace('gradient of ', '')))
      return parts[0].map((_, i) => parts.reduce((total, part) => total + part[i], 0));
    const size = whole[name].length / batch;
    return parts.flatMap((part) => [...part, ...range(size - part.length).map(() => 0)]);
  };
  return Object.fromEntries(Object.keys(whole).map((name) => [name, join(name)]));
}

async function isItsRows(device: Device, cell: Cell, course: Course): Promise<void> {
  const inputs = valuesOf(cell, { batch, length });
  const whole = await run(device, cell, inputs, { ...course, lengths });
  const rows: Elements[] = [];
  for (const b of range(batch)) rows.push(await run(device, cell, rowOf(cell, inputs, b), course));
  assertAllClose(whole, together(cell, rows, whole), device === cpu ? 1e-12 : 1e-6);
}

describe('a ragged batch is its rows one by one', () => {
  it.each(cells)('$name', async (cell) => {
    await isItsRows(cpu, cell, {});
    await isItsRows(cpu, cell, { reverse: true });
  });

  it.skipIf(!gpu).each([lstm(3, 5), batchCapture])('$name, on WebGPU', (cell) =>
    isItsRows(gpu!, cell, { reverse: true }),
  );
});

// ---- what stands in the padding ----------------------------------------------------------------------------------------

/** The inputs with other numbers behind each row's end. */
const padded = (inputs: Inputs<Values>, ends: readonly number[], fill: number): Inputs<Values> =>
  changed(inputs, (values, path) => {
    if (!path.startsWith('xs.') || values.dtype !== 'float') return values;
    const width = values.data.length / (batch * length);
    const isPadding = (i: number) => Math.floor(i / width) % length >= ends[Math.floor(i / (width * length))];
    return { ...values, data: values.data.map((value, i) => (isPadding(i) ? fill : value)) };
  });

async function leaksNothing(device: Device, cell: Cell, course: Course & { lengths: readonly number[] }, fill: number) {
  const inputs = valuesOf(cell, { batch, length });
  const clean = await run(device, cell, padded(inputs, course.lengths, 0), course);
  assertAllClose(await run(device, cell, padded(inputs, course.lengths, fill), course), clean, 0);
  for (const [name, values] of Object.entries(clean))
    expect(Array.from(values).every(Number.isFinite), name).toBe(true);
}

describe('what stands in the padding leaks nowhere', () => {
  it('whatever the cell, the lengths and the number', async () => {
    const course = fc.record({
      cell: fc.constantFrom(...cells),
      lengths: fc.array(fc.integer({ min: 0, max: length }), { minLength: batch, maxLength: batch }),
      reverse: fc.boolean(),
      fill: fc.constantFrom(NaN, Infinity, -Infinity, 1e30),
    });
    const law = fc.asyncProperty(course, ({ cell, fill, ...rest }) => leaksNothing(cpu, cell, rest, fill));
    await fc.assert(law, { seed: 4, numRuns: 100 });
  });

  it.skipIf(!gpu).each([rnn(3, 5), lstm(3, 5), batchCapture])('$name, on WebGPU', (cell) =>
    leaksNothing(gpu!, cell, { lengths, reverse: true }, NaN),
  );
});
