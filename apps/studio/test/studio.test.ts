import { datasetNamed } from '@hairpin/bio';
import { type ExperimentResult, experiments } from '@hairpin/experiments';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSite } from '../../../scripts/browser/bundle.mjs';
import { hasChromium, openFiles, openInChromium, type OpenPage } from '../../../scripts/browser/chromium';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';
const starting = 120_000;

describe.skipIf(!hasChromium && !isDemanded)('the studio in headless Chromium', () => {
  let open: OpenPage;
  const broken: Error[] = [];
  beforeAll(async () => {
    open = await openFiles(await buildSite(pathOf('..')));
    open.page.on('pageerror', (error) => broken.push(error));
  }, starting);
  afterAll(() => open?.close(), starting);
  beforeEach(() => void open.page.setDefaultTimeout(90_000));

  /** Opens the page anew, at the adding problem with so little to do that it takes seconds. */
  async function smallRun(): Promise<OpenPage['page']> {
    const { page, url } = open;
    await page.goto('about:blank');
    await page.goto(`${url}#adding-problem`);
    const small = { length: 10, hidden: 4, budget: 100, short: 4 };
    for (const [label, value] of Object.entries(small))
      await page.getByLabel(label, { exact: true }).fill(String(value));
    return page;
  }

  const isWiderThanItsWindow = () =>
    open.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  it('lists all experiments by their question, and finds them', async () => {
    const { page, url } = open;
    await page.goto(url);
    const questions = page.getByRole('navigation').locator('a:visible .question');
    expect(await questions.allTextContents()).toEqual(experiments.map(({ question }) => question));
    const search = page.getByRole('searchbox');
    await search.fill('adding-problem');
    expect(await questions.allTextContents()).toEqual([
      'Can a recurrent net add two numbers that stand a hundred steps apart?',
    ]);
    await search.fill('xylophone');
    expect(await questions.count()).toBe(0);
    expect(await page.getByRole('status').textContent()).toBe('No question speaks of “xylophone”.');
  });

  it('tells what is wrong with a value at its field, and runs nothing', async () => {
    const page = await smallRun();
    const budget = page.getByLabel('budget', { exact: true });
    await budget.fill('soon');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Expected a whole number from 100 to 1000000, got "soon".').waitFor();
    expect(await budget.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.name')).toBe('budget');
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
    await budget.fill('100');
    expect(await budget.getAttribute('aria-invalid')).toBe('false');
  });

  it('has defaults for each size, and keeps what was changed', async () => {
    const page = await smallRun();
    const valueOf = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
    await page.getByRole('radio', { name: /full/ }).check();
    expect([await valueOf('length'), await valueOf('learning rate')]).toEqual(['10', '0.01']);
    await page.getByRole('button', { name: 'back to 200' }).click();
    expect(await valueOf('length')).toBe('200');
  });

  it('runs an experiment in a worker and shows what it found', { timeout: 120_000 }, async () => {
    const page = await smallRun();
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await isWiderThanItsWindow()).toBe(false);
    await page.getByLabel('device').selectOption('cpu');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('Runs on the CPU, as you asked.').waitFor();
    await page.getByText('LSTM, 10 steps').first().waitFor();
    await page.locator('.chart svg').waitFor();
    expect(page.workers().length).toBe(1);

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download result.json' }).click();
    const result = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as ExperimentResult;
    expect(result).toMatchObject({ experiment: 'adding-problem', device: 'cpu', size: 'quick', seed: 1 });
    expect(result.options).toMatchObject({ length: 10, hidden: 4, budget: 100, short: 4, learningRate: 0.02 });
    const values = result.numbers.map(({ value }) => value ?? NaN);
    expect(values.length).toBe(4);
    for (const value of values) expect(value > 0 && value < 1).toBe(true); // who always answers 1 is wrong by 1/6

    const report = page.frameLocator('iframe');
    const row = report.getByRole('row', { name: 'LSTM, mean squared error at 10 steps' });
    expect(await row.textContent()).toMatch(/\d/);
    expect((await page.locator('iframe').boundingBox())?.height).toBeGreaterThan(1000); // all of it, without a scroll bar
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await isWiderThanItsWindow()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('stops when it is told to, whatever it computes, and can begin again', { timeout: 120_000 }, async () => {
    const page = await smallRun();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText(/^Runs on WebGPU: |^Runs on the CPU, many times slower/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    const goneInMs = 60_000; // a shader that is being compiled holds its worker
    await expect.poll(() => page.workers().length, { timeout: goneInMs }).toBe(0);
    expect(await page.getByRole('button', { name: 'Run again' }).isEnabled()).toBe(true);
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('has come through all this without an error', () => {
    expect(broken).toEqual([]);
  });
});

it.skipIf(!hasChromium && !isDemanded)(
  'files that the user picks are named in a field, or kept as those of a data set',
  { timeout: starting },
  async () => {
    const { page, url, close } = await openInChromium(pathOf('page/toy.ts'));
    try {
      await page.goto(`${url}#toy`);
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose a file…' }).click();
      await (
        await choosing
      ).setFiles({ name: 'peaks.bed', mimeType: 'text/plain', buffer: Buffer.from('chr1\t0\t9\n') });
      expect(await page.getByLabel('peaks').inputValue()).toBe('peaks.bed');
      await page.getByText('9 B, read in this page and sent nowhere').waitFor();
      await keepsDataSet(page);
    } finally {
      await close();
    }
  },
);

/** By name and size; what stands in it is compared with its checksum when it is read. */
async function keepsDataSet(page: OpenPage['page']): Promise<void> {
  const [{ path, bytes }] = datasetNamed('timeseries_lynx_hare').files;
  const pick = async (size: number) => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add its files…' }).click();
    await (await choosing).setFiles({ name: path, mimeType: 'text/plain', buffer: Buffer.alloc(size) });
  };
  await page.getByText('Not kept here (470 B): what needs it is simulated.').waitFor();
  await pick(bytes + 1);
  await page.getByText(`None of these belongs to it. It lacks ${path} (470 B).`).waitFor();
  await pick(bytes);
  await page.getByText('Kept in this browser.').waitFor();
  await page.reload();
  await page.getByText('Kept in this browser.').waitFor();
  expect(await page.getByRole('button', { name: 'Add its files…' }).count()).toBe(0);
}
