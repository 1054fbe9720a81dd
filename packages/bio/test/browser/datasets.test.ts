import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bundle } from '../../../../scripts/browser/bundle.mjs';
import { hasChromium, openInChromium } from '../../../../scripts/browser/chromium';
import { outcomeKey } from '../../../../scripts/browser/page';
import { FileServer } from '../datasets/file-server';
import { noise } from '../datasets/noise';
import { fileOf, setOf } from '../datasets/support';

const entry = fileURLToPath(new URL('datasets-page.ts', import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

const bytes = noise(6_000_000);
const headers = { 'access-control-allow-origin': '*' }; // and no more: the page must do without a preflight

it('a page that loads data sets does not load the engine', { timeout: 120_000 }, async () => {
  const text = [...(await bundle(entry, { minify: true })).values()].join('');
  console.log(`data sets of @hairpin/bio: ${(text.length / 1000).toFixed(1)} kB minified, checksums and all`);
  expect(text).toContain('mito_mammals41');
  expect(/createComputePipeline|requestAdapter|WebAssembly/.exec(text)?.[0]).toBe(undefined);
});

it.skipIf(!hasChromium && !isDemanded)(
  'data sets are downloaded and kept in headless Chromium',
  { timeout: 120_000 },
  async () => {
    let arrived = 0;
    const cut = (n: number) => (n === 1 ? 5_000_000 : undefined);
    const broken = await FileServer.of({ bytes, headers, etag: '"one"', cut, arrived: () => arrived });
    const plain = await FileServer.of({ bytes, headers, etag: '"one"' });
    const { page, url, close } = await openInChromium(entry);
    try {
      const set = setOf([fileOf(bytes, { url: broken.url })]);
      const wrong = setOf([fileOf(noise(6_000_000, 2), { url: plain.url })]);
      await page.exposeFunction('reportReceived', (received: number) => void (arrived = received));
      await page.goto(`${url}#${encodeURIComponent(JSON.stringify({ set, wrong, url: plain.url }))}`);
      expect(await page.evaluate(`globalThis.${outcomeKey}`)).toEqual({ passed: 4, failed: [] });
      const asked = [0, 5_000_000].map((start) => ({ method: 'GET', range: `bytes=${start}-` }));
      expect(broken.asked).toEqual(asked); // without If-Range, which would need a preflight
    } finally {
      await close();
      await Promise.all([broken.close(), plain.close()]);
    }
  },
);
