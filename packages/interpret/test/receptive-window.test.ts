import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filtersToMotifs, receptiveWindow, type SlidingLayer, windowOfField } from '../src/index';

describe('receptiveWindow', () => {
  it('adds up widths, strides and padding', () => {
    expect(receptiveWindow([])).toEqual({ width: 1, stride: 1, offset: 0 });
    expect(receptiveWindow([{ width: 11, before: 5 }])).toEqual({ width: 11, stride: 1, offset: -5 });
    // 11, pooled by 4, then 3 positions of 4 letters, 2 apart: 11 + 3 · 1 + 2 · 2 · 4
    const layers = [{ width: 11 }, { width: 4, stride: 4 }, { width: 3, dilation: 2, before: 2 }];
    expect(receptiveWindow(layers)).toEqual({ width: 30, stride: 4, offset: -8 });
  });

  it('is what following the connections gives', () => {
    const layer = fc.record({
      ...{ width: fc.integer({ min: 1, max: 4 }), stride: fc.integer({ min: 1, max: 3 }) },
      ...{ dilation: fc.integer({ min: 1, max: 3 }), before: fc.integer({ min: 0, max: 3 }) },
    });
    /** The letters that unit `at` of the last layer is connected with. */
    const seen = (layers: SlidingLayer[], at: number): number[] => {
      let places = [at];
      for (const { width, stride = 1, dilation = 1, before = 0 } of layers.toReversed()) {
        places = places.flatMap((p) => Array.from({ length: width }, (_, i) => p * stride - before + i * dilation));
      }
      return places;
    };
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 4 }), fc.integer({ min: 0, max: 5 }), (layers, at) => {
        const { width, stride, offset } = receptiveWindow(layers);
        const letters = seen(layers, at);
        expect(Math.min(...letters)).toBe(offset + at * stride);
        expect(Math.max(...letters)).toBe(offset + at * stride + width - 1);
      }),
      { seed: 1 },
    );
  });

  it('cuts motifs of a deep layer out of the letters', () => {
    // Two letters wide, pooled in pairs, two of those: five letters, from every second one.
    const window = receptiveWindow([{ width: 2 }, { width: 2, stride: 2 }, { width: 2 }]);
    const batch = { sequences: ['TTACGTATT'], activations: [0, 4, 0], shape: [1, 3, 1] };
    const [motif] = filtersToMotifs(batch, window);
    expect(motif.consensus).toHaveLength(5);
    expect(motif.counts.map((row) => 'ACGT'[row.indexOf(2)]).join('')).toBe('ACGTA');
  });

  it('says what is wrong', () => {
    expect(() => receptiveWindow([{ width: 3 }, { width: 0 }])).toThrow('got layer 1 {"width":0');
    expect(() => receptiveWindow([{ width: 3, before: -1 }])).toThrow('padding of 0 or more');
  });
});

describe('windowOfField', () => {
  it('takes a bounded field', () => {
    expect(windowOfField({ size: 7, stride: 2, offset: -3 })).toEqual({ width: 7, stride: 2, offset: -3 });
  });

  it('refuses one without bounds', () => {
    const field = { size: Infinity, stride: 1, offset: -Infinity };
    expect(() => windowOfField(field)).toThrow('expected a layer that sees a bounded stretch');
  });
});
