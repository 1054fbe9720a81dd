import { discoverDefaults } from '@hairpin/experiments';
import { expect, it } from 'vitest';

it('times the net that discover trains: one with options that the benchmark leaves out needs a new benchmark', () => {
  expect(discoverDefaults.model).toMatchObject({ hidden: 0, dropout: 0, weightDecay: 0 });
});
