import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auprc, auroc, precisionRecallCurve, rocCurve } from '../../src/index';

/** Worked out by hand: AUROC as won pairs (ties one half) of all pairs, AUPRC as Σ ΔR·P from the highest score down. */
const cases: [string, number[], number[], number, number][] = [
  ['three of four pairs won', [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 3 / 4, (1 + 2 / 3) / 2],
  ['all pairs won', [0, 1, 0, 1], [-3, 2, -1, 7], 1, 1],
  ['no pair won', [1, 0], [0, 1], 0, 1 / 2],
  ['constant scores', [1, 0, 0, 0], [2, 2, 2, 2], 1 / 2, 1 / 4],
  ['a tie across classes', [1, 1, 0, 0, 1, 0], [3, 2, 2, 2, 1, 0], (3 + 2 + 1) / 9, (1 + 2 / 4 + 3 / 5) / 3],
  ['infinite scores', [1, 0, 1, 0], [Infinity, 5, 5, -Infinity], (2 + 1.5) / 4, (1 + 2 / 3) / 2],
  ['zeros of both signs, which are equal', [1, 0], [-0, 0], 1 / 2, 1 / 2],
];

describe.each(cases)('%s', (_, labels, scores, area, averagePrecision) => {
  it('auroc', () => expect(auroc(labels, scores)).toBe(area));
  it('auprc', () => expect(auprc(labels, scores)).toBeCloseTo(averagePrecision, 15));
});

describe('auroc', () => {
  const labelled = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 40 });
  const bothClasses = labelled.filter((rows) => new Set(rows.map(([label]) => label)).size === 2);
  const split = (rows: [boolean, number][]) => [rows.map(([label]) => label), rows.map(([, score]) => score)] as const;

  const property = (law: (labels: boolean[], scores: number[]) => void) =>
    fc.assert(
      fc.property(bothClasses, (rows) => law(...split(rows))),
      { seed: 4 },
    );

  it('is the share of won pairs', () => {
    property((labels, scores) => {
      const positives = scores.filter((_, i) => labels[i]);
      const negatives = scores.filter((_, i) => !labels[i]);
      const won = positives.flatMap((p) => negatives.map((n) => (Math.sign(p - n) + 1) / 2));
      expect(auroc(labels, scores)).toBeCloseTo(won.reduce((a, b) => a + b) / won.length, 14);
    });
  });

  it('becomes 1 − x when the scores change sign', () => {
    property((labels, scores) => {
      const reversed = scores.map((score) => -score);
      expect(auroc(labels, reversed)).toBeCloseTo(1 - auroc(labels, scores), 14);
    });
  });

  it('is the area under the points of rocCurve', () => {
    property((labels, scores) => {
      const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(labels, scores);
      const area = x.reduce((sum, _, i) => (i ? sum + ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2 : 0), 0);
      expect(area).toBeCloseTo(auroc(labels, scores), 14);
    });
  });

  it('and auprc is the step area under the points of precisionRecallCurve', () => {
    property((labels, scores) => {
      const { precision, recall } = precisionRecallCurve(labels, scores);
      const area = precision.reduce((sum, p, i) => sum + p * (recall[i] - (recall[i + 1] ?? 0)), 0);
      expect(area).toBeCloseTo(auprc(labels, scores), 14);
    });
  });

  it('takes typed arrays', () => {
    expect(auroc(Uint8Array.of(0, 0, 1, 1), Float32Array.of(0.1, 0.4, 0.35, 0.8))).toBe(0.75);
  });
});

describe('a million scores', () => {
  const n = 1_000_000;
  const m = n / 2;
  const places = Array.from({ length: n }, (_, i) => (i * 7919) % n); // 7919 is prime: every place once, out of order
  const odd = Uint8Array.from(places, (place) => place % 2);

  it('counts the pairs that the positives win', () => {
    // The positive 2k + 1 beats the negatives 0, 2 … 2k: Σ (k + 1) = m(m + 1)/2 of m² pairs.
    expect(auroc(odd, Float32Array.from(places))).toBe((m + 1) / (2 * m));
  });
  it('is one half when each positive ties with a negative', () => {
    const scores = Float32Array.from(places, (place) => place >> 1);
    expect(auroc(odd, scores)).toBe(0.5);
    expect(auprc(odd, scores)).toBeCloseTo(0.5, 12); // each threshold calls as many wrongly as rightly
  });

  it('fits into the curves', () => {
    const scores = Float32Array.from(places);
    expect(precisionRecallCurve(odd, scores).thresholds).toHaveLength(n);
    expect(rocCurve(odd, scores).thresholds[0]).toBe(Infinity);
  });
});

describe('rocCurve', () => {
  it('makes one point of tied scores', () => {
    expect(rocCurve([1, 1, 0, 0, 1, 0], [3, 2, 2, 2, 1, 0])).toEqual({
      falsePositiveRate: Float64Array.of(0, 0, 2 / 3, 2 / 3, 1),
      truePositiveRate: Float64Array.of(0, 1 / 3, 2 / 3, 1, 1),
      thresholds: Float64Array.of(Infinity, 3, 2, 1, 0),
    });
  });

  it('leaves out points inside a straight line', () => {
    expect(rocCurve([1, 1, 1, 0, 0], [5, 4, 3, 2, 1])).toEqual({
      falsePositiveRate: Float64Array.of(0, 0, 0, 1),
      truePositiveRate: Float64Array.of(0, 1 / 3, 1, 1),
      thresholds: Float64Array.of(Infinity, 5, 3, 1),
    });
  });
});

describe('precisionRecallCurve', () => {
  it('goes from the lowest threshold to (1, 0)', () => {
    expect(precisionRecallCurve([1, 1, 0, 0, 1, 0], [3, 2, 2, 2, 1, 0])).toEqual({
      precision: Float64Array.of(3 / 6, 3 / 5, 2 / 4, 1, 1),
      recall: Float64Array.of(1, 1, 2 / 3, 1 / 3, 0),
      thresholds: Float64Array.of(0, 1, 2, 3),
    });
  });
});

describe.each([
  ['auroc', auroc],
  ['auprc', auprc],
  ['rocCurve', rocCurve],
  ['precisionRecallCurve', precisionRecallCurve],
])('%s refuses', (name, metric) => {
  it.each([
    ['one class', [1, 1], [0, 1], 'expected labels of both classes, got 2 labels that are all 1'],
    ['the other class', [false], [0], 'expected labels of both classes, got 1 labels that are all 0'],
    ['nothing', [], [], 'expected labels of both classes, got no labels'],
    ['a score of NaN', [0, 1, 1], [0, 1, NaN], 'expected scores without NaN, got NaN at 2'],
    ['a label of NaN', [0, NaN, 1], [0, 1, 2], 'expected labels 0 or 1, got NaN at 1'],
    ['a third class', [0, 1, 2], [0, 1, 2], 'expected labels 0 or 1, got 2 at 2'],
    ['unequal lengths', [0, 1], [0], 'expected as many labels as scores, got 2 and 1'],
  ])('%s', (_, labels, scores, message) => {
    expect(() => metric(labels, scores)).toThrow(new RangeError(`${name}: ${message}`));
  });
});
