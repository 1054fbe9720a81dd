import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundle } from '../../../../scripts/browser/bundle.mjs';
import { hasChromium, runInChromium } from '../../../../scripts/browser/chromium';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

it('a page that only reads files does not load the engine', { timeout: 120_000 }, async () => {
  const files = await bundle(pathOf('parsers.ts'), { minify: true });
  const text = [...files.values()].join('');
  const [bytes, packed] = [text.length, gzipSync(text).length];
  console.log(
    `parsers of @hairpin/bio: ${(bytes / 1000).toFixed(1)} kB minified, ${(packed / 1000).toFixed(1)} kB as gzip`,
  );
  expect(text.includes('not bigWig')).toBe(true);
  expect(/createComputePipeline|requestAdapter|WebAssembly/.exec(text)?.[0]).toBe(undefined);
  expect(bytes).toBeLessThan(60_000);
});

it.skipIf(!hasChromium && !isDemanded)('files are read in headless Chromium', { timeout: 120_000 }, async () => {
  expect(await runInChromium(pathOf('page.ts'), { timeoutMs: 110_000 })).toEqual({ passed: 5, failed: [] });
});
