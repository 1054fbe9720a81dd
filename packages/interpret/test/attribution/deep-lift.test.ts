import { openDevice } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { errorsOf } from './completeness';
import { models } from './models';

const cpu = await openDevice('cpu');

describe('DeepLIFT with Rescale adds up to the last digit (CPU, f64)', () => {
  it.each(Object.keys(models))('%s', async (name) => {
    const { rescale, plain } = await errorsOf(name, 'f64', cpu);
    console.log(`${name}: Rescale ${rescale.toExponential(1)}, input × gradient ${plain.toExponential(1)}`);
    expect(rescale).toBeLessThan(1e-10);
  });
});
