import { describe, expect, it } from 'vitest';
import { attentionMap, mutagenesisMap, stateMap } from '../src/index';
import { lcg } from './lcg';
import { description, images, texts } from './svg-parts';
import { checkWellFormed } from './well-formed';

describe('stateMap', () => {
  const values = [[0, 0.2, 1], [0.4, 1, 0]]; // prettier-ignore

  it('puts units below each other and positions side by side, in viridis', () => {
    const svg = stateMap([{ name: 'gate', values }], { cellWidth: 10, cellHeight: 5 });
    const [map] = images(svg);
    expect(map.rows).toEqual([[0, 102], [51, 255], [255, 0]]); // prettier-ignore
    expect(map.box).toEqual([32, 24, 20, 15]);
    expect([map.palette?.[0], map.palette?.[255]]).toEqual([[0x44, 0x01, 0x54], [0xfd, 0xe7, 0x25]]); // prettier-ignore
    expect(description(svg)).toBe(
      'The gate of 3 units over 2 positions runs from 0 (unit 0 at position 1) to 1 (unit 1 at position 2).',
    );
  });

  it('takes an array with its shape as well as nested rows', () => {
    const array = { data: Float64Array.from(values.flat()), shape: [2, 3] };
    expect(stateMap([{ name: 'gate', values: array }])).toBe(stateMap([{ name: 'gate', values }]));
  });

  it('diverges from 0 for numbers of both signs, and 0 shows the paper', () => {
    const [map] = images(stateMap([{ name: 'state', values: [[-1, 0, 0.5, 3]] }]));
    expect(map.rows.flat()).toEqual([127 - 42, 127, 127 + 21, 254]);
    expect(map.palette?.[127]?.[3]).toBe(0);
    expect(map.palette?.[254]?.[3]).toBe(254);
  });

  it('shows a map that is the same all over', () => {
    const svg = stateMap([{ name: 'idle', values: [[0, 0]] }, { name: 'full', values: [[2, 2]] }]); // prettier-ignore
    expect(images(svg).map(({ rows }) => rows.flat()).filter((rows) => rows.length === 2)).toEqual([[0, 0], [0, 0]]); // prettier-ignore
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  it('cuts off at a domain that is given', () => {
    const [map] = images(stateMap([{ name: 'gate', values: [[-1, 0.5, 7]], domain: [0, 1] }]));
    expect(map.rows.flat()).toEqual([0, 128, 255]);
  });

  it('stands several maps on one axis, with letters and borders', () => {
    const panels = ['input gate', 'forget gate'].map((name) => ({ name, values }));
    const highlights = [{ start: 1, end: 1, name: 'border' }];
    const svg = stateMap(panels, { sequence: 'AC', highlights, firstPosition: 7, cellWidth: 60 });
    expect(texts(svg)).toEqual(expect.arrayContaining(['input gate', 'forget gate', 'border', '7', '8', 'unit', '2']));
    expect(svg).toMatch(/<line x1="92" y1="39" x2="92" y2="\d+" stroke="#fff"\/>/); // one cell of 60 behind the left end at 32
    expect(description(svg)).toMatch(/ Marked: border before 8\.$/);
    checkWellFormed(svg);
  });

  it('stays small: 200 units at 1000 positions of noise', () => {
    const random = lcg(1);
    const data = Float32Array.from({ length: 200_000 }, () => random() - 0.5);
    expect(stateMap([{ name: 'noise', values: { data, shape: [1000, 200] } }]).length).toBeLessThan(300_000);
  });

  it.each([
    [[], {}, 'at least one panel'],
    [[{ name: 'h', values: [] }], {}, 'stateMap: h: expected at least one row of numbers, got none'],
    [[{ name: 'h', values: [[1, 2], [1]] }], {}, 'stateMap: h: expected 2 numbers in each row, got 1 in row 1'],
    [
      [
        {
          name: 'h',
          values: [
            [1, 2],
            [1, NaN],
          ],
        },
      ],
      {},
      'got NaN in row 1, column 1; put 0 where there is nothing',
    ],
    [[{ name: 'h', values: { data: [1, 2, 3], shape: [2, 2] } }], {}, 'a shape of [2, 2] takes 4 numbers, got 3'],
    [
      [{ name: 'h', values: { data: [1, 2], shape: [1, 1, 2] } }],
      {},
      'a shape [rows, columns] without a 0, got [1, 1, 2]',
    ],
    [
      [
        { name: 'a', values },
        { name: 'b', values: [[1]] },
      ],
      {},
      'expected 2 positions in each panel, got 1 in b',
    ],
    [[{ name: 'a', values, units: ['x'] }], {}, 'expected 3 names of units for a, got 1'],
    [[{ name: 'a', values }], { sequence: 'ACG' }, 'expected a sequence of 2 letters, got 3'],
    [[{ name: 'a', values, domain: [1, 0] }], {}, 'expected a domain of two rising numbers, got [1, 0]'],
    [[{ name: 'a', values }], { highlights: [{ start: 2, end: 1 }] }, 'between 0 and 2, start first, got 2 to 1'],
  ] as const)('refuses %j with %j', (panels, options, message) => {
    // prettier-ignore
    expect(() => stateMap(panels as never, options)).toThrow(message);
  });
});

describe('attentionMap', () => {
  const data = [1, 0, 0, 0.25, 0.25, 0.5, 0, 0, 1, 0, 1, 0]; // 2 heads, 2 queries, 3 keys

  it('draws queries downwards and keys to the right, one map per head in the same colours', () => {
    const svg = attentionMap({ data, shape: [2, 2, 3] });
    const maps = images(svg).filter(({ rows }) => rows.length === 2);
    expect(maps.map(({ rows }) => rows)).toEqual([[[255, 0, 0], [64, 64, 128]], [[0, 0, 255], [0, 255, 0]]]); // prettier-ignore
    expect(texts(svg)).toEqual(expect.arrayContaining(['head 1', 'head 2', 'query', 'key', 'weight']));
    const nested = [[[1, 0, 0], [0.25, 0.25, 0.5]], [[0, 0, 1], [0, 1, 0]]]; // prettier-ignore
    expect(attentionMap(nested)).toBe(svg);
    checkWellFormed(svg);
  });

  it('says where each head looks', () => {
    const svg = attentionMap([[[0.1, 0.9], [0.8, 0.2]]], { queries: 'GA', firstPosition: 5, heads: ['layer 1'] }); // prettier-ignore
    expect(description(svg)).toBe('layer 1: strongest 0.9, from query 5 (G) to key 6 (A).');
    expect(svg).toContain('aria-label="Attention of one head, 2 queries by 2 keys"');
  });

  it('writes words beside the rows and upright above the columns', () => {
    const svg = attentionMap([[[0.5, 0.5]]], {
      queries: ['stop'],
      keys: ['helix', 'a name that is much too long for any axis'],
    });
    const rotated = [...svg.matchAll(/<text transform="translate\([^)]*\) rotate\(-90\)"[^>]*>([^<]*)/g)].map(
      ([, text]) => text,
    );
    expect(rotated).toEqual(['helix', expect.stringMatching(/^a name .*…$/)]);
    expect(texts(svg)).toContain('stop');
  });

  it.each([
    [[], {}, 'at least one head, got none'],
    [{ data, shape: [1, 2, 2, 3] }, {}, 'weights [heads, queries, keys] of one example, got [1, 2, 2, 3]'],
    [{ data, shape: [2, 2, 2] }, {}, 'a shape of [2, 2, 2] takes 8 numbers, got 12'],
    [[[[1]], [[1, 2]]], {}, 'expected [1, 1] of each head, got [1, 2] of head 2'],
    [[[[1, Infinity]]], {}, 'head 1: expected finite numbers, got Infinity in row 0, column 1'],
    [[[[1, 2]]], { keys: 'ACG' }, 'expected 2 names of keys, got 3'],
    [[[[1, 2]]], { queries: ['a', 'b'] }, 'expected 1 names of queries, got 2'],
    [[[[1, 2]]], { heads: [] }, 'expected 1 names of heads, got 0'],
  ] as const)('refuses %j with %j', (weights, options, message) => {
    expect(() => attentionMap(weights as never, options)).toThrow(message);
  });
});

describe('mutagenesisMap', () => {
  const effects = [[0, -2, 0.5, 1], [0.25, 0, 0, 0]]; // prettier-ignore

  it('draws letters downwards and positions to the right, 0 in the middle of the scale', () => {
    const svg = mutagenesisMap(effects, 'AC', { cellWidth: 10, cellHeight: 10 });
    expect(images(svg)[0].rows).toEqual([[127, 143], [0, 127], [159, 127], [191, 127]]); // prettier-ignore
    expect(description(svg)).toBe('Of all effects the lowest is −2, by A to C at 1; the highest is 1, by A to T at 1.');
    checkWellFormed(svg);
  });

  it('marks the letter that was there, and none for N', () => {
    const dots = (sequence: string) =>
      /<path d="([M\d.h ]*)" fill="none" stroke="currentColor"/.exec(mutagenesisMap(effects, sequence, { cellWidth: 10, cellHeight: 10 }))?.[1]; // prettier-ignore
    expect(dots('AC')).toBe('M29.0 29h0M39.0 39h0'); // the middles of cells whose corner is at 24, 24
    expect(dots('NT')).toBe('M39.0 59h0');
  });

  it('says so where nothing matters', () => {
    expect(description(mutagenesisMap([[0, 0, 0, 0]], 'A'))).toBe('No substitution has an effect.');
  });

  it.each([
    [[[1, 2, 3]], 'A', 'expected an effect for each of ACGT at a position, got 3 effects'],
    [effects, 'ACG', 'expected a sequence of 2 letters, got 3'],
    [[[0, 0, 0, NaN]], 'A', 'mutagenesisMap: expected finite numbers, got NaN in row 0, column 3'],
  ])('refuses %j for %s', (table, sequence, message) => {
    expect(() => mutagenesisMap(table, sequence)).toThrow(message);
  });
});
