import { expect, it } from 'vitest';
import { asPage } from '../src/harness/page';
import type { Report } from '../src/harness/result';

const report = (benchmark: string, question: string): Report =>
  ({ benchmark, question, text: 'a table', notes: [], judged: [], missing: [], results: [], adapter: 'a', versions: { node: '1' } }); // prettier-ignore

const names = ['matmul', 'lstm', 'growth'];

it('replaces the sections that were asked again, and keeps the others, in the order of the questions', () => {
  const before = asPage([report('growth', 'how?\n\n### by length'), report('matmul', 'old?')], '2001-01-01', { names });
  const page = asPage([report('matmul', 'new?'), report('lstm', 'what?')], '2002-02-02', { names, before });
  expect([...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title)).toEqual(['Performance', 'matmul', 'lstm', 'growth', 'by length']); // prettier-ignore
  expect(page).not.toContain('old?');
  expect(page.match(/^_Measured .*_$/gm)).toEqual([
    '_Measured 2002-02-02: a · node 1._',
    '_Measured 2002-02-02: a · node 1._',
    '_Measured 2001-01-01: a · node 1._',
  ]);
});

it('drops the sections of questions that are no longer there', () =>
  expect(asPage([report('matmul', '?')], '2002-02-02', { names, before: '# Performance\n\n## trees\n\nold' })).not.toContain('trees')); // prettier-ignore
