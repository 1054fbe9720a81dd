import { describe, expect, it } from 'vitest';
import { nucleotideColours, palette } from '../src/index';
import { colourScale } from '../src/pictures/maps/colour-scale';
import { grey, opposites } from '../src/pictures/palette';
import { contrast, distance, lightness, seen, visions } from './colour-vision';

const papers = ['#ffffff', '#fbfaf6', '#17181b'];
const hex = (rgb: readonly number[]) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;
const rgb = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

describe('palette', () => {
  const colours = Object.values(palette);

  it.each([...colours, grey])('%s reaches 3 : 1 on white, paper and near-black', (colour) => {
    for (const paper of papers) expect(contrast(colour, paper)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(visions()))('stays apart in %s vision', (_, matrix) => {
    for (const [i, a] of colours.entries()) {
      for (const b of colours.slice(i + 1)) expect(distance(seen(a, matrix), seen(b, matrix))).toBeGreaterThan(0.095);
    }
  });

  it('colours U like T', () => {
    expect(nucleotideColours.U).toBe(nucleotideColours.T);
  });
});

describe('the sequential scale', () => {
  const { colours } = colourScale('', [0, 1], {});

  it.each(Object.entries(visions()))('grows lighter with the number in %s vision', (_, matrix) => {
    const steps = colours.map((colour) => lightness(seen(hex(colour.slice(0, 3)), matrix)));
    for (let i = 16; i < 256; i += 16) expect(steps[i] - steps[i - 16]).toBeGreaterThan(0.01);
    expect(steps[255] - steps[0]).toBeGreaterThan(0.55); // most of the way from black to white, which is 1
  });
});

describe('the diverging scale', () => {
  const { colours, level } = colourScale('', [-2, 1], {});
  const on = (paper: string, value: number) => {
    const [r, g, b, alpha] = colours[level(value)];
    return hex(rgb(paper).map((p, i) => p + ([r, g, b][i] - p) * (alpha / 255)));
  };

  it('has 0 in its middle, where nothing is drawn, and the ends at the larger bound', () => {
    expect(colours[level(0)][3]).toBe(0);
    expect([level(-2), level(0), level(2), level(-9), level(9)]).toEqual([0, 127, 254, 0, 254]);
  });

  it.each(papers)('stands out from %s more the farther from 0, on both sides alike', (paper) => {
    for (const size of [0.5, 1, 1.5, 2]) {
      const [below, above] = [-size, size].map((value) => contrast(on(paper, value), paper));
      expect(Math.abs(below - above)).toBeLessThan(0.2);
      expect(above).toBeGreaterThan(contrast(on(paper, size - 0.5), paper) + 0.1);
    }
    expect(contrast(on(paper, 2), paper)).toBeGreaterThan(3.9);
  });

  it.each(Object.entries(visions()))('keeps the signs apart in %s vision', (_, matrix) => {
    expect(distance(seen(opposites.below, matrix), seen(opposites.above, matrix))).toBeGreaterThan(0.2);
    for (const paper of papers)
      expect(distance(seen(on(paper, -1), matrix), seen(on(paper, 1), matrix))).toBeGreaterThan(0.1);
  });
});
