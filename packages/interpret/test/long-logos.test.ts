import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionHeights, logo, logoRows, logoZoom, strongestWindows } from '../src/index';
import { glyph } from '../src/pictures/glyphs';
import { description, texts } from './svg-parts';
import { checkWellFormed } from './well-formed';

/** How letters were moved and stretched: letter, left, top (or bottom where flipped), stretch down. */
function shapes(svg: string) {
  const letters = new Map([...'ACGT'].map((letter) => [glyph(letter), letter]));
  const paths = svg.matchAll(/<path d="([^"]+)" transform="translate\((\S+) (\S+)\) scale\(\S+ (\S+)\)"/g);
  return [...paths].map(([, d, x, y, stretch]) => [letters.get(d), Number(x), Number(y), Number(stretch)]);
}
const sequence = (count: number) => 'ACGT'.repeat(count / 4);

describe('contributionHeights', () => {
  it('gives each letter of the sequence its own contribution', () => {
    expect(contributionHeights('gAN', [0.5, -2, 7])).toEqual([[0, 0, 0.5, 0], [-2, 0, 0, 0], [0, 0, 0, 0]]); // prettier-ignore
    expect(contributionHeights('U', Float32Array.of(1), 'ACGU')).toEqual([[0, 0, 0, 1]]);
  });

  it('wants a number for each letter', () => {
    expect(() => contributionHeights('ACGT', [1, 2])).toThrow('a contribution for each of 4 letters, got 2');
  });
});

describe('logo', () => {
  const heights = [[-1, 2, 0, 0]];

  it('takes an array with its shape as well as nested rows', () => {
    const array = { data: Float32Array.from(heights.flat()), shape: [1, 4] };
    for (const draw of [logo, logoRows, logoZoom]) expect(draw(array)).toBe(draw(heights));
    expect(() => logo({ data: [1, 2], shape: [1, 4] })).toThrow('logo: a shape of [1, 4] takes 4 numbers, got 2');
  });

  it('turns negative letters upside down if asked', () => {
    const options = { domain: [-2, 2], plotHeight: 100 } as const;
    expect(shapes(logo(heights, options))).toEqual([['A', 35, 72, 0.25], ['C', 35, 22, 0.5]].map(([l, , y, s]) => [l, expect.anything(), y, s])); // prettier-ignore
    expect(shapes(logo(heights, { ...options, negative: 'flipped' }))).toEqual([
      ['A', expect.anything(), 97, -0.25], // hangs from the axis at 72, its foot up
      ['C', expect.anything(), 22, 0.5],
    ]);
  });

  it('shades and names a stretch, and says where it is', () => {
    const svg = logo(contributionHeights('ACGTACGT', [1, 1, 1, 1, 1, 1, 1, 1]), {
      domain: [0, 1],
      columnWidth: 20,
      firstPosition: 11,
      highlights: [{ start: 2, end: 5, name: 'GTA box' }],
    });
    const left = 34; // of the axis
    expect(svg).toContain(
      `<rect x="${left + 40}" y="41" width="60" height="96" fill="currentColor" fill-opacity="0.12"/>`,
    );
    expect(texts(svg)).toContain('GTA box');
    expect(description(svg)).toBe('The tallest letters are ACGTACGT. Marked: GTA box at 13 to 15.');
  });

  it('draws a border where a highlight has no length', () => {
    const svg = logo(contributionHeights('ACGT', [1, 1, 1, 1]), {
      columnWidth: 30,
      highlights: [{ start: 2, end: 2, name: 'cut' }],
    });
    expect(svg).toContain('<line x1="94" y1="38" x2="94" y2="137"'); // two columns of 30 behind the axis at 34
    expect(description(svg)).toContain(' Marked: cut before 3.');
  });

  it('stacks the names of neighbours', () => {
    const at = (start: number, name: string) => ({ start, end: start + 1, name });
    const svg = logo(contributionHeights(sequence(20), Array(20).fill(1)), {
      highlights: [at(3, 'first name'), at(5, 'second name'), at(15, 'far away')],
    });
    const y = (name: string) => Number(new RegExp(`y="([\\d.]+)"[^>]*>${name}<`).exec(svg)?.[1]);
    expect(y('far away')).toBe(y('first name'));
    expect(y('second name')).toBe(y('first name') - 15);
  });

  it.each([
    [[], {}, 'logo: expected at least one position, got none'],
    [
      heights,
      { domain: [0, 2] },
      'expected a domain that holds all letters, got [0, 2]; position 0 reaches from -1 to 2',
    ],
    [heights, { domain: [2, 2] }, 'expected a domain that holds all letters, got [2, 2]'],
    [
      heights,
      { highlights: [{ start: 0, end: 2, name: 'x' }] },
      'the highlight "x" between 0 and 1, start first, got 0 to 2',
    ],
  ] as const)('refuses %j with %j', (matrix, options, message) => {
    expect(() => logo(matrix, options)).toThrow(message);
  });
});

describe('logoRows', () => {
  it('wraps after so many positions, numbers on, and keeps one scale', () => {
    const numbers = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5];
    const svg = logoRows(contributionHeights(sequence(12), numbers), { perRow: 5, columnWidth: 20, plotHeight: 100 });
    const rows = svg.split('<g transform').slice(1).map(shapes);
    expect(rows.map((row) => row.map(([letter]) => letter).join(''))).toEqual(['ACGTA', 'CGTAC', 'GT']);
    expect(rows[0][0][3]).toBe(1); // 2 of 2
    expect(rows[2].map(([, , , stretch]) => stretch)).toEqual([0.5, 0.25]);
    expect(texts(svg).filter((text) => /^\d+$/.test(text) && Number(text) > 2)).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']); // prettier-ignore
    checkWellFormed(svg);
  });

  it('carries a highlight on in the next row', () => {
    const svg = logoRows(contributionHeights(sequence(12), Array(12).fill(1)), {
      perRow: 6,
      columnWidth: 30,
      highlights: [{ start: 4, end: 8, name: 'long' }],
    });
    expect([...svg.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([60, 60]);
    expect(texts(svg).filter((text) => text === 'long')).toHaveLength(2);
    expect(description(svg)).toContain('Marked: long at 5 to 8.');
  });

  it('refuses a highlight that is on no row', () => {
    const highlights = [{ start: 7, end: 9, name: 'x' }];
    expect(() => logoRows([[1, 0, 0, 0]], { highlights })).toThrow(
      'logoRows: expected the highlight "x" between 0 and 1',
    );
  });

  it.each([0, 1.5, NaN])('refuses %s positions in a row', (perRow) => {
    expect(() => logoRows([[1, 0, 0, 0]], { perRow })).toThrow(
      `perRow to be a whole number of at least 1, got ${perRow}`,
    );
  });
});

describe('strongestWindows', () => {
  it('finds what is strong, puts it in the middle, and leaves out what is empty', () => {
    const heights = Array.from({ length: 100 }, (_, i) => [i === 30 ? 5 : i === 80 ? -3 : 0]);
    expect(strongestWindows(heights, { width: 11, count: 5 })).toEqual([{ start: 25, end: 36 }, { start: 75, end: 86 }]); // prettier-ignore
  });

  it('gives windows on the positions, apart and in their order', () => {
    const rows = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), (heights, width, count) => {
        const windows = strongestWindows(heights, { width, count });
        expect(windows.length).toBeGreaterThan(0);
        windows.forEach(({ start, end }, i) => {
          expect(end - start).toBe(Math.min(width, heights.length));
          expect(start).toBeGreaterThanOrEqual(i === 0 ? 0 : windows[i - 1].end);
          expect(end).toBeLessThanOrEqual(heights.length);
        });
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('logoZoom', () => {
  const heights = contributionHeights(
    sequence(1200),
    Array.from({ length: 1200 }, (_, i) => (i === 900 ? -4 : i % 2)),
  );

  it('frames its windows where they are and draws only their letters', () => {
    const windows = [{ start: 300, end: 304 }, { start: 900, end: 940 }]; // prettier-ignore
    const svg = logoZoom(heights, { windows, plotWidth: 600, firstPosition: 1001 });
    const frames = [...svg.matchAll(/<rect x="([\d.]+)" [^>]*width="([\d.]+)"[^>]*stroke=/g)].map(([, x, w]) => [Number(x), Number(w)]); // prettier-ignore
    expect(frames[1][0] - frames[0][0]).toBeCloseTo(300, 1); // 600 positions at half a pixel each
    expect(frames.map(([, width]) => width)).toEqual([2, 20]);
    expect(
      shapes(svg)
        .map(([letter]) => letter)
        .join(''),
    ).toBe('CT' + 'A' + 'CT'.repeat(10));
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['a', 'b', 'a: positions 1301 to 1304', 'b: positions 1901 to 1940']),
    );
    expect(description(svg)).toContain('The tallest letters at 1301 to 1304: -C-T; 1901 to 1940: AC-T');
    checkWellFormed(svg);
  });

  it('chooses the windows itself', () => {
    const single = Array.from({ length: 1200 }, (_, i) => [0, 0, 0, i === 900 ? -1 : 0]);
    const windows = texts(logoZoom(single)).filter((text) => text.includes('positions'));
    expect(windows).toEqual(['a: positions 861 to 940']); // of 80 positions the 40th and the 41st are in the middle
  });

  it('keeps a single peak among thousands of positions, in a small file', () => {
    const flat = Array.from({ length: 20_000 }, (_, i) => [i === 12_345 ? 1 : 0, 0, 0, 0]);
    const svg = logoZoom(flat, { windows: [{ start: 0, end: 10 }], plotWidth: 500 });
    const top = Number(/<rect [^>]*y="(\d+)"/.exec(svg)?.[1]);
    const profile = /<path d="(M[^"]*)" fill="currentColor"/.exec(svg)?.[1] ?? '';
    const peak = profile.split('L').find((piece) => piece.split(/[ H]/)[1] === String(top));
    const left = Number(profile.slice(1).split(' ')[0]);
    expect(Number(peak?.split(' ')[0])).toBeCloseTo(left + Math.floor(12_345 / 40), 1); // 40 positions share a pixel
    expect(svg.length).toBeLessThan(20_000);
  });

  it.each([
    [-1, 5],
    [5, 5],
    [1190, 1201],
    [0.5, 4],
  ])('refuses a window from %d to %d', (start, end) => {
    // prettier-ignore
    expect(() => logoZoom(heights, { windows: [{ start, end }] })).toThrow(`between 0 and 1200, start first, got ${start} to ${end}`); // prettier-ignore
  });
});
