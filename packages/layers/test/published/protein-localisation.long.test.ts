import { describe, it } from 'vitest';
import { hasData } from '../data';
import { checkNetwork, networkNames } from './localisation';

describe.skipIf(!hasData)('published networks of protein localisation, from Lasagne', () => {
  it.each(networkNames)('%s, all proteins', (name) => checkNetwork(name));
});
