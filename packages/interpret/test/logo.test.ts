import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { informationHeights, logo } from '../src/index';
import { glyph } from '../src/pictures/glyphs';
import { grey } from '../src/pictures/palette';
import { outlinePoints } from './outline';
import { checkWellFormed } from './well-formed';

const TOP = 22; // px above the axis
const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The boxes of the drawn letters, in px: which, where, how high. */
function boxes(svg: string) {
  const letters = new Map(ALPHABET.map((letter) => [glyph(letter), letter]));
  const paths = svg.matchAll(/<path d="([^"]+)" transform="translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)"/g);
  return [...paths].map(([, d, x, top, width, height]) => ({
    letter: letters.get(d),
    x: Number(x),
    top: Number(top),
    width: 100 * Number(width),
    height: 100 * Number(height),
  }));
}

describe('informationHeights', () => {
  it('gives each letter its probability times the bits of the column', () => {
    expect(informationHeights([[1, 0, 0, 0]])).toEqual([[2, 0, 0, 0]]);
    expect(informationHeights([[3, 0, 3, 0]])).toEqual([[0.5, 0, 0.5, 0]]);
    expect(informationHeights([[7, 7, 7, 7]])).toEqual([[0, 0, 0, 0]]);
  });

  it('takes off what twenty sites show by chance', () => {
    expect(informationHeights([[20, 0, 0, 0]], { sites: 20 })[0][0]).toBeCloseTo(2 - 0.1082, 4);
    expect(informationHeights([[6, 5, 5, 4]], { sites: 20 })).toEqual([[0, 0, 0, 0]]);
  });

  it('measures against a background', () => {
    const [[a]] = informationHeights([[1, 0, 0, 0]], { background: [0.125, 0.375, 0.375, 0.125] });
    expect(a).toBe(3);
  });
});

describe('logo', () => {
  it('stacks the letters, the tallest on top', () => {
    const svg = logo([[0.5, 0, 1.5, 0]], { domain: [0, 2], plotHeight: 100, columnWidth: 25 });
    expect(boxes(svg)).toEqual([
      { letter: 'A', x: 35, top: TOP + 75, width: 23, height: 25 },
      { letter: 'G', x: 35, top: TOP, width: 23, height: 75 },
    ]);
  });

  it('hangs negative heights below the axis, the tallest lowest', () => {
    const svg = logo([[-1, 2, 0, -0.5]], { domain: [-2, 2], plotHeight: 100 });
    expect(boxes(svg).map(({ letter, top, height }) => [letter, top, height])).toEqual([
      ['T', TOP + 50, 12.5],
      ['A', TOP + 62.5, 25],
      ['C', TOP, 50],
    ]);
  });

  it('keeps every letter inside the plot and gives it its exact height', () => {
    const height = fc.double({ min: -3, max: 3, noNaN: true });
    const heights = fc.array(fc.array(height, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(heights, (matrix) => {
        const drawn = boxes(logo(matrix, { plotHeight: 200 }));
        const sum = (sign: number) => matrix.map((row) => row.reduce((s, h) => s + Math.max(0, sign * h), 0));
        const scale = 200 / (Math.max(...sum(1)) + Math.max(...sum(-1)) || 1);
        const expected = matrix
          .flat()
          .map((h) => Math.abs(h) * scale)
          .filter((h) => h >= 0.2);
        const got = drawn.map((box) => box.height).sort((a, b) => a - b);
        expect(got.length).toBe(expected.length);
        expected.sort((a, b) => a - b).forEach((h, i) => expect(got[i]).toBeCloseTo(h, 3));
        for (const { top, height } of drawn) {
          expect(top).toBeGreaterThan(TOP - 0.01);
          expect(top + height).toBeLessThan(TOP + 200.01);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('numbers as many positions as have room', () => {
    const numbers = (count: number, options = {}) => {
      const svg = logo(
        Array.from({ length: count }, () => [1, 0, 0, 0]),
        options,
      );
      const last = svg.slice(svg.lastIndexOf('<g'));
      return [...last.matchAll(/>(\d+)<\/text>/g)].map(([, n]) => Number(n));
    };
    expect(numbers(4)).toEqual([1, 2, 3, 4]);
    expect(numbers(12, { columnWidth: 5 })).toEqual([1, 5, 10]);
    expect(numbers(8, { firstPosition: 98 })).toEqual([100, 105]);
  });

  it('speaks: a name and the tallest letters', () => {
    const svg = logo(
      [
        [0, 0, 0, 2],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
      ],
      { title: 'Motif 1 <b>"&' },
    );
    expect(svg).toContain('role="img" aria-label="Motif 1 &#60;b&#62;&#34;&#38;"');
    expect(svg).toContain('<title>Motif 1 &#60;b&#62;&#34;&#38;</title><desc>The tallest letters are TGA.</desc>');
    checkWellFormed(svg);
    expect(
      logo([
        [0, 0, 1, 0],
        [0, 0, 0, 0],
        [1, -2, 0, 0],
      ]),
    ).toContain('letters are G-C.');
  });

  it('draws amino acids and RNA in their colours', () => {
    const svg = logo([Array.from({ length: 20 }, () => 0.2)], { letters: 'ACDEFGHIKLMNPQRSTVWY' });
    expect(boxes(svg)).toHaveLength(20);
    expect(svg).toContain(`fill="${grey}"`);
    expect(logo([[0, 0, 0, 1]], { letters: 'ACGU' })).toContain(`d="${glyph('U')}"`);
  });

  it.each([
    [[[1, 2, 3]], 'a finite height for each of ACGT at position 0, got [1, 2, 3]'],
    [
      [
        [1, 2, 3, 4],
        [0, NaN, 0, 0],
      ],
      'at position 1, got [0, NaN, 0, 0]',
    ],
  ])('says which row of %j is wrong', (heights, message) => {
    expect(() => logo(heights)).toThrow(message);
  });

  it('says which letter it cannot draw', () => {
    expect(() => logo([[1]], { letters: '*' })).toThrow('no shape for the letter "*"');
  });
});

describe('glyphs', () => {
  it.each(ALPHABET)('%s fills its box from top to bottom and stays inside', (letter) => {
    const points = outlinePoints(glyph(letter));
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    expect(Math.min(...ys)).toBeCloseTo(0, 9);
    expect(Math.max(...ys)).toBeCloseTo(100, 9);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(-1e-9);
    expect(Math.max(...xs)).toBeLessThanOrEqual(100 + 1e-9);
  });

  it('are 26 different shapes', () => {
    expect(new Set(ALPHABET.map(glyph)).size).toBe(26);
  });
});
