import { readdirSync, readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CircularSequence,
  collectFasta,
  collectGenBank,
  cumulativeGcSkew,
  estimateReplication,
  flipSpan,
  gcSkew,
  joinSpans,
  leastRotation,
  lettersAt,
  reverseComplement,
  rotateSpan,
  spanOf,
  spansOf,
  spansOverlap,
  toCanonical,
} from '../src/index';
import type { Location, Span } from '../src/index';
import { dataFolder, dataPath } from './support';

const circle = (letters: string) => new CircularSequence(letters);
const turned = (letters: string, by: number) => letters.slice(by) + letters.slice(0, by);

/** Circles, also of few letters and with repeats, where rotations are hard to tell apart. */
const anyLetters = fc.oneof(
  fc.stringMatching(/^[ACGT]{1,40}$/),
  fc.stringMatching(/^[AT]{1,16}$/),
  fc.stringMatching(/^[AC]{1,4}$/).chain((unit) => fc.integer({ min: 1, max: 6 }).map((times) => unit.repeat(times))),
);

/** A span on a circle of this length, up to two laps long. */
const anySpan = (lengthBp: number) =>
  fc
    .tuple(fc.nat(lengthBp - 1), fc.nat(2 * lengthBp), fc.constantFrom('+' as const, '-' as const))
    .map(([start, width, strand]): Span => ({ start, end: start + width, strand }));

describe('leastRotation', () => {
  it('is the first of all rotations in their order', () => {
    fc.assert(
      fc.property(anyLetters, (letters) => {
        const rotations = Array.from(letters, (_, by) => turned(letters, by));
        const least = [...rotations].sort((a, b) => (a < b ? -1 : 1))[0];
        expect(leastRotation(letters)).toBe(rotations.indexOf(least));
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect([leastRotation(''), leastRotation('A'), leastRotation('TTAT')]).toEqual([0, 0, 2]);
  });

  it('takes linear time of repeats, too', () => {
    const letters = `${'A'.repeat(500_000)}C${'A'.repeat(499_998)}G`;
    expect(leastRotation(letters)).toBe(0);
    expect(leastRotation(turned(letters, 500_001))).toBe(letters.length - 500_001);
  });
});

describe('CircularSequence', () => {
  const digits = circle('ACGTACGTNN');

  it('goes on across the origin', () => {
    expect([digits.at(0), digits.at(-1), digits.at(10), digits.at(-13)]).toEqual(['A', 'N', 'A', 'T']);
    expect(digits.slice(2, 5)).toBe('GTA');
    expect(digits.slice(8, 13)).toBe('NNACG');
    expect(digits.slice(8, 3)).toBe('NNACG');
    expect(digits.slice(-2, 3)).toBe('NNACG');
    expect(digits.slice(4, 4)).toBe('');
    expect(digits.slice(9, 32)).toBe(`N${'ACGTACGTNN'.repeat(2)}AC`);
    expect(digits.extract({ start: 7, end: 12, strand: '-' })).toBe('GTNNA');
    expect(() => circle('')).toThrow('expected at least one letter, got none');
  });

  it('has a window for each start', () => {
    expect([...circle('ACGT').windows(3)].map(({ start, letters }) => `${start} ${letters}`)).toEqual(['0 ACG', '1 CGT', '2 GTA', '3 TAC']); // prettier-ignore
    expect([...circle('ACGTA').windows(2, 2)].map(({ letters }) => letters)).toEqual(['AC', 'GT', 'AA']);
    expect([...circle('AC').windows(5)].map(({ letters }) => letters)).toEqual(['ACACA', 'CACAC']);
    expect(() => [...digits.windows(0)]).toThrow('expected widthBp of at least 1, got 0');
  });

  it('finds what lies across the origin', () => {
    expect(digits.find('NA')).toEqual([9]);
    expect(digits.find('ACGT')).toEqual([0, 4]);
    expect(circle('AAA').find('AA')).toEqual([0, 1, 2]);
    expect(() => digits.find('')).toThrow('expected at least one letter, got none');
  });

  it('keeps every slice when it is rotated', () => {
    fc.assert(
      fc.property(anyLetters, fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), fc.nat(99), (letters, by, start, width) => {
        const sequence = circle(letters);
        const slice = sequence.slice(start, start + width);
        expect(sequence.rotate(by).slice(start - by, start - by + width)).toBe(slice);
        expect(slice).toBe(Array.from({ length: width }, (_, i) => sequence.at(start + i)).join(''));
        expect(sequence.rotate(by).rotate(-by).letters).toBe(letters);
        expect(sequence.reverseComplement().slice(-start - width, -start)).toBe(reverseComplement(slice));
      }), // prettier-ignore
      { seed: 2, numRuns: 500 },
    );
  });

  it('has one canonical form, wherever it is cut and on whichever strand', () => {
    fc.assert(
      fc.property(anyLetters, fc.nat(), (letters, by) => {
        const sequence = circle(letters);
        const other = sequence.rotate(by).reverseComplement();
        const forms = Array.from(letters, (_, i) => turned(letters, i));
        const least = [...forms, ...forms.map((form) => reverseComplement(form))].sort()[0];
        expect(sequence.canonical().sequence.letters).toBe(least);
        expect(other.canonical().sequence.letters).toBe(least);
        expect(sequence.equals(other)).toBe(true);
        expect(sequence.rotate(by).equals(sequence, { bothStrands: false })).toBe(true);
        expect(other.equals(sequence, { bothStrands: false })).toBe(forms.includes(other.letters));
        const changed = circle((letters[0] === 'A' ? 'C' : 'A') + letters.slice(1));
        const isSame = [...forms, ...forms.map((form) => reverseComplement(form))].includes(changed.letters);
        expect(sequence.equals(changed)).toBe(isSame);
      }),
      { seed: 3, numRuns: 500 },
    );
    expect(circle('ACG').equals(circle('ACGT'))).toBe(false);
  });

  it('says how it came to its canonical form', () => {
    fc.assert(
      fc.property(anyLetters.chain((letters) => fc.tuple(fc.constant(letters), anySpan(letters.length))), ([letters, span]) => {
        const sequence = circle(letters);
        const form = sequence.canonical();
        const strand = form.strand === '+' ? sequence : sequence.reverseComplement();
        expect(strand.rotate(form.start).letters).toBe(form.sequence.letters);
        expect(form.sequence.extract(toCanonical(span, form))).toBe(sequence.extract(span));
      }), // prettier-ignore
      { seed: 4, numRuns: 300 },
    );
  });

  it('turns at random, every way as likely', () => {
    const rng = new Rng(1);
    const counts = new Map(['ACGT', 'CGTA', 'GTAC', 'TACG'].map((letters) => [letters, 0]));
    for (let i = 0; i < 4000; i++) {
      const { letters } = circle('ACGT').randomRotation(rng);
      counts.set(letters, counts.get(letters)! + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(750));
  });
});

describe('spans', () => {
  it('are read as GenBank writes them', () => {
    expect(spanOf(51, 221, 5386)).toEqual({ start: 50, end: 221, strand: '+' });
    expect(spanOf(8569, 276, 8596, '-')).toEqual({ start: 8568, end: 8872, strand: '-' });
    expect(() => spanOf(0, 5, 10)).toThrow('expected positions from 1 to 10, got 0');
  });

  it('are joined across the origin, and exons stay apart', () => {
    const parts = [spanOf(3981, 5386, 5386), spanOf(1, 136, 5386)];
    expect(joinSpans(parts, 5386)).toEqual([{ start: 3980, end: 5522, strand: '+' }]);
    expect(joinSpans([spanOf(1, 10, 50), spanOf(11, 20, 50), spanOf(31, 40, 50)], 50)).toEqual([
      { start: 0, end: 20, strand: '+' },
      { start: 30, end: 40, strand: '+' },
    ]);
    expect(joinSpans([spanOf(1, 10, 50), spanOf(11, 20, 50, '-')], 50).length).toBe(2);
  });

  it('come from locations: across the origin one, on the strand that is said, not from another record', () => {
    const location = (strand: Location['strand'], ...parts: Location['parts']): Location => {
      return { strand, parts, partial: { start: false, end: false }, operator: 'join' };
    };
    const [tail, head] = [
      { start: 7, end: 10 },
      { start: 0, end: 3 },
    ];
    expect(spansOf(location('-', tail, head), 10)).toEqual([{ start: 7, end: 13, strand: '-' }]);
    expect(spansOf(location('mixed', { ...tail, strand: '-' }, { ...head, strand: '+' }), 10)).toEqual([
      { start: 7, end: 10, strand: '-' },
      { start: 0, end: 3, strand: '+' },
    ]);
    expect(() => spansOf(location('+', { ...tail, accession: 'J00194.1' }), 10)).toThrow('another record, J00194.1');
  });

  it.skipIf(!dataFolder)('have the letters of the locations that they come from', async () => {
    let seen = 0;
    for (const name of readdirSync(dataPath('circular_small'))) {
      const [{ sequence, features }] = await collectGenBank(readFileSync(dataPath(`circular_small/${name}`)));
      for (const { location } of features) {
        const spans = spansOf(location, sequence.length);
        if (spans.length !== 1) continue;
        expect(circle(sequence).extract(spans[0])).toBe(lettersAt(sequence, location));
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(500);
  });

  it('keep their letters and their names when the circle turns or is flipped', () => {
    const cases = anyLetters.chain((letters) => fc.tuple(fc.constant(letters), anySpan(letters.length), fc.integer({ min: -50, max: 50 }))); // prettier-ignore
    fc.assert(
      fc.property(cases, ([letters, span, by]) => {
        const [sequence, n] = [circle(letters), letters.length];
        const gene = { ...span, name: 'a' };
        const rotated = rotateSpan(gene, by, n);
        expect(sequence.rotate(by).extract(rotated)).toBe(sequence.extract(span));
        expect(rotateSpan(rotated, -by, n)).toEqual(gene);
        const flipped = flipSpan(gene, n);
        expect(sequence.reverseComplement().extract(flipped)).toBe(sequence.extract(span));
        expect(flipSpan(flipped, n)).toEqual(gene);
        expect(flipped.start >= 0 && flipped.start < n).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('overlap where they share a position', () => {
    const cases = fc.integer({ min: 1, max: 12 }).chain((n) => fc.tuple(fc.constant(n), anySpan(n), anySpan(n)));
    const positions = (span: Span, n: number) => new Set(Array.from({ length: span.end - span.start }, (_, i) => (span.start + i) % n)); // prettier-ignore
    fc.assert(
      fc.property(cases, ([n, a, b]) => {
        const shared = [...positions(a, n)].some((position) => positions(b, n).has(position));
        expect(spansOverlap(a, b, n)).toBe(shared);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe('GC skew', () => {
  it('worked out by hand', () => {
    expect([...gcSkew('GGCCGATA', { windowBp: 4 })]).toEqual([0, 1]);
    expect([...gcSkew('GGCCGATA', { windowBp: 4, stepBp: 3 })]).toEqual([0, 0, 1]); // GGCC, CGAT, TAGG
    expect([...gcSkew('GGCCGATA', { windowBp: 4, stepBp: 3, isCircular: false })]).toEqual([0, 0]);
    expect([...gcSkew('ggAATT', { windowBp: 2 })]).toEqual([1, 0, 0]);
    expect([...cumulativeGcSkew('GgCAc')]).toEqual([0, 1, 2, 1, 1, 0]);
    expect(() => gcSkew('ACGT', { windowBp: 5 })).toThrow('a window of 5 bp is longer than 4 bp');
    expect(() => gcSkew('ACGT', { windowBp: 0 })).toThrow('expected windowBp of at least 1, got 0');
  });

  it('shows where one half has more G and the other more C, wherever the circle is cut', () => {
    const rng = new Rng(2);
    const half = (letters: string) => Array.from({ length: 5000 }, () => letters[rng.integer(5)]).join('');
    const genome = half('ACGGT') + half('ACCGT'); // replicated from 0 to 5 000
    for (const by of [0, 1, 1234, 5000, 9999]) {
      const { origin, terminus } = estimateReplication(turned(genome, by));
      expect((origin + by) % 10_000).toBe(estimateReplication(genome).origin);
      expect((terminus + by) % 10_000).toBe(estimateReplication(genome).terminus);
    }
    const { origin, terminus } = estimateReplication(genome);
    expect(Math.min(origin, 10_000 - origin)).toBeLessThan(100);
    expect(Math.abs(terminus - 5000)).toBeLessThan(100);
  });

  it.skipIf(!dataFolder)('finds the origin of E. coli', async () => {
    const [{ sequence }] = await collectFasta(readFileSync(dataPath('ecoli_mg1655/GCF_000005845.2_genomic.fna.gz')));
    const { origin, terminus } = estimateReplication(sequence);
    expect(Math.abs(origin - 3_925_860)).toBeLessThan(10_000); // oriC of the annotation: 3 925 744..3 925 975
    expect(Math.abs(terminus - 1_588_800)).toBeLessThan(50_000); // dif, where the copies are parted
  });
});
