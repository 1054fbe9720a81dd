import { describe, it } from 'vitest';
import { contracts } from './contracts';
import { checkOneByOne, hybrid } from './hybrid';

describe('a padded batch is its rows one by one, values and gradients, to 1e-6', () => {
  it.each(hybrid)('%s', (_, sample) => checkOneByOne(sample, 1e-6));
});

contracts(hybrid.map(([name, sample]) => [name, sample]));
