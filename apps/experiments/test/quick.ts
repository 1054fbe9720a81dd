import type { Device } from '@hairpin/tensors';
import { expect, it } from 'vitest';
import { type Experiment, experimentPage, runExperiment } from '../src/index';
import { mirror } from './mirror';

/** What every experiment promises of a quick run, on any device. */
export function checkQuickRun(experiment: Experiment, device: Device): void {
  it(`${experiment.name} finds what it should`, async () => {
    const result = await runExperiment(experiment, { size: 'quick' }, { device, data: mirror });
    expect(result.numbers.filter(({ pass }) => pass === false)).toEqual([]);
    const judged = result.numbers.filter(({ pass }) => pass).map(({ row }) => row);
    expect(experiment.rows.filter((row) => !judged.includes(row))).toEqual([]);
    expect(result.sources.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    const page = experimentPage(result);
    expect(page).toContain(experiment.question.replaceAll("'", '&#39;'));
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it(`${experiment.name} stops when it is told to`, async () => {
    const stop = new AbortController();
    const onEvent = () => stop.abort(new Error('enough'));
    const run = runExperiment(experiment, { size: 'quick' }, { device, data: mirror, onEvent, signal: stop.signal });
    await expect(run).rejects.toThrow('enough');
  });
}
