import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circularMap } from '../src/index';
import { arrow } from '../src/pictures/circle/arrow';
import { featureLanes } from '../src/pictures/circle/feature';
import { drawRing, ringOf } from '../src/pictures/circle/ring';
import { spread } from '../src/pictures/circle/side-labels';
import { outlinePoints } from './outline';
import { phiX174 } from './pictures/samples';
import { description, texts } from './svg-parts';
import { checkWellFormed } from './well-formed';

const quarter = Math.PI / 2;
/** Angle, clockwise from the top, and radius of places. */
const polar = (points: [number, number][]) =>
  points.map(([x, y]) => ({ angle: Math.atan2(x, -y), radius: Math.hypot(x, y) }));

describe('arrow', () => {
  it.each(['+', '-', '.'] as const)('of strand %s stays in its band', (strand) => {
    const points = polar(outlinePoints(arrow({ from: 0.2, to: 1.4, inner: 80, outer: 100 }, strand)));
    for (const { angle, radius } of points) {
      expect(radius).toBeGreaterThan(79.9);
      expect(radius).toBeLessThan(100.1);
      expect(angle).toBeGreaterThan(0.199);
      expect(angle).toBeLessThan(1.401);
    }
  });

  it('points to where the strand reads', () => {
    const tip = (strand: '+' | '-', wanted: (angles: number[]) => number) => {
      const points = polar(outlinePoints(arrow({ from: 0, to: quarter, inner: 80, outer: 100 }, strand)));
      const end = wanted(points.map(({ angle }) => angle));
      return points.filter(({ angle }) => Math.abs(angle - end) < 1e-3).map(({ radius }) => radius);
    };
    expect(tip('+', (angles) => Math.max(...angles))[0]).toBeCloseTo(90, 1);
    expect(tip('-', (angles) => Math.min(...angles))[0]).toBeCloseTo(90, 1);
  });

  it('is two pixels long at least', () => {
    const points = polar(outlinePoints(arrow({ from: 1, to: 1.0001, inner: 95, outer: 105 }, '.')));
    expect(Math.max(...points.map(({ angle }) => angle))).toBeCloseTo(1.02, 3);
  });
});

describe('featureLanes', () => {
  const lanes = (spans: [number, number][]) =>
    Object.fromEntries(featureLanes(spans.map(([start, end]) => ({ start, end, name: `${start}` })), 1000).map(({ feature, lane }) => [feature.name, lane])); // prettier-ignore

  it('lays what overlaps into lanes, the longest first, across the origin too', () => {
    expect(lanes([[900, 1100], [50, 150], [300, 400]])).toEqual({ 900: 0, 50: 1, 300: 0 }); // prettier-ignore
    expect(lanes([[100, 300], [100, 200], [150, 180]])).toEqual({ 100: 1, 150: 2 }); // prettier-ignore
  });

  it('leaves neighbours side by side', () => {
    expect(lanes([[0, 100], [100, 300], [300, 1000]])).toEqual({ 0: 0, 100: 0, 300: 0 }); // prettier-ignore
  });

  it('keeps the genes of phiX174 apart in four lanes', () => {
    const placed = featureLanes(phiX174, 5386);
    expect(Object.fromEntries(placed.map(({ feature, lane }) => [feature.name, lane]))).toEqual({
      'gene A': 0, 'gene A*': 1, 'gene B': 2, 'gene K': 3, 'gene C': 2, 'gene D': 0, 'gene E': 1,
      'gene J': 1, 'gene F': 0, 'gene G': 0, 'gene H': 0,
    }); // prettier-ignore
  });
});

describe('spread', () => {
  it('leaves heights that are apart and parts equal ones evenly', () => {
    expect(spread([-50, 0, 50], 14, 100)).toEqual([-50, 0, 50]);
    expect(spread([10, 10, 10], 14, 100)).toEqual([-4, 10, 24]);
    expect(spread([99, 99], 14, 100)).toEqual([86, 100]);
  });

  it('keeps order, distance and borders', () => {
    const heights = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 14 });
    fc.assert(
      fc.property(heights, (unsorted) => {
        const placed = spread(unsorted.sort((a, b) => a - b), 14, 100); // prettier-ignore
        placed.forEach((height, i) => {
          expect(Math.abs(height)).toBeLessThanOrEqual(100 + 1e-9);
          if (i > 0) expect(height - placed[i - 1]).toBeGreaterThan(14 - 1e-9);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('drawRing', () => {
  /** The farthest and nearest place of each of the two areas. */
  const reach = (values: number[], baseline?: number) => {
    const svg = drawRing(ringOf({ name: 't', values, baseline }), 50, 90);
    return [...svg.matchAll(/<path d="(M[^Z]*)Z/g)].map(([, outline]) => {
      const radii = polar(outlinePoints(outline)).map(({ radius }) => Math.round(radius));
      return [Math.min(...radii), Math.max(...radii)];
    });
  };

  it('goes out above the baseline and in below it', () => {
    expect(reach([-1, 3, 1, 0])).toEqual([[60, 90], [50, 60]]); // prettier-ignore
    expect(reach([2, 4])).toEqual([[70, 90], [50, 70]]); // prettier-ignore
    expect(reach([2, 4], 0)[0]).toEqual([70, 90]);
  });

  it('puts each number where it belongs on the circle', () => {
    const svg = drawRing(ringOf({ name: 't', values: [0, 1, 0, 0], baseline: 0 }), 50, 90);
    const high = polar(outlinePoints(/<path d="(M[^Z]*)Z/.exec(svg)![1])).filter(({ radius }) => radius > 89);
    expect(Math.min(...high.map(({ angle }) => angle))).toBeCloseTo(quarter, 1);
    expect(Math.max(...high.map(({ angle }) => angle))).toBeCloseTo(2 * quarter, 1);
  });

  it('draws what is the same all around', () => {
    expect(drawRing(ringOf({ name: 't', values: [0.4, 0.4] }), 50, 90)).not.toContain('NaN');
  });
});

describe('circularMap', () => {
  it('names all genes, says where they are, and numbers the circle', () => {
    const svg = circularMap({ lengthBp: 5386, name: 'phiX174', features: phiX174 });
    expect(texts(svg)).toEqual(expect.arrayContaining([...phiX174.map(({ name }) => name), 'phiX174', '0', '1 kb', '4 kb', 'forward strand'])); // prettier-ignore
    expect(description(svg)).toMatch(
      /^A circle of 5\u202f386 bp. 11 features: gene A 3981 to 136; gene A\* 4497 to 136;/,
    );
    checkWellFormed(svg);
  });

  it('says how many names had no room, and keeps those of the longest', () => {
    const features = Array.from({ length: 200 }, (_, i) => ({ start: 20 * i, end: 20 * i + 5 + (i % 100 === 7 ? 10 : 0), name: `g${i}` })); // prettier-ignore
    const svg = circularMap({ lengthBp: 4000, features });
    const shown = texts(svg).filter((text) => text.startsWith('g'));
    expect(shown).toEqual(expect.arrayContaining(['g7', 'g107']));
    expect(description(svg)).toContain(` ${200 - shown.length} names had no room.`);
    expect(shown.length).toBeGreaterThan(40);
  });

  it('tells the range of each track', () => {
    const svg = circularMap({ lengthBp: 900, tracks: [{ name: 'GC skew', values: [-0.25, 0.5] }] });
    expect(texts(svg)).toContain('ring: GC skew, −0.25 to 0.5, baseline 0');
  });

  it.each([
    [{ lengthBp: 0 }, 'a length above 0 bp, got 0'],
    [{ lengthBp: 100, features: [{ name: 'x', start: 100, end: 120 }] }, 'expected x to start on the circle of 100 bp'],
    [{ lengthBp: 100, features: [{ start: 90, end: 20 }] }, 'beyond 100 across the origin, got 90 to 20'],
    [{ lengthBp: 100, features: [{ start: 10, end: 111 }] }, 'got 10 to 111'],
    [{ lengthBp: 100, tracks: [{ name: 'gc', values: [] }] }, 'expected numbers in the track gc, got none'],
    [
      { lengthBp: 100, tracks: [{ name: 'gc', values: [1, NaN] }] },
      'finite numbers in the track gc, got NaN at index 1',
    ],
  ])('refuses %j', (genome, message) => {
    expect(() => circularMap(genome)).toThrow(message);
  });
});
