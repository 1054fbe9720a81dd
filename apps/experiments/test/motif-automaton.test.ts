import { motifAutomaton, runAutomaton } from '@hairpin/bio';
import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handSet, stateOf } from '../src/motif-automaton/hand-set';
import { statesOf } from '../src/motif-automaton/look-inside';
import { allStrings, withoutFallBack } from '../src/motif-automaton/misread';

beforeAll(async () => setDefaultDevice(await openDevice('cpu')));
afterAll(() => setDefaultDevice(undefined));

it('a net set by hand falls back to the middle of a motif that overlaps itself', async () => {
  const { values, shape } = await statesOf(handSet('AACAAT'), ['AACAACAATG']);
  const after = Array.from({ length: 11 }, (_, t) => stateOf(values.subarray(t * shape[2], (t + 1) * shape[2])));
  expect(after).toEqual([0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 6]); // C after AACAA: AAC is a beginning
});

it('a machine without fall-backs overlooks AACG, and only strings in which a beginning comes too early', () => {
  const [whole, naive] = [motifAutomaton('ACG'), withoutFallBack(motifAutomaton('ACG'))];
  const strings = [...allStrings(4)].flat();
  expect([strings.length, strings[0], strings[27], strings.at(-1)]).toEqual([256, 'AAAA', 'ACGT', 'TTTT']);
  const differs = strings.filter((one) => runAutomaton(naive, one)[3] !== 3 && runAutomaton(whole, one)[3] === 3);
  expect(differs).toEqual(['AACG']);
});
