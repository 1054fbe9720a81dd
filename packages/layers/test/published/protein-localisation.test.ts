import { describe, it } from 'vitest';
import { hasData } from '../data';
import { checkNetwork } from './localisation';

/*
 * protein-localisation.long.test.ts goes through all proteins, and says how many are right: 400 steps both ways take long
 * on the CPU.
 */
describe.skipIf(!hasData)('published networks of protein localisation, from Lasagne', () => {
  it.each(['FFN', 'CNN'])('%s, all proteins', (name) => checkNetwork(name));
  it.each(['CNN-LSTM', 'CNN-LSTM-Attention'])('%s, the first 64 proteins', (name) => checkNetwork(name, 64));
});
