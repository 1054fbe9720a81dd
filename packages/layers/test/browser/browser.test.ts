import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hasChromium, runInChromium } from '../../../../scripts/browser/chromium';

const page = fileURLToPath(new URL('page.ts', import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

it.skipIf(!hasChromium && !isDemanded)("Keras' files are read in headless Chromium", { timeout: 120_000 }, async () => {
  expect(await runInChromium(page, { timeoutMs: 110_000 })).toEqual({ passed: 2, failed: [] });
});
