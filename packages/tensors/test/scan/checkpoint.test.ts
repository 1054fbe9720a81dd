import { afterAll, describe, expect, it } from 'vitest';
import { checkpoint, compile, type Device, grad, mul, type Tensor, sum, tanh, tensor } from '../../src/index';
import { countingDevice } from '../../src/testing/counting-device';
import { closeDevices, devices } from '../../src/testing/index';
import { type Cell, gruBefore, linear, lstm } from './cells';
import {
  assertAllClose,
  byScan,
  type Course,
  elementsOf,
  type Extent,
  type Inputs,
  secondGradients,
  tensorsOf,
  valuesAndGradients,
  valuesOf,
} from './evaluate';

/*
 * What a loop keeps for its gradient changes its memory, and no number.
 */

const all = await devices();
const cpu = all[0].device!;
const gpu = all[1].device;
const counting = await countingDevice();
afterAll(async () => {
  await closeDevices(all);
  await counting?.device.close();
});

const cell = lstm(3, 5);
const extent: Extent = { batch: 3, length: 11 };
const courses: readonly Course[] = [
  {},
  { reverse: true },
  { lengths: [11, 0, 6] },
  { lengths: [4, 11, 9], reverse: true },
];

const run = (device: Device, own: Cell, course: Course, law = valuesAndGradients, size = extent) =>
  elementsOf(law(byScan, own, tensorsOf(valuesOf(own, size), device === cpu ? 'f64' : 'f32', device), course));

describe('a loop that keeps its state every so many steps', () => {
  it.each(courses)('gives the values and gradients of the loop that keeps all: %o', async (course) => {
    const whole = await run(cpu, cell, course);
    for (const steps of [1, 4, 11])
      assertAllClose(await run(cpu, cell, { ...course, checkpoint: steps }), whole, 1e-12);
  });

  it.each([gruBefore(3, 5), ...linear])('$name: values and gradients', async (other) => {
    assertAllClose(await run(cpu, other, { checkpoint: 4 }), await run(cpu, other, {}), 1e-12);
  });

  it('gives gradients of second order', async () => {
    const whole = await run(cpu, cell, {}, secondGradients);
    assertAllClose(await run(cpu, cell, { checkpoint: 4 }, secondGradients), whole, 1e-12);
  });

  it.skipIf(!gpu)('agrees on WebGPU', async () => {
    const course = { lengths: [4, 11, 9], reverse: true, checkpoint: 4 };
    assertAllClose(await run(gpu!, cell, course), await run(cpu, cell, course), 2e-5);
  });

  it.each([0, 1.5, -3])('refuses %d steps', (steps) => {
    const inputs = tensorsOf(valuesOf(cell, extent), 'f64', cpu);
    const call = () => byScan(cell, inputs, { checkpoint: steps });
    expect(call).toThrow(`scan: expected a whole number of steps ≥ 1 (or Infinity) as checkpoint, got ${steps}`);
  });

  it.skipIf(!counting)('needs the memory of a segment, of the states between them, and of what it reads', async () => {
    const long: Extent = { batch: 4, length: 400 };
    const small = lstm(2, 16);
    const inputs = tensorsOf(valuesOf(small, long), 'f32', counting!.device);
    await elementsOf(inputs.captured);
    const arenaOf = async (course: Course) => {
      const step = compile((given: Inputs<Tensor>) => weightGradients(small, given, course));
      await elementsOf(await step(inputs));
      const { resident } = counting!.backend.arena;
      step.dispose();
      return resident;
    };
    const thrifty = await arenaOf({ checkpoint: 20 });
    expect(thrifty).toBeLessThan((await arenaOf({})) / 4);
  });
});

/** Gradients of the last state alone. */
function weightGradients(own: Cell, given: Inputs<Tensor>, course: Course) {
  const loss = (captured: Readonly<Record<string, Tensor>>) =>
    sum(byScan(own, { ...given, captured }, course)['last h']);
  return grad(loss)(given.captured);
}

describe('checkpoint', () => {
  const x = tensor([0.3, -0.7], { dtype: 'f64', device: cpu });

  it('gives what the function gives, nests included, and the gradient of what it captures', async () => {
    const w = tensor([2, 0.5], { dtype: 'f64', device: cpu });
    const f = (a: Tensor, b: Tensor) => ({ y: tanh(mul(a, b)), twice: [mul(a, 2)] });
    const loss = (call: typeof f) => (a: Tensor, b: Tensor) => {
      const { y, twice } = call(a, b);
      return sum(mul(y, twice[0]));
    };
    const captured = (b: Tensor) => loss((a) => checkpoint((own: Tensor) => f(own, b))(a))(x, b);
    const expected = [grad(loss(f))(x, w), grad((b: Tensor) => loss(f)(x, b))(w)];
    const actual = [grad(loss(checkpoint(f)))(x, w), grad(captured)(w)];
    for (const [i, t] of actual.entries()) expect(await t.data()).toEqual(await expected[i].data());
  });

  it('refuses a function that returns something else', () => {
    expect(() => checkpoint((t: Tensor) => [t, 3])(x)).toThrow(
      'checkpoint: expected a function that returns tensors, got number',
    );
  });
});
