import { describe, expect, it } from 'vitest';
import { reliabilityDiagram } from '../src/index';
import { wilson } from '../src/pictures/reliability-diagram';
import { description, texts } from './svg-parts';
import { checkWellFormed } from './well-formed';

describe('wilson', () => {
  it('gives the intervals of textbooks', () => {
    expect(wilson(0.5, 10).map((share) => share.toFixed(4))).toEqual(['0.2366', '0.7634']);
    expect(wilson(0, 10).map((share) => share.toFixed(4))).toEqual(['0.0000', '0.2775']);
  });

  it('closes in on the share', () => {
    const [low, high] = wilson(0.3, 1e8);
    expect([low, high].map((share) => share.toFixed(3))).toEqual(['0.300', '0.300']);
  });
});

describe('reliabilityDiagram', () => {
  const bins = { predicted: Float64Array.of(0.25, 0.5, 1), observed: [0, 0.5, 1], counts: [30, 1210, 7] };

  it('puts the bins where they belong, with their counts', () => {
    const svg = reliabilityDiagram(bins, { ece: 0.0421 });
    expect(svg).toContain('<path d="M131,398L214,232L380,66" fill="none"'); // 332 px for the unit square
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['30', '1.2k', '7', 'model, calibration error 0.042', 'perfect']),
    );
    expect(description(svg)).toBe(
      '1247 examples in 3 bins. Predicted 0.25 came true in 0.00 of 30; 0.50 came true in 0.50 of 1210; 1.00 came true in 1.00 of 7. The expected calibration error is 0.042.',
    );
    checkWellFormed(svg);
  });

  it('draws a single bin', () => {
    expect(reliabilityDiagram({ predicted: [0.5], observed: [1], counts: [3] })).not.toMatch(/NaN|Infinity/);
  });

  it.each([
    [{ predicted: [], observed: [], counts: [] }, 'one at least, got 0, 0, 0'],
    [{ predicted: [0.1], observed: [0.1, 0.2], counts: [1] }, 'got 1, 2, 1'],
    [{ predicted: [NaN], observed: [0], counts: [1] }, 'in bin 0, got NaN, 0 and 1'],
    [
      { predicted: [0.1, 0.2], observed: [0, 1.5], counts: [1, 1] },
      'in bin 1, got 0.2, 1.5 and 1; leave empty bins out',
    ],
    [{ predicted: [0.1], observed: [0], counts: [0] }, 'got 0.1, 0 and 0'],
  ])('refuses %j', (table, message) => {
    expect(() => reliabilityDiagram(table)).toThrow(message);
  });
});
