import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceWith, simulateLetters } from '../../src/index';
import { distinctFrom } from '../../src/random-source';
import { drawPlaces } from '../../src/simulators/places';
import { placesOf } from '../../src/simulators/sequence-with';

describe('distinctFrom', () => {
  it('makes every choice of 2 from 5 as likely', () => {
    const rng = new Rng(1);
    const seen = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const key = distinctFrom(rng, 2, 5).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(10);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150); // 5 standard deviations of 30
  });
});

describe('drawPlaces', () => {
  it('keeps order, distance and room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 20 }),
        fc.nat(),
        (widths, apartBp, spare, seed) => {
          const taken = widths.reduce((sum, width) => sum + width, 0) + apartBp * Math.max(widths.length - 1, 0);
          const places = drawPlaces(widths, taken + spare, new Rng(seed), { apartBp });
          let free = 0;
          places.forEach((place, i) => {
            expect(place).toBeGreaterThanOrEqual(free);
            free = place + widths[i] + apartBp;
          });
          if (widths.length > 0) expect(free - apartBp).toBeLessThanOrEqual(taken + spare);
        },
      ),
    );
  });

  it('places two elements of widths 1 and 2 in 5 letters in all six ways, each as often', () => {
    const rng = new Rng(3);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = drawPlaces([1, 2], 5, rng).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3']);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('says what does not fit', () => {
    expect(() => drawPlaces([4, 4], 8, new Rng(1), { apartBp: 1 })).toThrow('elements of 9 bp do not fit into 8 bp');
  });
});

describe('sequenceWith', () => {
  it('has its elements, and the words to be avoided nowhere else', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 60 }), (seed, position) => {
        const rng = new Rng(seed);
        const avoid = ['ACG', 'CGT', 'AA'];
        const background = simulateLetters(70, rng);
        const sequence = sequenceWith(background, { rng, elements: [{ position, letters: 'TACGT' }], avoid });
        expect(sequence).toHaveLength(70);
        expect(sequence.slice(position, position + 5)).toBe('TACGT');
        expect(placesOf('ACG', sequence)).toEqual([position + 1]);
        expect(placesOf('CGT', sequence)).toEqual([position + 2]);
        expect(placesOf('AA', sequence)).toEqual([]);
      }),
    );
  });

  it('leaves a background without such words as it is', () => {
    expect(
      sequenceWith('CCCCCCCC', { rng: new Rng(1), elements: [{ position: 2, letters: 'GG' }], avoid: ['A'] }),
    ).toBe('CCGGCCCC');
  });

  it('says what cannot be', () => {
    const rng = new Rng(1);
    expect(() => sequenceWith('ACGT', { rng, elements: [], avoid: [...'ACGT'] })).toThrow(
      'A, C, G, T cannot be avoided in 4 letters',
    );
    expect(() => sequenceWith('CCCC', { rng, elements: [{ position: 3, letters: 'GG' }] })).toThrow(
      'sequenceWith: GG at 3 is outside of 4 letters',
    );
    const elements = [
      { position: 0, letters: 'CA' },
      { position: 2, letters: 'AC' },
    ];
    expect(() => sequenceWith('CCCC', { rng, elements, avoid: ['AA'] })).toThrow('the elements make AA at 1');
  });
});
