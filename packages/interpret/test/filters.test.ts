import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActivationBatch,
  filtersToMotifs,
  scaleForInformation,
  softmaxOfWeights,
  streamFiltersToMotifs,
  strongestSitesToMotifs,
  informationBits,
} from '../src/index';

/** One filter's activations over one sequence. */
function track(sequence: string, ...activations: number[]): ActivationBatch {
  return { sequences: [sequence], activations: Float32Array.from(activations), shape: [1, activations.length, 1] };
}

describe('filtersToMotifs', () => {
  it('counts the k-mers above mean + ½ (max − mean), from 1 per base, ¼ for N', () => {
    // mean 2, maximum 4, threshold 3: CG and TN are sites
    const [motif] = filtersToMotifs(track('ACGTN', 0, 4, 0, 4), { width: 2 });
    expect(motif.threshold).toBe(3);
    expect(motif.sites).toBe(2);
    expect(motif.positions).toBe(4);
    expect(motif.counts).toEqual([
      [1, 2, 1, 2],
      [1.25, 1.25, 2.25, 1.25],
    ]);
  });

  it('counts only what lies above the threshold, not on it', () => {
    // mean 2, maximum 4, threshold 3
    const [motif] = filtersToMotifs(track('ACGT', 1, 3, 0, 4), { width: 1 });
    expect(motif.counts).toEqual([[1, 1, 1, 2]]);
  });

  it('reads U as T and lower case as upper', () => {
    const [motif] = filtersToMotifs(track('uTtA', 1, 1, 1, 0), { width: 1 });
    expect(motif.counts).toEqual([[1, 1, 1, 4]]);
  });

  it('finds the letters under a strided, padded position', () => {
    // stride 2 and offset −1: windows at −1, 1, 3, 5; the first and the last reach past the letters
    const [motif] = filtersToMotifs(track('AACCGG', 9, 0, 4, 9), { width: 3, stride: 2, offset: -1 });
    expect(motif.positions).toBe(2);
    expect(motif.threshold).toBe(3);
    expect(motif.counts).toEqual([
      [1, 2, 1, 1],
      [1, 1, 2, 1],
      [1, 1, 2, 1],
    ]);
  });

  it('looks at no position past the end of a padded sequence', () => {
    const [motif] = filtersToMotifs(track('ACG', 0, 2, 0, 99, 99), { width: 1 });
    expect([motif.positions, motif.sites, motif.consensus]).toEqual([3, 1, 'N']);
  });

  it.each([[[0, 0, 0, 0]], [[0.1, 0.1, 0.1, 0.1]], [[-3, -3, -3, -3]]])(
    'leaves out a filter that says %j',
    (silent) => {
      expect(filtersToMotifs(track('ACGT', ...silent), { width: 1 })).toEqual([]);
    },
  );

  it('names the filter that a motif came from, the best first', () => {
    const sequences = ['ACGTACGT', 'ACGTTTTT'];
    const filters = [() => 0, (letter: string) => Number(letter === 'T'), (letter: string) => Number(letter === 'G')];
    const activations = sequences.flatMap((s) => [...s].flatMap((letter) => filters.map((filter) => filter(letter))));
    const motifs = filtersToMotifs({ sequences, activations, shape: [2, 8, 3] }, { width: 1 });
    expect(motifs.map(({ filter, sites }) => [filter, sites])).toEqual([
      [1, 7], // 7 · (0.55 − log2(16/7)) = −4.5 bits
      [2, 3], // 3 · (0.12 − log2(16/3)) = −6.9 bits
    ]);
  });

  it('puts a filter that controls do not excite before one that they do', () => {
    const both = (...activations: number[]) => ({ sequences: ['AACC'], activations, shape: [1, 4, 2] });
    const motifs = filtersToMotifs(both(1, 1, 1, 1, 0, 1, 0, 0), { width: 1, control: both(1, 0, 1, 0, 1, 0, 1, 0) });
    expect(motifs.map(({ filter, sites, control }) => [filter, sites, control?.sites])).toEqual([
      [1, 3, 0],
      [0, 2, 4],
    ]);
  });

  it('trims faint columns from the ends', () => {
    const sequences = ['ATA', 'CTC', 'GTG', 'TTT'];
    const batch = { sequences, activations: [1, 0, 1, 0, 1, 0, 1, 0], shape: [4, 2, 1] };
    const [motif] = filtersToMotifs(batch, { width: 2, trimBits: 0.2 });
    expect(motif.counts).toEqual([[1, 1, 1, 5]]);
  });

  it.each([
    [[1, 3, 2], 'needs 6 numbers, got 4'],
    [[2, 2, 1], 'expected activations [1, positions, 1], got [2, 2, 1]'],
    [[4, 1], 'expected activations [1, positions, filters], got [4, 1]'],
  ])('says what is wrong with a shape of %j', (shape, message) => {
    const batch = { sequences: ['ACGT'], activations: [1, 2, 3, 4], shape };
    expect(() => filtersToMotifs(batch, { width: 1 })).toThrow(message);
  });
});

describe('streamFiltersToMotifs', () => {
  it('gives the motifs of the whole, however it is cut into batches', async () => {
    const letters = fc.array(fc.constantFrom(...'ACGTN'), { minLength: 5, maxLength: 5 }).map((l) => l.join(''));
    const rows = fc.array(fc.tuple(letters, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 8 }), async (all, size) => {
        const cut = Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
        const streamed = await streamFiltersToMotifs(() => cut.map(batchOf), { width: 3 });
        expect(streamed).toEqual(filtersToMotifs(batchOf(all), { width: 3 }));
        // Each site adds one to each column, whatever its letters: the columns sum to sites + 4.
        for (const { counts, sites } of streamed) {
          for (const row of counts) expect(row.reduce((a, b) => a + b)).toBe(sites + 4);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('counts controls that come as a stream of their own', async () => {
    async function* controls() {
      yield track('TTTT', 9, 0, 0, 0);
      yield track('TTTT', 0, 9, 9, 0);
    }
    const [motif] = await streamFiltersToMotifs(() => [track('ACGT', 0, 4, 0, 0)], { width: 1, control: controls });
    expect(motif.control).toEqual({ sites: 3, positions: 8 });
  });
});

/** Rows of five letters and [3 positions, 2 filters] activations as a batch. */
function batchOf(rows: [string, number[]][]): ActivationBatch {
  return {
    sequences: rows.map(([letters]) => letters),
    activations: rows.flatMap(([, activations]) => activations),
    shape: [rows.length, 3, 2],
  };
}

describe('strongestSitesToMotifs', () => {
  it('counts the strongest sites, the first come among equals', () => {
    const [motif] = strongestSitesToMotifs(track('ACGTAA', 1, 3, 2, 5, 3, 0), { width: 1, count: 2 });
    expect(motif.counts).toEqual([[1, 2, 1, 2]]);
    expect([motif.sites, motif.threshold, motif.positions]).toEqual([2, 3, 6]);
  });

  it('takes fewer rather than silent ones', () => {
    const [motif] = strongestSitesToMotifs(track('ACGT', 0, 0, 2, 0), { width: 1 });
    expect([motif.sites, motif.threshold]).toEqual([1, 2]);
    expect(strongestSitesToMotifs(track('ACGT', -1, -3, -2, -1), { width: 1 })).toEqual([]);
  });

  it('reaches below 0 on request', () => {
    const [motif] = strongestSitesToMotifs(track('ACGT', -1, -3, -2, -4), { width: 1, count: 2, floor: -Infinity });
    expect(motif.counts).toEqual([[2, 1, 2, 1]]);
  });
});

describe('softmaxOfWeights', () => {
  it('is exp(s·w) normalised over the letters of a column', () => {
    // weights [1 filter, 4 letters, 2 columns]: column 0 is (ln 2, 0, 0, 0), column 1 is (0, 0, ln 3, 0)
    const weights = [Math.log(2), 0, 0, 0, 0, Math.log(3), 0, 0];
    const [matrix] = softmaxOfWeights(weights, [1, 4, 2]);
    [2 / 5, 1 / 5, 1 / 5, 1 / 5].forEach((p, letter) => expect(matrix[0][letter]).toBeCloseTo(p, 14));
    [1 / 6, 1 / 6, 3 / 6, 1 / 6].forEach((p, letter) => expect(matrix[1][letter]).toBeCloseTo(p, 14));
    const [sharper] = softmaxOfWeights(weights, [1, 4, 2], 2);
    expect(sharper[0][0]).toBeCloseTo(4 / 7, 14);
  });

  it('does not change when a constant is added to a column, nor overflow', () => {
    const [matrix] = softmaxOfWeights([1000, 1000, 1000, 1000 + Math.log(3)], [1, 4, 1]);
    expect(matrix[0][3]).toBeCloseTo(1 / 2, 12);
  });

  it('can be scaled to an information per column', () => {
    const weights = [0.3, -0.1, 0.2, 0.4, 0.1, -0.5, 0, 0.2];
    const scale = scaleForInformation(weights, [1, 4, 2], 1.2);
    expect(informationBits(softmaxOfWeights(weights, [1, 4, 2], scale)[0])).toBeCloseTo(2.4, 8);
  });

  it('names the shape that it wants', () => {
    expect(() => softmaxOfWeights([1, 2, 3], [1, 4, 1])).toThrow('expected weights [filters, letters, width]');
  });
});
