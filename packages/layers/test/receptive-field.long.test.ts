import { describe, it } from 'vitest';
import { checkEnds, checkSupport } from './receptive-field';

describe('the receptive field', () => {
  it('is where the gradient of an output is not 0, for 2 000 random stacks', () => checkSupport(2000));
  it('is cut off at the ends, for 1 000 random stacks', () => checkEnds(1000));
});
