import { afterAll, describe, expect, it } from 'vitest';
import { compile, type Device, explain, mul, sin, type Tensor } from '../../src/index';
import { closeDevices, devices } from '../../src/testing/index';
import { agreesWith, answer, type How, ragged, small } from './agreement';
import { type Cell, fastWeights, fused, gruAfter, gruBefore, linear, lstm, maxOver, rnn, widths } from './cells';
import { dispatchesDuring } from '../../src/testing/dispatches';
import {
  assertAllClose,
  byScan,
  type Course,
  elementsOf,
  type Extent,
  type Inputs,
  secondGradients,
  tensorsOf,
  values,
  valuesAndGradients,
  valuesOf,
} from './evaluate';

/*
 * A loop as one kernel, in single precision, against the CPU in double.
 */

const f32Long = 1e-4; // two thousand steps, each of which hands its errors on
const f32Second = 1e-4; // a second derivative multiplies the errors of two passes

const all = await devices();
const [cpu, gpu, plainGpu] = all.map(({ device }) => device);
afterAll(() => closeDevices(all));

const run = (device: Device, cell: Cell, extent: Extent, course: Course) =>
  answer(device, device === cpu ? 'f64' : 'f32', { cell, extent, course });

const agrees = (device: Device, cell: Cell, extent: Extent, course: Course = {}, how: How = {}) =>
  agreesWith(cpu!, device, { cell, extent, course }, how);

describe.skipIf(!gpu)('on WebGPU', () => {
  it.each(linear)('$name, linear in its state: values and gradients, without a loop', async (cell) => {
    const { scan } = await dispatchesDuring(gpu!, () => agrees(gpu!, cell, small, ragged));
    expect(scan).toBeUndefined();
  });

  it.each(fused)('$name, ragged and backwards: values and gradients, in one dispatch each way', async (cell) => {
    const course = { ...ragged, segment: Infinity };
    const { scan } = await dispatchesDuring(gpu!, () => agrees(gpu!, cell, small, course));
    expect(scan).toBe(2);
  });

  it('a matrix as state: values and gradients, step by step', async () => {
    const { scan } = await dispatchesDuring(gpu!, () => agrees(gpu!, fastWeights, small, ragged));
    expect(scan).toBeUndefined();
  });

  it.each([lstm(3, 5), gruBefore(3, 5)])('$name: values and gradients', (cell) => agrees(gpu!, cell, small));

  it('values alone, where no gradient asks for a history', () =>
    agrees(gpu!, lstm(3, 5), small, ragged, { ask: values }));

  it('gradients of second order', () =>
    agrees(gpu!, rnn(2, 3), small, ragged, { ask: secondGradients, tolerance: f32Second }));

  it.each([
    [1, 'the least'],
    [33, 'no multiple of anything'],
    [300, 'more than invocations'],
  ])('%i features, %s', (width) => agrees(gpu!, rnn(2, width), { batch: 2, length: 3 }, { lengths: [3, 1] }));

  it.each([
    [1, 'the least'],
    [9, 'a whole tile and one more'],
  ])('%i rows, %s', (batch) => agrees(gpu!, rnn(3, 5), { batch, length: 4 }));

  it.each([lstm(3, 8), gruAfter(3, 8)])('$name, 2000 steps: values and gradients', (cell) =>
    agrees(gpu!, cell, { batch: 2, length: 2000 }, {}, { tolerance: f32Long }),
  );

  it.each([0, 1])('%i steps', (length) => agrees(gpu!, rnn(3, 5), { batch: 2, length }));

  it('compiled is eager', async () => {
    const cell = gruBefore(3, 5);
    const step = compile((inputs: Inputs<Tensor>) => valuesAndGradients(byScan, cell, inputs, {}));
    const compiled = await elementsOf(await step(tensorsOf(valuesOf(cell, small), 'f32', gpu!)));
    const eager = await run(gpu!, cell, small, {});
    assertAllClose(compiled, eager, 1e-6); // the same operations, fused otherwise
    step.dispose();
  });

  it.each([
    ['forwards', {}],
    ['backwards', { reverse: true }],
  ])('%s, a loop in segments is the whole loop, bit for bit', async (_, course) => {
    const inSegments = (segment: number) => run(gpu!, lstm(3, 5), { batch: 3, length: 7 }, { ...course, segment });
    const whole = await inSegments(Infinity);
    for (const segment of [1, 3, 7]) assertAllClose(await inSegments(segment), whole, 0);
  });

  it('plans inputs that can be reached by 2^40 ways', async () => {
    const twice = (x: Tensor, n: number): Tensor => (n === 0 ? x : twice(mul(sin(x), x), n - 1));
    const inputs = tensorsOf(valuesOf(lstm(3, 5), small), 'f32', gpu!);
    const deep = { ...inputs, xs: { x: twice(inputs.xs.x, 40) } };
    const { dispatches } = await explain(...Object.values(valuesAndGradients(byScan, lstm(3, 5), deep, {})));
    expect(dispatches.filter(({ name }) => name === 'scan').length).toBe(2);
  });

  it('a segment is a dispatch', async () => {
    const course = { segment: 3 };
    const { scan } = await dispatchesDuring(gpu!, () => agrees(gpu!, lstm(3, 5), { batch: 3, length: 7 }, course));
    expect(scan).toBe(6); // steps 0–2, 3–5 and 6, and the same backwards
  });
});

describe.skipIf(!plainGpu)('on WebGPU at default limits, without subgroups', () => {
  it.each([rnn(3, 5), gruAfter(3, 5), maxOver, widths])('$name: values and gradients', (cell) =>
    agrees(plainGpu!, cell, small),
  );
});
