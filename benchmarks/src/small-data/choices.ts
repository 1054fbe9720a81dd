import { discoverDefaults, type ModelOptions } from '@hairpin/experiments';

const wide = { ...discoverDefaults.model, filters: 64, width: 24, learningRate: 0.005 };

/** The settings between which cross-validation on the training part decides (`--choose`). */
export const choices = {
  'as discover has it': discoverDefaults.model,
  wide: { ...wide, dropout: 0.2 },
  'wide, hidden layer': { ...wide, dropout: 0.2, hidden: 32 },
  'wide, hidden layer, more dropout': { ...wide, dropout: 0.5, hidden: 32 },
} satisfies Record<string, ModelOptions>;

/** What it chose. */
export const chosen: keyof typeof choices = 'wide, hidden layer';
