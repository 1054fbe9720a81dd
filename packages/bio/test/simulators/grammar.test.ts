import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { reverseComplement, simulateMotifGrammar, simulateMotifOrder, simulateMotifPresence } from '../../src/index';
import { placesOf } from '../../src/simulators/sequence-with';
import { mean } from './statistics';

const [A, B] = ['GATAAG', 'GGAAGT'];
const onBoth = (word: string, sequence: string) =>
  placesOf(word, sequence).length + placesOf(reverseComplement(word), sequence).length;

describe('simulateMotifPresence', () => {
  it('has both motifs or none', () => {
    const { sequences, labels, places } = simulateMotifPresence({ rng: new Rng(1), count: 400 });
    sequences.forEach((sequence, i) => {
      expect([onBoth(A, sequence), onBoth(B, sequence)]).toEqual(labels[i] ? [1, 1] : [0, 0]);
      if (labels[i]) expect([sequence.indexOf(A), sequence.indexOf(B)]).toEqual(places[i]);
    });
    const first = places.filter((_, i) => labels[i]).filter(([a, b]) => a < b).length;
    expect(Math.abs(first - 100)).toBeLessThan(36); // 5 standard deviations of 7.1
  });
});

describe('simulateMotifOrder', () => {
  const { sequences, labels, places, kinds } = simulateMotifOrder({ rng: new Rng(2), count: 1000 });

  it('has each motif exactly once, on one strand, in positives and negatives alike', () => {
    for (const sequence of sequences) {
      expect([placesOf(A, sequence).length, placesOf(B, sequence).length]).toEqual([1, 1]);
      expect([onBoth(A, sequence), onBoth(B, sequence)]).toEqual([1, 1]);
    }
  });

  it('tells them apart by order alone: a pair has its motifs in the same two places', () => {
    expect(mean(labels)).toBe(0.5);
    for (let i = 0; i < 1000; i += 2) {
      expect(labels[i]).toBe(1);
      expect(kinds[i + 1]).toBe('order');
      expect(places[i][0]).toBeLessThan(places[i][1]);
      expect([...places[i + 1]].reverse()).toEqual(places[i]);
      expect([sequences[i].indexOf(A), sequences[i].indexOf(B)]).toEqual(places[i]);
      expect([sequences[i + 1].indexOf(A), sequences[i + 1].indexOf(B)]).toEqual(places[i + 1]);
    }
  });

  it('keeps motifs as far apart and from the ends as is asked', () => {
    const room = { rng: new Rng(5), count: 600, lengthBp: 40, apartBp: 7, marginBp: 5 };
    const pairs = simulateMotifOrder(room).places.map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    const [gaps, before, after] = [
      pairs.map(([a, b]) => b - a - 6),
      pairs.map(([a]) => a),
      pairs.map(([, b]) => 34 - b),
    ];
    expect([gaps, before, after].map((letters) => Math.min(...letters))).toEqual([7, 5, 5]);
    const spaced = simulateMotifGrammar({
      rng: new Rng(5),
      count: 600,
      lengthBp: 44,
      spacingBp: 16,
      mostOffBp: 3,
      marginBp: 8,
    });
    expect(Math.min(...spaced.places.flat())).toBe(8);
    expect(Math.max(...spaced.places.flat())).toBe(44 - 8 - 6);
  });

  it('refuses motifs that a strand exchanges', () => {
    const rng = new Rng(1);
    expect(() => simulateMotifOrder({ rng, motifs: ['CACGTG', 'GATAAG'] })).toThrow('differ on either strand');
    expect(() => simulateMotifOrder({ rng, motifs: ['GATAAG', 'CTTATC'] })).toThrow('differ on either strand');
    expect(() => simulateMotifOrder({ rng, motifs: ['GATAAG', 'GATA'] })).toThrow('of equal length');
    expect(() => simulateMotifOrder({ rng, lengthBp: 12 })).toThrow('elements of 13 bp do not fit into 12 bp');
  });
});

describe('simulateMotifGrammar', () => {
  const { sequences, labels, places, kinds } = simulateMotifGrammar({ rng: new Rng(3), count: 1200, spacingBp: 16 });

  it('has the second motif ten letters behind the first in positives only', () => {
    const rule = new RegExp(`${A}[ACGT]{10}${B}`);
    sequences.forEach((sequence, i) => expect(rule.test(sequence)).toBe(labels[i] === 1));
    sequences.forEach((sequence) => expect([onBoth(A, sequence), onBoth(B, sequence)]).toEqual([1, 1]));
  });

  it('does one thing wrong in each negative', () => {
    sequences.forEach((sequence, i) => {
      const [a, b] = places[i];
      expect(sequence.slice(a, a + 6)).toBe(A);
      expect(sequence.slice(b, b + 6)).toBe(kinds[i] === 'strand' ? reverseComplement(B) : B);
      if (kinds[i] === 'order') expect(a - b).toBe(16);
      if (kinds[i] === 'strand') expect(b - a).toBe(16);
      if (kinds[i] === 'spacing') expect(b - a !== 16 && b - a >= 6 && b - a <= 26).toBe(true);
    });
    for (const kind of ['order', 'strand', 'spacing']) {
      expect(Math.abs(kinds.filter((own) => own === kind).length - 200)).toBeLessThan(58); // 5 standard deviations of 11.5
    }
  });

  it('refuses motifs that would overlap', () => {
    expect(() => simulateMotifGrammar({ rng: new Rng(1), mostOffBp: 0 })).toThrow('mostOffBp of at least 1');
    expect(() => simulateMotifGrammar({ rng: new Rng(1), spacingBp: 5 })).toThrow('cannot begin 5 bp apart');
  });
});
