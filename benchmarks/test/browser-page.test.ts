import { expect, it } from 'vitest';
import { bundle } from '../../scripts/browser/bundle.mjs';
import { pagePath, replace } from '../src/browser';

it('the page of the benchmarks is bundled with nothing of Node, and with the library of onnxruntime-web', async () => {
  const files = await bundle(pagePath, { replace });
  expect(files.has('entry.js')).toBe(true);
  expect([...files.keys()].filter((name) => name.endsWith('.wasm')).length).toBeGreaterThan(0);
});
