import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectFasta,
  fimo,
  fimoTable,
  NRDB_BACKGROUND,
  piZero,
  protein,
  reverseComplement,
  toProbabilities,
} from '../src/index';
import type { Background, Motif } from '../src/index';
import { exactSurvival, integerWeights, toBits } from '../src/motifs/fimo/integer-weights';
import { dataFolder, dataPath } from './support';

const row = fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 1, max: 20 })));
const matrix = (maxLength: number) =>
  fc.array(row, { minLength: 1, maxLength }).map((counts) => toProbabilities(counts, { pseudocount: 0 }));
const background = row.map((counts): Background => toProbabilities([counts], { pseudocount: 0 })[0]);
const motifOf = (probabilities: Motif['probabilities']): Motif => ({ id: 'm', name: '', probabilities, sites: 20 });
const spelled = (word: string) =>
  motifOf([...word].map((letter) => [...'ACGT'].map((base) => Number(base === letter))));

describe('the distribution of scores', () => {
  it('is that of all words, whatever the background', () => {
    fc.assert(
      fc.property(matrix(4), background, (probabilities, q) => {
        const weights = integerWeights(probabilities, q);
        const survival = exactSurvival(weights, q);
        const totals = new Map<number, number>();
        for (const { steps, chance } of words(weights.steps, q)) totals.set(steps, (totals.get(steps) ?? 0) + chance);
        for (const least of totals.keys()) {
          const expected = [...totals].reduce((sum, [steps, chance]) => sum + (steps >= least ? chance : 0), 0);
          expect(survival[least] / expected).toBeCloseTo(1, 9);
        }
        expect(survival[survival.length - 1]).toBeGreaterThan(0); // the best word, and nothing beyond it
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('rounds weights to at most half a step', () => {
    fc.assert(
      fc.property(matrix(6), background, (probabilities, q) => {
        const weights = integerWeights(probabilities, q);
        const best = probabilities.map((p) => Math.max(...p.map((value, letter) => Math.log2(value / q[letter]))));
        const steps = probabilities.reduce((sum, _, i) => sum + Math.max(...weights.steps.slice(4 * i, 4 * i + 4)), 0);
        const sum = best.reduce((a, b) => a + b, 0);
        expect(Math.abs(toBits(steps, weights) - sum)).toBeLessThan((0.5 * best.length) / weights.scale + 1e-9);
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});

/** Every word of as many letters as there are rows of four steps. */
function words(steps: Int32Array, q: Background): { steps: number; chance: number }[] {
  if (steps.length === 0) return [{ steps: 0, chance: 1 }];
  const rest = words(steps.subarray(4), q);
  return q.flatMap((share, a) => rest.map((word) => ({ steps: word.steps + steps[a], chance: word.chance * share })));
}

describe('fimo', () => {
  it('finds a word on both strands, the first and the last window included', () => {
    const sequence = `GATTACACCCCC${reverseComplement('GATTACA')}CCGATTACA`;
    const hits = fimo([spelled('GATTACA')], [{ id: 's', sequence }]);
    expect(hits.map(({ position, strand }) => [position, strand])).toEqual([
      [0, '+'],
      [21, '+'],
      [12, '-'],
    ]);
    for (const { pValue, qValue, matched } of hits) {
      expect(pValue).toBeCloseTo(4 ** -7, 12);
      expect(qValue).toBeCloseTo((44 * 4 ** -7) / 3, 12); // 2 strands of 22 windows
      expect(matched).toBe('GATTACA');
    }
    expect(fimo([spelled('GATTACA')], [{ id: 's', sequence }], { bothStrands: false })).toHaveLength(2);
  });

  it('reads lower case and U, passes over windows with codes for several letters, and refuses other characters', () => {
    const find = (sequence: string) =>
      fimo([spelled('GATTACA')], [{ id: 's', sequence }], { bothStrands: false }).map(({ position }) => position);
    expect(find('ccgauuacacc')).toEqual([2]);
    expect(find('GATTNCAGATTACANGATTACA')).toEqual([7, 15]);
    expect(find('GATTAC')).toEqual([]);
    expect(() => find('GATT-ACA')).toThrow('fimo: sequence s: "-" at position 5 is not an IUPAC DNA letter');
  });

  it('counts only windows with a score as tests', () => {
    const [hit] = fimo([spelled('GATTACA')], [{ id: 's', sequence: 'GATTACANNNNNNNNNN' }], { bothStrands: false });
    expect(hit.qValue).toBe(hit.pValue);
  });

  it('has any background: rare letters make a word surer', () => {
    const options = { bothStrands: false, background: [0.7, 0.1, 0.1, 0.1] };
    const [hit] = fimo([spelled('CCGGT')], [{ id: 's', sequence: 'CCGGT' }], options);
    expect(hit.pValue).toBeCloseTo(1e-5, 12);
    const [both] = fimo([spelled('CCGGT')], [{ id: 's', sequence: 'CCGGT' }], {
      ...options,
      bothStrands: undefined,
      threshold: 1,
    });
    expect(both.pValue).toBeGreaterThan(0);
  });

  it('takes thresholds on p and on q, sorts by p, and finds on the other strand what it finds on this one turned', () => {
    const letters = fc.stringMatching(/^[ACGT]{20,60}$/);
    fc.assert(
      fc.property(matrix(6), letters, background, (probabilities, sequence, q) => {
        const motif = motifOf(probabilities);
        const scan = (text: string, options: object) =>
          fimo([motif], [{ id: 's', sequence: text }], { background: q, ...options });
        const all = scan(sequence, { threshold: 1 });
        expect(all).toHaveLength(2 * (sequence.length - probabilities.length + 1));
        all.forEach(({ pValue }, i) => i > 0 && expect(pValue).toBeGreaterThanOrEqual(all[i - 1].pValue));
        expect(scan(sequence, { threshold: 0.1 }).map(place)).toEqual(
          all.filter(({ pValue }) => pValue <= 0.1).map(place),
        );
        const byQ = scan(sequence, { threshold: 0.5, qvalue: true });
        expect(byQ).toEqual(all.filter(({ qValue }) => qValue <= 0.5));
        const mirrored = scan(reverseComplement(sequence), { threshold: 1 }).map(({ position, strand, score }) =>
          place({
            position: sequence.length - probabilities.length - position,
            strand: strand === '+' ? '-' : '+',
            score,
          }),
        );
        expect(mirrored.sort()).toEqual(all.map(place).sort());
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  const place = ({ position, strand, score }: { position: number; strand: string; score: number }) =>
    `${position}${strand} ${score.toFixed(6)}`;

  it('estimates the share of windows that are no sites, if asked', () => {
    const sequence = 'GATTACA'.repeat(30); // every seventh window is a site, on one strand
    const scan = (options: object) =>
      fimo([spelled('GATTACA')], [{ id: 's', sequence }], { bothStrands: false, ...options });
    const [plain] = scan({});
    const [estimated] = scan({ estimatePiZero: true });
    expect(estimated.pValue).toBe(plain.pValue);
    expect(estimated.qValue).toBeLessThanOrEqual(plain.qValue);
    const all = scan({ threshold: 1 });
    const share = piZero(all.map(({ pValue }) => pValue));
    expect(estimated.qValue).toBeCloseTo(share * plain.qValue, 12);
    const passed = scan({ estimatePiZero: true, qvalue: true, threshold: 0.5 });
    expect(passed).toEqual(scan({ estimatePiZero: true, threshold: 1 }).filter(({ qValue }) => qValue <= 0.5));
  });

  it('searches proteins, on their one strand', () => {
    const probabilities = [...'WCH'].map((letter) => [...protein.letters].map((other) => Number(letter === other)));
    const [hit, ...others] = fimo([{ id: 'p', name: '', probabilities }], [{ id: 's', sequence: 'MKWCHXWCXH' }], {
      ...{ alphabet: protein, threshold: 1e-3 },
    });
    expect(hit).toMatchObject({ position: 2, strand: '+', matched: 'WCH' });
    expect(hit.pValue).toBeCloseTo(20 ** -3, 9);
    expect(others).toEqual([]);
  });

  it('says what is wrong with its motifs and background', () => {
    const sequences = [{ id: 's', sequence: 'ACGT' }];
    expect(() => fimo([motifOf([])], sequences)).toThrow('fimo: the motif m has no positions');
    expect(() => fimo([motifOf([[1]])], sequences)).toThrow('fimo: the motif m has 1 letters, the background 4');
    expect(() => fimo([spelled('A')], sequences, { background: [0.5, 0.5] })).toThrow(
      'fimo: expected a background of 4 letters, got 2',
    );
    expect(() => fimo([spelled('A')], sequences, { background: [1, 0, 0, 0] })).toThrow(
      'fimo: expected a background above 0',
    );
    expect(() => fimo([spelled('A')], sequences, { pseudocount: 0 })).toThrow('a probability of the motif m is 0');
  });

  it.skipIf(!dataFolder)("has MEME 4.12's hits, strands, positions, letters, scores and p-values", async () => {
    const folder = 'motif_tools_reference/fimo_expected';
    const motifs = motifsOf(readFileSync(dataPath(`${folder}/crp0.meme.xml`), 'utf8'));
    const sequences = await collectFasta(readFileSync(dataPath(`${folder}/spiked.fasta`)));
    const [, ...rows] = readFileSync(dataPath(`${folder}/fimo-motif23.txt`), 'utf8')
      .trim()
      .split('\n');
    const own = fimo(motifs.slice(1), sequences, { threshold: 0.01, background: NRDB_BACKGROUND });
    const table = fimoTable(own).trim().split('\n').slice(1).map(withoutQ);
    const expected = rows.map(withoutQ);
    expect(table.sort()).toEqual(expected.sort());
  });
});

/** A row of FIMO's table without the q-value, which the reference was not asked for. */
const withoutQ = (line: string) =>
  line
    .split('\t')
    .filter((_, i) => i !== 8)
    .join('\t');

/** The motifs of MEME's XML. */
function motifsOf(xml: string): Motif[] {
  const motifs = xml.matchAll(
    /<motif id="\S+" name="(\S+)" alt="(\S+)"[^>]* sites="(\d+)".*?<probabilities>(.*?)<\/probabilities>/gs,
  );
  return Array.from(motifs, ([, id, name, sites, body]) => {
    const p = Array.from(body.matchAll(/letter_id="[ACGT]">([^<]+)</g), ([, value]) => Number(value));
    const probabilities = Array.from({ length: p.length / 4 }, (_, i) => p.slice(4 * i, 4 * i + 4));
    return { id, name, sites: Number(sites), probabilities };
  });
}
