import { defineConfig } from 'vitest/config';

/** Where a GPU is used: all of the engine's own tests, and files that say so in their name. */
const webgpu = ['packages/tensors/test/**/*.test.ts', '{packages,apps}/*/test/**/*.webgpu.test.ts'];
const everything = ['{packages,apps}/*/test/**/*.test.ts', '{benchmarks,scripts}/test/**/*.test.ts'];
const long = ['**/*.long.test.ts'];
const nowhere = ['**/node_modules/**', '**/dist/**'];

const shared = {
  pool: 'forks',
  env: { HAIRPIN_DEVICE: process.env.HAIRPIN_DEVICE ?? 'cpu' }, // the default device; device tests name their own
} as const;

/** Two files at a time: without a GPU, what takes long is the compiling of shaders, which uses one core. */
const bounded = [
  { name: 'cpu', include: everything, exclude: [...nowhere, ...webgpu, ...long], maxWorkers: 2, testTimeout: 60_000 },
  { name: 'webgpu', include: webgpu, exclude: [...nowhere, ...long], maxWorkers: 2, testTimeout: 240_000 },
];

/** `npm run test:long`: the full counts that would make `npm test` too slow. */
const unbounded = [{ name: 'long', include: long, exclude: nowhere, maxWorkers: 1, testTimeout: 3_600_000 }];

const projects = process.env.HAIRPIN_LONG === '1' ? unbounded : bounded;

export default defineConfig({
  test: {
    projects: projects.map((test, groupOrder) => ({ test: { ...shared, ...test, sequence: { groupOrder } } })),
  },
});
