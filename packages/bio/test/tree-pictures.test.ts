import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiTree, randomTree, readNewick, svgTree, taxaOf } from '../src/index';

const parse = (text: string) => readNewick(text, { innerNumbers: 'support' })[0];

describe('asciiTree', () => {
  it('draws lines, corners and names', () => {
    const drawn = asciiTree(parse('(a:2,(b:2,c:1)90:2);'), { width: 8 });
    expect(drawn.split('\n')).toEqual([
      '+---- a',
      '|',
      '+   +---- b',
      '+---+ 90',
      '    +-- c',
    ]); // prettier-ignore
  });

  it('puts all leaves to the right where there are no lengths', () => {
    expect(asciiTree(parse('(a,(b,c));'), { width: 4 }).split('\n')).toEqual([
      '+---- a',
      '|',
      '+ +-- b',
      '+-+',
      '  +-- c',
    ]); // prettier-ignore
  });

  it('has a line for each leaf, in their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), (taxa, seed) => {
        const tree = randomTree({ rng: new Rng(seed), taxa });
        const lines = asciiTree(tree).split('\n');
        expect(lines.length).toBe(2 * taxa - 1);
        expect(lines.filter((_, i) => i % 2 === 0).map((line) => /\S+$/.exec(line)![0])).toEqual(taxaOf(tree));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('draws a single leaf, and refuses a width of none', () => {
    expect(asciiTree(parse('a;')).trim()).toBe('a');
    expect(() => asciiTree(parse('(a,b);'), { width: 0 })).toThrow('expected a whole width of at least 1, got 0');
  });
});

describe('svgTree', () => {
  const tree = parse("('<A> & co':1,(b:2,c:1)0.987654:2);");

  it('says what it is, and takes its colour from the page', () => {
    const svg = svgTree(tree);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Tree of 3 taxa"[^>]*fill="currentColor"[^>]*>/);
    expect(svg).toContain('<desc>The root joins 2 groups: (&#60;A&#62; &#38; co); (b, c).</desc>');
    expect(svg).not.toMatch(/#[0-9a-f]{3,6}\b(?!;)|black|white/i);
  });

  it('writes names, support and a scale bar', () => {
    const texts = [...svgTree(tree).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, content]) => content);
    expect(texts).toEqual(['&#60;A&#62; &#38; co', 'b', 'c', '0.988', '1']); // the bar: a quarter of the depth of 4
    expect([...svgTree(tree, { showsSupport: false, isScaled: false }).matchAll(/<text /g)].length).toBe(3);
  });

  it('makes branches as long as they are', () => {
    const ends = [.../<path d="([^"]*)"/.exec(svgTree(tree, { width: 400 }))![1].matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)/g)]; // prettier-ignore
    const lengths = ends.map(([, from, , , to]) => Number(to) - Number(from));
    expect(lengths.map((length) => length / lengths[0])).toEqual([1, 2, 2, 1].map((ratio) => expect.closeTo(ratio, 3)));
  });

  it('keeps inside its frame, whatever the tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (taxa, seed) => {
        const svg = svgTree(randomTree({ rng: new Rng(seed), taxa }));
        const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
        for (const [, x, y] of svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)) {
          expect(Number(x)).toBeLessThan(width);
          expect(Number(y)).toBeLessThan(height);
        }
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { seed: 2, numRuns: 50 },
    );
  });
});
