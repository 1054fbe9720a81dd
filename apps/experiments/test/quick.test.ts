import { openDevice } from '@hairpin/tensors';
import { describe } from 'vitest';
import { experiments } from '../src/index';
import { checkQuickRun } from './quick';

const cpu = await openDevice('cpu');

describe('a quick run on the CPU', () => {
  for (const experiment of experiments) checkQuickRun(experiment, cpu);
});
