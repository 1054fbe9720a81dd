import { describe, it } from 'vitest';
import { chains, checkChain } from './chain';

describe('a batch of unequal lengths is its rows one by one, through', () => {
  it.each(Object.entries(chains))('%s', (_, make) => checkChain(make));
});
