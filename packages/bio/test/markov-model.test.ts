import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { collectFasta, MarkovModel, protein, reverseComplement, simulateLetters } from '../src/index';
import { dataFolder, dataPath } from './support';

/** A model that has read these. */
function reader(options: ConstructorParameters<typeof MarkovModel>[0], ...sequences: string[]): MarkovModel {
  const model = new MarkovModel(options);
  for (const sequence of sequences) model.learn(sequence);
  return model;
}

describe('an interpolated Markov model', () => {
  it('draws what was seen towards what shorter contexts say, by hand', () => {
    const model = reader({ order: 1, strength: 2 }, 'ACAAC');
    // order 0: A (3 + 2/4)/7 = 1/2, C (2 + 2/4)/7 = 5/14, G and T 1/14; after A: C twice, A once
    expect([...model.after('')]).toEqual([1 / 2, 5 / 14, 1 / 14, 1 / 14].map((p) => expect.closeTo(p, 12)));
    const afterA = [(1 + 1) / 5, (2 + 5 / 7) / 5, 1 / 35, 1 / 35];
    expect([...model.after('A')]).toEqual(afterA.map((p) => expect.closeTo(p, 12)));
    expect(model.after('GGA')).toEqual(model.after('A'));
    expect(model.after('G')).toEqual(model.after('')); // never seen
  });

  it('scores a letter by each order at once', () => {
    const { bits, letters } = reader({ order: 1, strength: 2 }, 'ACAAC').score(['AC']);
    expect(letters).toBe(2);
    expect(bits[0]).toBeCloseTo(-(Math.log2(1 / 2) + Math.log2(5 / 14)) / 2, 12);
    expect(bits[1]).toBeCloseTo(-(Math.log2(1 / 2) + Math.log2((2 + 5 / 7) / 5)) / 2, 12); // the first A has no context
  });

  it('of each order is the model of that order', () => {
    const [known, other] = [1, 2].map((seed) => simulateLetters(500, new Rng(seed)));
    const { bits } = reader({ order: 4 }, known).score([other]);
    for (const order of [0, 2, 3]) expect(reader({ order }, known).score([other]).bits[order]).toBe(bits[order]);
  });

  it('gives probabilities that sum to 1, for any alphabet', () => {
    const model = reader({ order: 3, alphabet: protein, strength: 0.5 }, 'MKVLAAGMKVMKVL');
    for (const context of ['', 'MK', 'MKV', 'WWW'])
      expect(model.after(context).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(Math.max(...model.after('MK'))).toBe(model.after('MK')[[...protein.letters].indexOf('V')]);
  });

  it('neither counts nor scores what is unknown, and looks back no further', () => {
    expect(reader({ order: 2 }, 'ACNGT').after('CN')).toEqual(reader({ order: 2 }, 'ACNGT').after(''));
    expect(reader({ order: 2 }, 'AC', 'GT').after('AC')).toEqual(reader({ order: 2 }, 'ACNGT').after('AC'));
    expect(reader({ order: 2 }, 'ACGT').score(['NN'])).toEqual({ bits: new Float64Array(3).fill(NaN), letters: 0 });
  });

  it('reads a circle the same from wherever it was cut', () => {
    const circle = simulateLetters(200, new Rng(3));
    const turned = circle.slice(70) + circle.slice(0, 70);
    const scores = [circle, turned].map((s) => reader({ order: 5, isCircular: true }, s).score([turned]).bits);
    scores[0].forEach((bits, order) => expect(bits).toBeCloseTo(scores[1][order], 12));
  });

  it('says which orders and strengths there are', () => {
    expect(() => new MarkovModel({ order: -1 })).toThrow('order to be a whole number from 0 on, got -1');
    expect(() => new MarkovModel({ order: 1, strength: 0 })).toThrow('strength to be above 0, got 0');
  });

  it.skipIf(!dataFolder)('foretells the mitochondria of mammals that it has not read', async () => {
    const genomes = await collectFasta(readFileSync(dataPath('mito_mammals41/genomes.fasta.gz')), {
      source: 'mammals',
    });
    const strands = genomes.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ sequence }) => [sequence, reverseComplement(sequence)]); // prettier-ignore
    const part = (isHeldOut: boolean) => strands.filter((_, i) => (i % 5 === 4) === isHeldOut).flat();
    const { bits } = reader({ order: 12, isCircular: true }, ...part(false)).score(part(true));
    expect(bits[5]).toBeCloseTo(1.92, 2);
    expect(bits[12]).toBeCloseTo(1.38, 1); // relatives of what was held out were read
  });
});
