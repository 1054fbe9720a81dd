import { describe, expect, it } from 'vitest';
import { auprc, auroc, precisionAtRecall, StreamingScores } from '../../src/index';

const labels = [1, 0, 1, 1, 0, 0];
const scores = [6, 5, 4, 3, 2, 1]; // from the top: precision 1, 1/2, 2/3, 3/4, 3/5, 3/6; recall 1/3, 1/3, 2/3, 1, 1, 1

describe('precisionAtRecall', () => {
  it('is the best precision of those that find enough', () => {
    expect(precisionAtRecall(labels, scores, 1 / 3)).toEqual({ precision: 1, recall: 1 / 3, threshold: 6 });
    expect(precisionAtRecall(labels, scores, 0)).toEqual({ precision: 1, recall: 1 / 3, threshold: 6 });
    expect(precisionAtRecall(labels, scores, 0.5)).toEqual({ precision: 3 / 4, recall: 1, threshold: 3 });
    expect(precisionAtRecall(labels, scores, 1)).toEqual({ precision: 3 / 4, recall: 1, threshold: 3 });
  });

  it('finds more at the same precision', () =>
    expect(precisionAtRecall([1, 1, 0], [3, 2, 1], 0.5)).toEqual({ precision: 1, recall: 1, threshold: 2 }));

  it('cannot divide ties', () => {
    expect(precisionAtRecall([1, 0, 1, 0], [2, 2, 1, 1], 0.5)).toEqual({ precision: 0.5, recall: 1, threshold: 1 });
    expect(precisionAtRecall([1, 0, 0, 0], [7, 7, 7, 7], 0.9)).toEqual({ precision: 0.25, recall: 1, threshold: 7 });
  });

  it('takes a million scores', () => {
    const n = 1_000_000;
    const y = Uint8Array.from({ length: n }, (_, i) => Number(i >= n / 2 && i % 4 > 0));
    const { precision, recall, threshold } = precisionAtRecall(y, Float32Array.from(y.keys()), 1);
    expect([precision, recall, threshold]).toEqual([375000 / 499999, 1, n / 2 + 1]); // all from the lowest positive on
  });

  it('refuses what auprc refuses, and a recall that is none', () => {
    expect(() => precisionAtRecall([1, 1], [1, 2], 0.5)).toThrow('precisionAtRecall: expected labels of both classes');
    expect(() => precisionAtRecall(labels, scores, 1.5)).toThrow(
      'precisionAtRecall: expected a recall from 0 to 1, got 1.5',
    );
  });
});

describe('StreamingScores', () => {
  it('keeps what ranking metrics need', () => {
    const stream = new StreamingScores();
    const batch = Float32Array.of(6, 5);
    stream.add([1, 0], batch);
    batch.fill(0); // it is a copy
    stream.add([true, true, false, false], [4, 3, 2, 1]);
    const kept = stream.value();
    expect(kept).toEqual({ labels: Uint8Array.from(labels), scores: Float64Array.from(scores) });
    expect(auroc(kept.labels, kept.scores)).toBe(auroc(labels, scores));
    expect(auprc(kept.labels, kept.scores)).toBe(auprc(labels, scores));
  });

  it('adds nothing of a batch that is wrong', () => {
    const stream = new StreamingScores();
    expect(() => stream.add([0, 1], [1, NaN])).toThrow('StreamingScores: expected scores without NaN, got NaN at 1');
    expect(() => stream.add([2], [1])).toThrow('StreamingScores: expected labels 0 or 1, got 2 at 0');
    expect(stream.value().labels).toHaveLength(0);
  });
});
