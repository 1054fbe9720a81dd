import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hasChromium, runInChromium } from '../../../../scripts/browser/chromium';

const page = fileURLToPath(new URL('page.ts', import.meta.url));
const isDemanded = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

it.skipIf(!hasChromium && !isDemanded)('the contracts hold in headless Chromium', { timeout: 600_000 }, async () => {
  const outcome = await runInChromium(page, { timeoutMs: 580_000 });
  expect(outcome.failed).toEqual([]);
  expect(outcome.passed).toBeGreaterThan(0);
});
