import { Rng } from '@hairpin/tensors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Automaton,
  automatonAgreement,
  automatonIsomorphism,
  automatonOutput,
  automatonStates,
  distinguishingWord,
  minimizeAutomaton,
  motifAutomaton,
} from '../../src/index';

const acg = motifAutomaton('ACG');

/** All words of a length over an alphabet. */
const wordsOf = (letters: string, length: number): string[] =>
  length === 0 ? [''] : wordsOf(letters, length - 1).flatMap((word) => [...letters].map((letter) => word + letter));

const random = (states: number, letters: string): fc.Arbitrary<Automaton> =>
  fc.record({
    letters: fc.constant(letters),
    start: fc.nat(states - 1),
    next: fc.array(fc.array(fc.nat(states - 1), { minLength: letters.length, maxLength: letters.length }), {
      minLength: states,
      maxLength: states,
    }),
    outputs: fc.array(fc.nat(1), { minLength: states, maxLength: states }),
  });

describe('motifAutomaton', () => {
  it('of ACG falls back to what it has read', () => {
    expect(acg.next).toEqual([
      [1, 0, 0, 0],
      [1, 2, 0, 0], // A after A stays
      [1, 0, 3, 0], // A after AC goes back to 1
      [3, 3, 3, 3],
    ]);
    expect(acg.outputs).toEqual([0, 0, 0, 1]);
    expect([...automatonStates(acg, 'AACACGT')]).toEqual([0, 1, 1, 2, 1, 2, 3, 3]);
  });

  it('answers whether a word holds the motif', () => {
    for (const motif of ['ACG', 'AA', 'ACAC', 'TATA']) {
      const automaton = motifAutomaton(motif);
      for (const word of wordsOf('ACGT', 6))
        expect(automatonOutput(automaton, word)).toBe(Number(word.includes(motif)));
    }
  });

  it('that goes on answers whether a word ends with the motif', () => {
    const automaton = motifAutomaton('ABA', { letters: 'AB', absorbing: false });
    for (const word of wordsOf('AB', 9)) expect(automatonOutput(automaton, word)).toBe(Number(word.endsWith('ABA')));
  });

  it('refuses letters that it does not know', () => {
    expect(() => motifAutomaton('ACN')).toThrow('motifAutomaton: expected a motif of ACGT, got ACN');
    expect(() => motifAutomaton('')).toThrow('got none');
    expect(() => automatonStates(acg, 'ACX')).toThrow('expected letters of ACGT, got X at 2');
  });
});

describe('minimizeAutomaton', () => {
  it('merges what no word tells apart and leaves out what is never reached', () => {
    // The parity of As, each state twice, and a state that nothing leads to.
    const parity = { letters: 'AB', start: 1, next: [[2, 1], [3, 0], [1, 3], [0, 2], [4, 4]], outputs: [0, 0, 1, 1, 1] }; // prettier-ignore
    expect(minimizeAutomaton(parity)).toEqual({ letters: 'AB', start: 0, next: [[1, 0], [0, 1]], outputs: [0, 1] }); // prettier-ignore
  });

  it('leaves four states of ACG, in the order in which they are met', () => {
    expect(minimizeAutomaton(acg)).toEqual(acg);
  });

  it('keeps every output, and makes equivalent automata equal', () => {
    fc.assert(
      fc.property(random(6, 'AB'), random(3, 'AB'), (a, b) => {
        const minimal = minimizeAutomaton(a);
        for (const word of wordsOf('AB', 7)) expect(automatonOutput(minimal, word)).toBe(automatonOutput(a, word));
        expect(minimizeAutomaton(minimal)).toEqual(minimal);
        expect(distinguishingWord(a, minimal)).toBeUndefined();
        const areEqual = JSON.stringify(minimal) === JSON.stringify(minimizeAutomaton(b));
        expect(distinguishingWord(a, b) === undefined).toBe(areEqual);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each<[Partial<Automaton>, string]>([
    [{ start: 4 }, 'no state 4 to start from, there are 4'],
    [{ outputs: [0] }, 'expected outputs of 4 states, got 1'],
    [{ letters: 'AACG' }, 'letters that are all different, got AACG'],
    [{ letters: 'ACG' }, 'for each letter of ACG after state 0, got [1, 0, 0, 0]'],
  ])('refuses %o', (change, message) => {
    expect(() => minimizeAutomaton({ ...acg, ...change })).toThrow(message);
  });
});

describe('distinguishingWord', () => {
  it('is a shortest one: AACG tells the automaton that falls back from the one that does not', () => {
    const forgetful = { ...acg, next: acg.next.map((row, s) => (s === 1 ? [0, 2, 0, 0] : row)) }; // A after A: to 0
    expect(distinguishingWord(acg, forgetful)).toBe('AACG');
    expect(distinguishingWord(acg, { ...acg, outputs: [1, 0, 0, 1] })).toBe('');
  });

  it('does not mind the order of the letters', () => {
    const other = motifAutomaton('ACG', { letters: 'TGCA' });
    expect(distinguishingWord(acg, other)).toBeUndefined();
    expect(automatonIsomorphism(acg, other)).toEqual([0, 1, 2, 3]);
    expect(() => distinguishingWord(acg, motifAutomaton('A', { letters: 'AC' }))).toThrow('got ACGT and AC');
  });
});

describe('automatonIsomorphism', () => {
  it('says which state is which', () => {
    const places = [2, 0, 3, 1]; // of the states of acg
    const moved: Automaton = {
      ...{ letters: 'ACGT', start: 2 },
      next: places.map((_, place) => acg.next[places.indexOf(place)].map((state) => places[state])),
      outputs: places.map((_, place) => acg.outputs[places.indexOf(place)]),
    };
    expect(automatonIsomorphism(acg, moved)).toEqual(places);
  });

  it('is none where states are missing, superfluous or answer otherwise', () => {
    const doubled = { letters: 'A', start: 0, next: [[1], [0]], outputs: [0, 0] };
    const single = { letters: 'A', start: 0, next: [[0]], outputs: [0] };
    expect(automatonIsomorphism(doubled, single)).toBeUndefined();
    expect(automatonIsomorphism(single, doubled)).toBeUndefined();
    expect(automatonIsomorphism(single, { ...single, outputs: [1] })).toBeUndefined();
    expect(automatonIsomorphism(single, { ...single, next: [[0], [0]], outputs: [0, 0] })).toBeUndefined();
  });
});

describe('automatonAgreement', () => {
  it('counts words, and names the first that differs', () => {
    expect(automatonAgreement(acg, ['ACG', 'A', 'TACGT', 'AACG'], [1, 0, 0, 0])).toEqual({
      fraction: 0.5,
      disagreement: 'TACGT',
    });
    expect(automatonAgreement(acg, ['ACG'], [1])).toEqual({ fraction: 1 });
    expect(() => automatonAgreement(acg, ['ACG'], [])).toThrow('got 0 for 1');
  });

  it('reads a stream of a million letters', () => {
    const rng = new Rng(1);
    const stream = Array.from({ length: 10 ** 6 }, () => rng.choice('CGT')).join('');
    expect(automatonOutput(acg, stream)).toBe(0);
    expect(automatonOutput(acg, stream + 'ACG' + stream)).toBe(1);
  });
});
