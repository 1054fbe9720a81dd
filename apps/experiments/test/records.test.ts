import { datasets } from '@hairpin/bio';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { experimentNamed, experiments } from '../src/index';
import { fillOptions } from '../src/frame/options';

const names = experiments.map(({ name }) => name);

it('experiments have names of their own, in the order of the alphabet', () => {
  expect([...new Set(names)].sort()).toEqual(names);
});

it('an experiment is found by its name', () => {
  for (const experiment of experiments) expect(experimentNamed(experiment.name)).toBe(experiment);
  expect(() => experimentNamed('adding')).toThrow('no experiment adding; there are adding-problem');
});

describe.each(experiments.map((experiment) => [experiment.name, experiment] as const))('%s', (name, experiment) => {
  const readme = readFileSync(new URL(`../src/${name}/README.md`, import.meta.url), 'utf8');

  it('has a page that says what it asks, for which rows, and how to run it', () => {
    expect(readme.split('\n').length).toBeLessThan(80);
    for (const part of ['# ', '**Question.**', '**Equation.**', '**What to expect.**', '**Sources.**'])
      expect(readme).toContain(part);
    expect(readme).toContain(`hairpin run ${name}`);
    const rows = /\(rows? ([\d, ]+)\)/.exec(readme)?.[1].split(',').map(Number);
    expect(rows).toEqual(experiment.rows);
  });

  it('asks one question, and has options whose defaults are what they ask for', () => {
    expect(experiment.question).toMatch(/^[A-Z].*\?$/);
    for (const size of ['quick', 'full'] as const) {
      const values = fillOptions(experiment.options, {}, size);
      expect(fillOptions(experiment.options, values, size)).toEqual(values);
    }
  });

  it('names data sets that there are', () => {
    const known = datasets.map((dataset) => dataset.name);
    expect((experiment.datasets ?? []).filter((dataset) => !known.includes(dataset))).toEqual([]);
  });
});
