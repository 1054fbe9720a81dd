import { decode } from 'fast-png';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { hasChromium, openInChromium } from '../../../../scripts/browser/chromium';
import { logo, mutagenesisMap, stateMap } from '../../src/index';
import { colourScale } from '../../src/pictures/maps/colour-scale';
import { gallery } from './gallery';
import { flaws } from './measure.mjs';
import { randomPictures } from './random-pictures';

type Rgb = readonly [number, number, number];

const schemes: Readonly<Record<'light' | 'dark', { paper: Rgb; ink: Rgb }>> = {
  light: { paper: [251, 250, 246], ink: [35, 34, 30] },
  dark: { paper: [23, 24, 27], ink: [228, 224, 214] },
};
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

describe.skipIf(!hasChromium && !isDemanded)('in headless Chromium', { timeout: 120_000 }, () => {
  let browser: Awaited<ReturnType<typeof openInChromium>>;
  let page: Page;

  beforeAll(async () => {
    browser = await openInChromium(fileURLToPath(new URL('page.ts', import.meta.url)));
    page = browser.page;
    await page.setViewportSize({ width: 1600, height: 1200 });
    await page.goto(browser.url);
  }, 120_000);
  afterAll(() => browser?.close());

  it('the page draws what Node draws, letter by letter', async () => {
    const drawn = (await page.evaluate('globalThis.hairpinGallery')) as Record<string, string>;
    expect(Object.keys(drawn)).toEqual(Object.keys(gallery));
    for (const [name, draw] of Object.entries(gallery)) expect(drawn[name] === draw(), name).toBe(true);
  });

  describe.each(Object.entries(schemes))('on %s paper', (_, { paper, ink }) => {
    it.each(Object.entries(gallery))(
      '%s: nothing is cut off, no text lies on another or is hard to read',
      async (_, draw) => {
        expect(await page.evaluate(flaws, { svg: draw(), paper: [...paper], ink: [...ink] })).toEqual([]);
      },
    );

    it('a cell of a map has the colour of its number, to the edge', async () => {
      const values = Array.from({ length: 6 }, (_, t) => [t / 5, 1 - t / 5, t % 2]);
      const svg = stateMap([{ name: 'gate', values, domain: [0, 1] }], { cellWidth: 12, cellHeight: 8 });
      const { colours, level } = colourScale('', [0, 1], { domain: [0, 1], scale: 'sequential' });
      const colour = await pixelsOf(svg, paper, ink);
      for (const [t, units] of values.entries())
        for (const [unit, value] of units.entries())
          for (const [dx, dy] of [
            [2, 2],
            [10, 6],
          ])
            // prettier-ignore
            expect(colour(32 + 12 * t + dx, 24 + 8 * unit + dy)).toEqual(colours[level(value)].slice(0, 3));
    });

    it('paper shows where an effect is 0, and the pure colours where it is largest', async () => {
      const effects = [[0, -2, 2, 0], [0, 0, 0, 1]]; // prettier-ignore
      const colour = await pixelsOf(mutagenesisMap(effects, 'AC', { cellWidth: 12, cellHeight: 12 }), paper, ink);
      const at = (position: number, letter: number) => colour(24 + 12 * position + 2, 24 + 12 * letter + 2);
      const isNear = (got: readonly number[], wanted: readonly number[]) =>
        got.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(2));
      expect(at(0, 3)).toEqual([...paper]);
      isNear(at(0, 1), [0x2f, 0x79, 0xe6]);
      isNear(at(0, 2), [0xc2, 0x61, 0x00]);
      isNear(at(1, 3), paper.map((p, i) => p + ([0xc2, 0x61, 0x00][i] - p) / 2)); // prettier-ignore
    });
  });

  it('pictures of any size, with numbers of any magnitude and names of any length, have no flaw', async () => {
    for (const { name, svg } of randomPictures(90, 1)) {
      const found = await page.evaluate(flaws, { svg, paper: [...schemes.light.paper], ink: [...schemes.light.ink] });
      expect(found, name).toEqual([]);
    }
  });

  it.each(['light', 'dark'] as const)('a file of its own takes ink and paper of a %s reader', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    const href = `data:image/svg+xml;base64,${btoa(logo([[0, 0, 0, 2]]))}`;
    await page.setContent(`<meta name="color-scheme" content="light dark"><body style="margin:0"><img src="${href}">`);
    await page.locator('img').evaluate((image) => (image as unknown as { decode(): Promise<void> }).decode());
    const { data, width, channels } = decode(await page.locator('img').screenshot());
    const lightness = Array.from({ length: width * 20 }, (_, i) => data[i * channels]); // the name of the axis in its top rows
    expect(lightness[0] > 128).toBe(scheme === 'light');
    expect(Math.max(...lightness) - Math.min(...lightness)).toBeGreaterThan(150);
  });

  /** The colour at a place of a picture. */
  async function pixelsOf(svg: string, paper: Rgb, ink: Rgb): Promise<(x: number, y: number) => number[]> {
    await page.setContent(`<body style="margin:0;background:rgb(${paper});color:rgb(${ink})">${svg}`);
    const { data, width, channels } = decode(await page.locator('svg').screenshot());
    return (x, y) => [0, 1, 2].map((i) => data[(y * width + x) * channels + i]);
  }
});
