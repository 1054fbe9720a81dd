import { afterAll, describe, expect, it } from 'vitest';
import { ops } from '../src/ops';
import { closeDevices, devices } from '../src/testing/index';
import { type Case, contracts, specification } from './contracts';
import { tensorsOf } from './contracts/evaluate';
import { samples } from './samples';

const all = await devices();
const cpu = all[0]!.device!;

const run = (cases: readonly Case[]): void => cases.forEach(({ name, run }) => it(name, run));

describe('the ops', () => run(specification(cpu)));

for (const { name, device } of all) describe.skipIf(!device)(`on ${name}`, () => run(contracts(device ?? cpu, cpu))); // without a device skipped, but listed

describe('the table of samples', () => {
  it.each(Object.entries(samples))('%s has an empty sample and an odd one', (_, list) => {
    const shapes = list.flatMap(({ f, inputs }) =>
      [...inputs, f(...tensorsOf(inputs, 'f64', cpu))].map((x) => x.shape),
    );
    expect(shapes.some((shape) => shape.includes(0))).toBe(true);
    expect(shapes.some((shape) => shape.some((n) => n % 2 === 1))).toBe(true);
  });

  it('leaves a short list of ops without a gradient', () => {
    const without = Object.entries(ops).flatMap(([name, op]) => ('vjp' in op && op.vjp ? [] : [name]));
    const choices = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual', 'isFinite', 'argsort'];
    const logic = ['logicalAnd', 'logicalOr', 'logicalNot'];
    const sources = ['arange', 'randomBits', 'uniformFromBits', 'normalFromBits'];
    const inner = ['stopGradient', 'segmentSum']; // by design, and made only after differentiation
    expect(without.sort()).toEqual([...choices, ...logic, ...sources, ...inner].sort());
  });
});

afterAll(() => closeDevices(all));
