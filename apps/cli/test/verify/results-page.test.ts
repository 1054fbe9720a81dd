import { describe, expect, it } from 'vitest';
import { acrossSeeds } from '../../src/verify/across-seeds';
import type { Outcome } from '../../src/verify/outcome';
import { resultsPage } from '../../src/verify/results-page';
import { result, small } from './outcomes';

const failed: Outcome = { experiment: 'a', seed: 2, size: 'full', run: {}, error: 'no room | left' };
const beside = (value: number) => ({ name: 'k-mers', value, pass: null });

describe('a number over seeds', () => {
  it('has the mean and the standard deviation of n − 1', () => {
    const [number] = acrossSeeds([1, 2, 6].map((value, i) => result('a', i + 1, [small(value)])));
    expect(number).toMatchObject({ mean: 3, sd: Math.sqrt(7), met: 1, of: 3, thresholds: ['≤ 1'] });
  });

  it('of one seed has no deviation', () => {
    expect(acrossSeeds([result('a', 1, [small(2)])])[0]).toMatchObject({ mean: 2, sd: null });
  });

  it('is not met by a seed whose run failed, nor by one where it is not a number', () => {
    const [number] = acrossSeeds([result('a', 1, [small(1)]), failed, result('a', 3, [small(null)])]);
    expect(number).toMatchObject({ mean: 1, met: 1, of: 3 });
  });
});

describe('a page of results', () => {
  const experiments = [
    { name: 'a', question: 'What is a?', rows: [3] },
    { name: 'b', question: 'What is b?', rows: [2, 4] },
  ];
  const page = (outcomes: Outcome[], seeds = 2) => resultsPage({ size: 'full', seeds, experiments, outcomes });

  it('says what was met, and nothing more where nothing is missed', () => {
    const outcomes = ['a', 'b'].flatMap((name) => [1, 2].map((seed) => result(name, seed, [small(seed / 2)])));
    const text = page(outcomes);
    expect(text).toContain('2 of 2 thresholds are met by every seed that was run.');
    expect(text).not.toContain('not as it should be');
    expect(text).toContain('| 3 | a | size | ≤ 1 | 0.75 ± 0.3536 bp | 2 of 2 | ✓ |');
    expect(text).toContain('| 1 | cpu | by hand | 12 | 2026-01-31 | 0.0.0 |');
    expect(text).toContain('hairpin verify a --seeds 2');
  });

  it('says as plainly what was missed, what failed and what was not run', () => {
    const text = page([failed, result('a', 1, [small(3), beside(0.5)])]);
    expect(text).toContain('0 of 1 thresholds are met by every seed that was run.');
    const list = text.slice(text.indexOf('## What is not as it should be'), text.indexOf('## Row by row'));
    expect(list.trim().split('\n').slice(2)).toEqual([
      '- row 3, a: size should be ≤ 1 and is 3 bp (seed 1); 0 of 2 seeds meet it',
      '- a, seed 2, failed: no room \\| left',
      '- b has not been run',
    ]);
    expect(text).toContain('| 3 | a | size | ≤ 1 | 3 bp | 0 of 2 | ✗ missed |');
    expect(text).toContain('| 2 | failed: no room \\| left | – | – | – | – |');
  });

  it('orders rows by their number, and keeps numbers without a threshold below their experiment', () => {
    const text = page([
      result('b', 1, [{ ...small(1), row: 4, goal: '≤ 0.5' }, beside(0.25)]),
      result('a', 1, [small(1)]),
    ]);
    const judged = text.slice(text.indexOf('## Row by row'), text.indexOf('## a'));
    expect(judged.indexOf('| 3 | a |')).toBeLessThan(judged.indexOf('| 4 | b |'));
    expect(judged).toContain('≤ 1 (goal ≤ 0.5)');
    expect(judged).not.toContain('k-mers');
    expect(text.slice(text.indexOf('## b'))).toContain('| – | k-mers | 0.25 |');
    expect(text).toContain('1 of 2 seeds have been run.');
  });

  it('says what was measured on, and each note once', () => {
    const more = {
      sources: ['Simulated.'],
      blocks: [{ kind: 'note' as const, text: 'm_n is absent' }],
    };
    const text = page([1, 2].map((seed) => result('a', seed, [small(1)], more)));
    expect(text.split('Note: m\\_n is absent')).toHaveLength(2);
    expect(text).toContain('\n\nSimulated.\n\n');
  });
});
