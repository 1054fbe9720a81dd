import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,apps}/*/test/**/*.test.ts', '{benchmarks,scripts}/test/**/*.test.ts'],
    env: { HAIRPIN_DEVICE: process.env.HAIRPIN_DEVICE ?? 'cpu' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
