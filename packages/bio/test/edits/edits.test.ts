import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectFasta,
  complement,
  cutWindows,
  encodedTensors,
  gcMatchedNegatives,
  insert,
  maskRandomly,
  oneHot,
  protein,
  randomMutations,
  remove,
  reverse,
  reverseComplement,
  reverseComplementEncoded,
  reverseComplementTensors,
  rna,
  simulateGenome,
  substitute,
  trackOf,
  windows,
  withTracks,
} from '../../src/index';
import { dataFolder, dataPath } from '../support';

const seed = { seed: 8, numRuns: 300 };
const bases = fc.stringMatching(/^[ACGTacgtN]{0,40}$/);

describe('reverseComplementEncoded with further channels', () => {
  it('turns tracks and soft masks with the letters', () => {
    fc.assert(
      fc.property(fc.array(bases), fc.nat(), (sequences, number) => {
        const rng = new Rng(number);
        const track = sequences.map(({ length }) => Array.from({ length }, () => rng.integer(100)));
        const policy = { unknown: 'channel', lowerCase: 'channel' } as const;
        const turned = withTracks(
          oneHot(
            sequences.map((s) => reverseComplement(s)),
            policy,
          ),
          { methylation: track.map((t) => t.toReversed()) },
        );
        expect(reverseComplementEncoded(withTracks(oneHot(sequences, policy), { methylation: track }))).toEqual(turned);
      }),
      seed,
    );
  });

  it('swaps what belongs to the strands', () => {
    const x = withTracks(oneHot(['AC'], { unknown: 'zeros', lowerCase: 'same' }), {
      plus: [[1, 2]],
      minus: [[3, 4]],
      both: [[5, 6]],
    });
    const turned = reverseComplementEncoded(x, undefined, { swap: [['plus', 'minus']] });
    expect(['plus', 'minus', 'both'].map((name) => [...trackOf(turned, name)[0]])).toEqual([
      [4, 3],
      [2, 1],
      [6, 5],
    ]);
    expect(() => reverseComplementEncoded(x, undefined, { swap: [['plus', 'minis']] })).toThrow(
      "no channel 'minis'; there are plus",
    );
  });
});

describe('insert, substitute and remove', () => {
  it('do what they say', () => {
    expect([insert('ACGT', 2, 'tt'), insert('AC', 0, 'g'), insert('AC', 2, 'g')]).toEqual(['ACttGT', 'gAC', 'ACg']);
    expect([substitute('ACGT', 1, 'tt'), substitute('ACGT', 4, '')]).toEqual(['AttT', 'ACGT']);
    expect([remove('ACGT', 1, 3), remove('ACGT', 2, 2)]).toEqual(['AT', 'ACGT']);
    expect(() => insert('AC', 3, 'g')).toThrow('insert: expected positions within 0 and 2, got 3 to 3');
    expect(() => substitute('AC', 1, 'gg')).toThrow('substitute: expected positions within 0 and 2, got 1 to 3');
    expect(() => remove('AC', 1, 0)).toThrow('remove: expected positions within 0 and 2, got 1 to 0');
  });

  it('undo each other', () => {
    fc.assert(
      fc.property(bases, bases, fc.nat(), (sequence, letters, n) => {
        const at = n % (sequence.length + 1);
        const inserted = insert(sequence, at, letters);
        expect(remove(inserted, at, at + letters.length)).toBe(sequence);
        const hidden = substitute(inserted, at, 'x'.repeat(letters.length));
        expect(substitute(hidden, at, letters)).toBe(inserted);
        expect(hidden).toHaveLength(inserted.length);
      }),
      seed,
    );
  });
});

describe('randomMutations', () => {
  it('says what it did', () => {
    const rate = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(bases, rate, rate, rate, fc.nat(), (sequence, substitution, insertion, deletion, number) => {
        const options = { rng: new Rng(number), substitution, insertion, deletion };
        const { sequence: mutated, mutations } = randomMutations(sequence, options);
        let replayed = sequence;
        for (const { position, from, to } of mutations.toReversed()) {
          // from the end, so that positions stay
          expect(replayed.slice(position, position + from.length)).toBe(from);
          expect(from.toUpperCase()).not.toBe(to.toUpperCase());
          replayed = replayed.slice(0, position) + to + replayed.slice(position + from.length);
        }
        expect(replayed).toBe(mutated);
      }),
      seed,
    );
  });

  it('mutates at the rates given, to each other letter alike', () => {
    const { mutations } = randomMutations('A'.repeat(30_000), {
      rng: new Rng(3),
      substitution: 0.1,
      insertion: 0.05,
      deletion: 0.02,
    });
    const count = (test: (m: { from: string; to: string }) => boolean) => mutations.filter(test).length;
    const within = (got: number, expected: number) =>
      expect(Math.abs(got - expected)).toBeLessThan(4 * Math.sqrt(expected));
    within(
      count(({ from }) => from === ''),
      1500,
    );
    within(
      count(({ to }) => to === ''),
      600,
    );
    for (const letter of 'CGT')
      within(
        count(({ from, to }) => from === 'A' && to === letter),
        1000,
      );
  });

  it('refuses what are no probabilities', () => {
    expect(() => randomMutations('A', { rng: new Rng(1), substitution: 0.7, deletion: 0.4 })).toThrow('at most 1');
  });
});

describe('windows', () => {
  const cases: [length: number, options: Parameters<typeof windows>[1], spans: number[][]][] = [
    [
      10,
      { width: 4 },
      [
        [0, 4],
        [4, 8],
      ],
    ],
    [
      10,
      { width: 4, rest: 'short' },
      [
        [0, 4],
        [4, 8],
        [8, 10],
      ],
    ],
    [
      10,
      { width: 4, rest: 'overlap' },
      [
        [0, 4],
        [4, 8],
        [6, 10],
      ],
    ],
    [
      10,
      { width: 4, step: 3 },
      [
        [0, 4],
        [3, 7],
        [6, 10],
      ],
    ],
    [
      8,
      { width: 4, rest: 'overlap' },
      [
        [0, 4],
        [4, 8],
      ],
    ],
    [3, { width: 4 }, []],
    [3, { width: 4, rest: 'overlap' }, []],
    [3, { width: 4, rest: 'short' }, [[0, 3]]],
    [0, { width: 4, rest: 'short' }, []],
    [
      9,
      { width: 2, step: 5 },
      [
        [0, 2],
        [5, 7],
      ],
    ],
  ];
  for (const [length, options, spans] of cases) {
    it(`${length} letters, ${JSON.stringify(options)}`, () => {
      expect(windows(length, options).map(({ start, end }) => [start, end])).toEqual(spans);
    });
  }

  it('tile: joined, short rest included, they are the sequence', () => {
    fc.assert(
      fc.property(bases, fc.integer({ min: 1, max: 12 }), (sequence, width) => {
        expect(cutWindows(sequence, { width, rest: 'short' }).join('')).toBe(sequence);
        const overlapping = windows(sequence.length, { width, rest: 'overlap' });
        if (sequence.length >= width) expect(overlapping.at(-1)!.end).toBe(sequence.length);
        for (const { start, end } of overlapping) expect(end - start).toBe(width);
      }),
      seed,
    );
  });
});

describe('gcMatchedNegatives', () => {
  const gc = (sequence: string) => sequence.replace(/[^GC]/gi, '').length / sequence.length;
  const rng = new Rng(5);
  const genome = ['chr1', 'chr2'].map((id) => ({ id, sequence: simulateGenome(40_000, rng) }));
  genome[0].sequence = substitute(genome[0].sequence, 1000, 'N'.repeat(500));
  const exclude = Array.from({ length: 60 }, (_, i) => ({ chrom: 'chr2', start: i * 600, end: i * 600 + 100 }));
  const positives = exclude.map(({ start, end }) => genome[1].sequence.slice(start, end));

  it('are as long, have the GC of their positives, overlap nothing and are what the genome has there', () => {
    const negatives = gcMatchedNegatives(positives, genome, { rng, perPositive: 3, exclude, distance: 50 });
    expect(negatives).toHaveLength(180);
    negatives.forEach(({ chrom, start, end, sequence }, i) => {
      expect(sequence).toBe(genome.find(({ id }) => id === chrom)!.sequence.slice(start, end));
      expect([sequence.length, /N/.test(sequence)]).toEqual([100, false]);
      expect(Math.abs(gc(sequence) - gc(positives[Math.floor(i / 3)]))).toBeLessThan(0.02 + 1e-9);
      const others = negatives.filter((_, j) => j !== i);
      const near = exclude.map((place) => ({ ...place, start: place.start - 50, end: place.end + 50 }));
      const hit = [...others, ...near].some((other) => other.chrom === chrom && other.start < end && other.end > start);
      expect(hit).toBe(false);
    });
  });

  it('are like their positives in any genome, or there are none', () => {
    const letters = fc.stringMatching(/^[ACGTN]{20,200}$/);
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 3 }),
        fc.stringMatching(/^[ACGTacgt]{1,12}$/),
        fc.nat(),
        (sequences, positive, number) => {
          const genome = sequences.map((sequence, i) => ({ id: `c${i}`, sequence }));
          const options = { rng: new Rng(number), tolerance: 0.1, tries: 3000 };
          const fits = (piece: string) => !/N/.test(piece) && Math.abs(gc(piece) - gc(positive)) <= 0.1 + 1e-12;
          const isPossible = sequences.some((sequence) =>
            cutWindows(sequence, { width: positive.length, step: 1 }).some(fits),
          );
          if (!isPossible)
            return void expect(() => gcMatchedNegatives([positive], genome, options)).toThrow('found no place');
          const [{ chrom, start, end, sequence }] = gcMatchedNegatives([positive], genome, options);
          expect([fits(sequence), sequence]).toEqual([
            true,
            genome.find(({ id }) => id === chrom)!.sequence.slice(start, end),
          ]);
        },
      ),
      { seed: 8, numRuns: 100 },
    );
  });

  it('come from every fitting place alike', () => {
    const small = [{ id: 'c', sequence: 'AAGGTTCCAA' }]; // AG, GT, TC, CA are the pairs with one of G and C: at 1, 3, 5, 7
    const starts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) starts[(gcMatchedNegatives(['AC'], small, { rng })[0].start - 1) / 2]++;
    for (const count of starts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(750));
  });

  it('say for which positive there is none', () => {
    const poor = [{ id: 'c', sequence: 'A'.repeat(100) }];
    expect(() => gcMatchedNegatives(['AAAA', 'GGAA'], poor, { rng, tries: 100 })).toThrow(
      'positive 2: found no place for 4 letters with 50.0 %',
    );
    expect(() => gcMatchedNegatives(['ANA'], poor, { rng })).toThrow('positive 1 has other letters than ACGT');
  });

  it.skipIf(!dataFolder)('are found for windows of a real genome', async () => {
    const [chromosome] = await collectFasta(readFileSync(dataPath('ecoli_mg1655/GCF_000005845.2_genomic.fna.gz')));
    const places = windows(chromosome.sequence.length, { width: 200, step: 20_000 }).map((place) => ({
      ...place,
      chrom: chromosome.id,
    }));
    const real = places.map(({ start, end }) => chromosome.sequence.slice(start, end));
    const negatives = gcMatchedNegatives(real, [chromosome], { rng, exclude: places });
    const mean = (all: string[]) => all.reduce((sum, sequence) => sum + gc(sequence), 0) / all.length;
    expect(negatives).toHaveLength(233);
    expect(Math.abs(mean(negatives.map(({ sequence }) => sequence)) - mean(real))).toBeLessThan(0.005);
  });
});

describe('complement, reverse and maskRandomly', () => {
  it('pair letters in place, and turn them without pairing', () => {
    expect(complement('GATTACAgatN')).toBe('CTAATGTctaN');
    expect(complement('ARN', rna)).toBe('UYN');
    expect(reverse('ATGTAATATAAT')).toBe('TAATATAATGTA');
    expect(() => complement('GAT!')).toThrow('complement: "!" at position 4 is not an IUPAC DNA letter');
    expect(() => complement('MK', protein)).toThrow('complement: the letters of protein do not pair');
  });

  it('compose to the other strand', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ACGTRYSWKMBDHVN]*$/), (sequence) => {
        expect(reverse(complement(sequence))).toBe(reverseComplement(sequence));
        expect(complement(complement(sequence))).toBe(sequence);
      }),
    );
  });

  it('masks as many letters as it is told, and no other', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ACGT]*$/), fc.nat(), (sequence, seed) => {
        const count = seed % (sequence.length + 1);
        const masked = maskRandomly(sequence, { count, rng: new Rng(seed) });
        expect(masked.split('N')).toHaveLength(count + 1);
        expect([...masked].every((letter, i) => letter === 'N' || letter === sequence[i])).toBe(true);
      }),
    );
    expect(() => maskRandomly('ACG', { count: 4, rng: new Rng(1) })).toThrow('a count from 0 to 3, got 4');
  });
});

describe('reverseComplementTensors', () => {
  it('does to tensors what reverseComplementEncoded does to arrays, with further channels and lengths', async () => {
    const rng = new Rng(9);
    const swap = [['plus', 'minus']] as const;
    for (const lengths of [[7, 1, 0, 4], [5], [3, 3]]) {
      const sequences = lengths.map((length) => simulateGenome(length, rng));
      const track = () => sequences.map(({ length }) => Float32Array.from({ length }, () => rng.next()));
      const encoded = withTracks(oneHot(sequences, { unknown: 'zeros', lowerCase: 'same' }), {
        ...{ methylation: track(), plus: track(), minus: track() },
      });
      const { x, lengths: own } = reverseComplementTensors(encodedTensors(encoded), { extra: encoded.extra, swap });
      const expected = reverseComplementEncoded(encoded, undefined, { swap });
      expect(x.shape).toEqual(expected.shape);
      expect(await x.data()).toEqual(expected.values);
      expect(await own.data()).toEqual(Int32Array.from(lengths));
    }
  });

  it('says which channels it expects', () => {
    const x = encodedTensors(oneHot(['ACG'], { unknown: 'zeros', lowerCase: 'same' }));
    expect(() => reverseComplementTensors(x, { extra: ['methylation'] })).toThrow('expected 5 channels, 4 of DNA and 1 more, got 4'); // prettier-ignore
  });
});
