import { openDevice } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { above, atLeast, atMost, below, exactly, within } from '../src/frame/bound';
import { experiment } from '../src/frame/experiment';
import { choice, fillOptions, parseOption, real, text, whole } from '../src/frame/options';
import { experimentPage, formatNumber, runExperiment } from '../src/index';

const cpu = await openDevice('cpu');

const options = {
  steps: whole({ says: 'steps', default: 10, quick: 2, min: 1, max: 20 }),
  rate: real({ says: 'rate', default: 0.5, min: 0, max: 1 }),
  net: choice({ says: 'net', default: 'GRU', choices: ['GRU', 'LSTM'] }),
  file: text({ says: 'a file' }),
};

describe('options', () => {
  it('have defaults by size, and take what is given', () => {
    expect(fillOptions(options, {}, 'full')).toEqual({ steps: 10, rate: 0.5, net: 'GRU', file: '' });
    expect(fillOptions(options, { rate: 1 }, 'quick')).toEqual({ steps: 2, rate: 1, net: 'GRU', file: '' });
  });

  it.each([
    [{ stepps: 1 }, 'no option stepps; there are steps, rate, net, file'],
    [{ steps: 1.5 }, 'steps: expected a whole number from 1 to 20, got 1.5'],
    [{ steps: 21 }, 'steps: expected a whole number from 1 to 20, got 21'],
    [{ rate: '0.1' }, 'rate: expected a number from 0 to 1, got "0.1"'],
    [{ rate: NaN }, 'rate: expected a number from 0 to 1, got NaN'],
    [{ net: 'RNN' }, 'net: expected one of GRU, LSTM, got "RNN"'],
    [{ file: 3 }, 'file: expected a text, got 3'],
  ])('%o is refused', (given, message) => {
    expect(() => fillOptions(options, given, 'full')).toThrow(message);
  });

  it('are read as a person writes them', () => {
    expect(parseOption('steps', options.steps, '7')).toBe(7);
    expect(parseOption('net', options.net, 'LSTM')).toBe('LSTM');
    expect(() => parseOption('steps', options.steps, 'many')).toThrow('from 1 to 20, got "many"');
    expect(() => parseOption('steps', options.steps, ' ')).toThrow('got " "');
  });
});

describe('a bound', () => {
  it.each([
    [atMost(2), '≤ 2', [1, 2], [3]],
    [atLeast(2), '≥ 2', [2, 3], [1]],
    [below(2), '< 2', [1], [2]],
    [above(2), '> 2', [3], [2]],
    [within(1, 2), '1 to 2', [1, 2], [0.9, 2.1]],
    [exactly(2), '= 2', [2], [1.999]],
  ])('%o', (bound, words, inside, outside) => {
    expect(bound.text).toBe(words);
    expect(inside.map(bound.holds)).toEqual(inside.map(() => true));
    expect([...outside, NaN, Infinity, -Infinity].some(bound.holds)).toBe(false);
  });
});

describe('a run', () => {
  const toy = experiment({
    ...{ name: 'toy', question: 'Is <b>this</b> safe?', rows: [1], biology: 'None.', equation: 'x = x', options },
    async run({ report, options: { steps }, note, progress, rng }) {
      progress({ done: 1, total: steps });
      note('made up');
      report.data('Simulated.');
      report.number({
        row: 1,
        name: 'error',
        value: steps / 10,
        threshold: atMost(0.5),
        quick: atMost(0.1),
        goal: atMost(0.3),
      });
      report.number({ name: 'drawn', value: rng.next() });
      report.number({ name: 'broken', value: NaN, threshold: atMost(1), quick: null });
      report.table('numbers', ['', 'x'], [['a', 1.23456789]]);
    },
  });
  const run = (settings = {}) => runExperiment(toy, settings, { device: cpu });

  it('judges its numbers by its size', async () => {
    const verdicts = async (settings: object) =>
      (await run(settings)).numbers.map(({ threshold, pass }) => [threshold, pass]);
    expect(await verdicts({})).toEqual([
      ['≤ 0.5', false],
      [undefined, null],
      ['≤ 1', false],
    ]);
    expect(await verdicts({ size: 'quick' })).toEqual([
      ['≤ 0.1', false],
      [undefined, null],
      [undefined, null],
    ]);
    expect(await verdicts({ options: { steps: 5 } })).toContainEqual(['≤ 0.5', true]);
  });

  it('is the same for the same seed, and plain JSON', async () => {
    const [first, again, other] = [await run(), await run(), await run({ seed: 2 })];
    expect(again.numbers).toEqual(first.numbers);
    expect(other.numbers).not.toEqual(first.numbers);
    expect(first.numbers[2].value).toBe(null);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('becomes a page on which nothing is markup that should not be', async () => {
    const page = experimentPage(await run());
    expect(page).toContain('Is &#60;b&#62;this&#60;/b&#62; safe?');
    expect(page).toContain('0 of 2 measured numbers');
    expect(page).toContain('1.235');
    expect(page).toContain('made up');
  });

  it('says of a goal whether it is reached', async () => {
    const page = async (steps: number) => experimentPage(await run({ options: { steps } }));
    expect(await page(2)).toContain('✓, goal ≤ 0.3 ✓');
    expect(await page(4)).toContain('✓, goal ≤ 0.3 not reached');
    expect(await page(9)).toContain('✗ missed, goal ≤ 0.3 not reached');
  });

  it('stops where it tells something, once the signal has said so', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(runExperiment(toy, {}, { device: cpu, signal })).rejects.toThrow('enough');
  });
});

it('numbers have four digits that count', () => {
  const numbers = [0, -0.27571, -3, 35_885, 0.98654, 12.3456, 1.4712e-23, -2.5e-7, 4.5e20];
  expect(numbers.map(formatNumber)).toEqual([
    '0',
    '−0.2757',
    '−3',
    '35\u202f885',
    '0.9865',
    '12.35',
    '1.47e−23',
    '−2.50e−7',
    '4.50e20',
  ]);
});
