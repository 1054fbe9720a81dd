import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  concat,
  type Device,
  matmul,
  openDevice,
  scan,
  slice,
  stopGradient,
  type Tensor,
  tensor,
  where,
  zeros,
} from '../../src/index';
import { assertClose } from '../../src/testing/index';
import { failsWith } from '../contracts/laws';
import { cells, lstm, madeUp, rnn, type Tensors } from './cells';
import {
  assertAllClose,
  byPlainLoop,
  byScan,
  type Course,
  elementsOf,
  secondGradients,
  tensorsOf,
  valuesAndGradients,
  valuesOf,
} from './evaluate';

/*
 * What scan means, in double precision on the CPU: the plain loop.
 */

const exact = 1e-12; // the same doubles added up in another order

const lengths = [7, 3, 0, 1, 6];
const courses: readonly (readonly [string, Course])[] = [
  ['forwards', {}],
  ['backwards', { reverse: true }],
  ['ragged', { lengths }],
  ['ragged, backwards', { lengths, reverse: true }],
];

let cpu: Device;
beforeAll(async () => void (cpu = await openDevice('cpu')));
afterAll(() => cpu.close());

const named = cells.map((cell) => [cell.name, cell] as const);

describe.each(courses)('%s scan is the plain loop', (_, course) => {
  it.each(named)('%s: values and gradients', async (_name, cell) => {
    const inputs = tensorsOf(valuesOf(cell, { batch: 5, length: 7 }), 'f64', cpu);
    const [actual, expected] = [byScan, byPlainLoop].map((loop) => valuesAndGradients(loop, cell, inputs, course));
    assertAllClose(await elementsOf(actual), await elementsOf(expected), exact);
  });

  it.each([rnn, lstm, madeUp].map((cell) => cell(2, 3)))('$name: gradients of second order', async (cell) => {
    const inputs = tensorsOf(valuesOf(cell, { batch: 5, length: 7 }), 'f64', cpu);
    const [actual, expected] = [byScan, byPlainLoop].map((loop) => secondGradients(loop, cell, inputs, course));
    assertAllClose(await elementsOf(actual), await elementsOf(expected), exact);
  });
});

describe('at the edges', () => {
  it('a state with only sums is a running sum, in double precision too', async () => {
    const x = tensor(Float64Array.of(1, 2, 3, 4), { shape: [1, 4, 1] });
    const [last, all] = scan((h: Tensor, own: Tensor) => [h.add(own), h], zeros([1, 1], { dtype: 'f64' }), x);
    expect([...(await last.data()), ...(await all.data())]).toEqual([10, 0, 1, 3, 6]);
  });

  it('no step at all gives the initial state and empty outputs', async () => {
    const { init, xs, captured } = tensorsOf(valuesOf(lstm(3, 5), { batch: 2, length: 0 }), 'f64', cpu);
    const [last, { y }] = scan((s: Tensors, x: Tensors) => lstm(3, 5).body(s, x, captured), init, xs);
    expect(y.shape).toEqual([2, 0, 5]);
    assertClose(await last.h.data(), await init.h.data(), 0);
  });

  it('a single step is the body', async () => {
    const cell = lstm(3, 5);
    const { init, xs, captured } = tensorsOf(valuesOf(cell, { batch: 2, length: 1 }), 'f64', cpu);
    const [last, { y }] = scan((s: Tensors, x: Tensors) => cell.body(s, x, captured), init, xs);
    const [once] = cell.body(init, { x: xs.x.reshape([2, 3]) }, captured);
    assertClose(await last.c.data(), await once.c.data(), exact);
    assertClose(await y.data(), await once.h.data(), exact);
  });

  it('calls the body once, however many steps there are', () => {
    let calls = 0;
    const body = (s: Tensor, x: Tensor) => [s.add(x), (calls++, [])] as const;
    scan(body, zeros([2, 3]), zeros([2, 50, 3]));
    expect(calls).toBe(1);
  });

  it('a value that is used twice, and what is made of it twice, and so on: doubled sixty times in a step', async () => {
    const doubled = (s: Tensor) => Array.from({ length: 60 }).reduce<Tensor>((y) => y.add(y), s);
    const [last] = scan(
      (s: Tensor, x: Tensor) => [doubled(s).add(x), []] as const,
      zeros([1, 1]).add(1),
      zeros([1, 2, 1]),
    );
    expect(await last.item()).toBe(2 ** 120);
  });

  it('a cumulative sum, worked out by hand', async () => {
    const x = concat([zeros([1, 1]).add(1), zeros([1, 1]).add(2), zeros([1, 1]).add(4)], 1).reshape([1, 3, 1]);
    const [last, y] = scan((s: Tensor, x: Tensor) => [s.add(x), s] as const, zeros([1, 1]), x);
    expect([...(await y.data())]).toEqual([0, 1, 3]); // the state before each step
    expect([...(await last.data())]).toEqual([7]);
    const [, back] = scan((s: Tensor, x: Tensor) => [s.add(x), s] as const, zeros([1, 1]), x, { reverse: true });
    expect([...(await back.data())]).toEqual([6, 4, 0]);
  });

  it('states that are kept, doubled, turned or left as they are, in double precision: none needs the loop', async () => {
    const f64 = { dtype: 'f64', device: cpu } as const;
    const one = () => tensor([[1]], f64);
    const body = ({ kept, doubled, turned, held }: Tensors, x: Tensor) => {
      const next = { kept, doubled: doubled.add(doubled), turned: turned.neg().add(x) };
      return [{ ...next, held: where(x.greater(1), held, 0) }, []] as const;
    };
    const init = { kept: one(), doubled: one(), turned: one(), held: one() };
    const [last] = scan(body, init, tensor([[[2], [3], [5]]], f64));
    const found = await Promise.all([last.kept, last.doubled, last.turned, last.held].map((state) => state.item()));
    expect(found).toEqual([1, 8, 5 - (3 - (2 - 1)), 1]);
  });

  it('a state goes by its names, not by the order in which the body writes them', async () => {
    const one = zeros([1, 1]).add(1);
    const body = ({ a, b }: Tensors, x: Tensor) => [{ b: b.add(x), a: a.mul(2) }, []] as const;
    const [{ a, b }] = scan(body, { a: one, b: one.mul(10) }, zeros([1, 3, 1]).add(1));
    expect([await a.item(), await b.item()]).toEqual([8, 13]);
  });
});

describe('a wrong call', () => {
  const h = zeros([2, 3]);
  const x = zeros([2, 4, 3]);
  const next = (s: Tensor, x: Tensor) => [s.add(x), []] as const;
  const returning = (value: unknown) => (() => value) as never;
  const calls: readonly (readonly [string, () => unknown])[] = [
    [
      'scan: expected at least one sequence [batch, length, …]: its length says how long the loop is',
      () => scan(next as never, h, []),
    ],
    [
      'scan: expected sequences [batch, length, …] of one batch and length, got [2, 4, 3] and [2, 5, 3]',
      () => scan(next as never, h, [x, zeros([2, 5, 3])]),
    ],
    [
      'scan: expected sequences [batch, length, …] of one batch and length, got [2] and [2]',
      () => scan(next as never, h, zeros([2])),
    ],
    [
      'scan: expected initial states [2, …], as the sequences have 2 rows, got [3, 3]',
      () => scan(next, zeros([3, 3]), x),
    ],
    ['scan: expected tensors as an initial state, got number', () => scan(next as never, 0, x)],
    ['scan: expected tensors as a sequence, got null', () => scan(next as never, h, { x: null })],
    [
      'scan: expected state to stay a f32 tensor of shape [2, 3], got Tensor(f32[2, 2])',
      () => scan((s: Tensor) => [slice(s, [0, 1]), []] as const, h, x),
    ],
    [
      'scan: expected state h to stay a f32 tensor of shape [2, 3], got Tensor(bool[2, 3])',
      () => scan(({ h }: Tensors) => [{ h: h.greater(0) }, []] as const, { h }, x),
    ],
    [
      'scan: the body returned a state of 1 tensors, the initial state has 2',
      () => scan(returning([[h], []]), [h, h], x),
    ],
    ['scan: the body returned no state b', () => scan(returning([{ a: h, c: h }, []]), { a: h, b: h }, x)],
    ['scan: expected a tensor as state of the body, got number', () => scan(returning([1, []]), h, x)],
    [
      'scan: the body must return [state, output]; return [state, []] where there is no output',
      () => scan(returning(h), h, x),
    ],
    ['scan: expected tensors as outputs of the body, got number', () => scan(returning([h, 1]), h, x)],
    [
      'scan: expected outputs [2, …], a row for each of the batch, got [3, 3]',
      () => scan((s: Tensor) => [s, matmul(s.transpose(), s)] as const, h, x),
    ],
    ['scan: expected lengths [2] as i32, got Tensor(i32[3])', () => scan(next, h, x, { lengths: [1, 2, 3] })],
    ['scan: expected lengths [2] as i32, got Tensor(f32[2])', () => scan(next, h, x, { lengths: zeros([2]) })],
    [
      'scan: expected a whole number of steps ≥ 1 (or Infinity) as segment, got 0.5',
      () => scan(next, h, x, { segment: 0.5 }),
    ],
  ];

  it.each(calls)('%s', (message, call) => failsWith(call, message));

  it('with the gradient stopped inside the body is no wrong call', async () => {
    const [last] = scan((s: Tensor, x: Tensor) => [stopGradient(s).add(x), []] as const, h, x.add(1));
    expect([...(await last.data())]).toEqual([4, 4, 4, 4, 4, 4]);
  });
});
