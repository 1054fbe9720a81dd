import { describe, expect, it } from 'vitest';
import { fitText, textWidth } from '../../src/pictures/text-width';
import { checkWellFormed } from '../well-formed';
import { gallery } from './gallery';

/** What a picture may weigh at most, in characters; what is not named here, 100 000. */
const most: Record<string, number> = { 'logo-rows-1200': 250_000, 'state-200x1000': 300_000 };

describe.each(Object.entries(gallery))('%s', (name, draw) => {
  const svg = draw();

  it('is well-formed, without scripts or numbers that are none', () => {
    checkWellFormed(svg);
    const text = svg.replace(/base64,[^"]*/g, '');
    expect(text).not.toMatch(/NaN|Infinity|undefined|<script|\d{5,}\.\d|\.\d{7}/);
  });

  it('speaks: what it is, and numbers of what it shows', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]{3,}"/);
    const [, title, text] = /<title>([^<]+)<\/title><desc>([^<]+)<\/desc>/.exec(svg) ?? [];
    expect(title).toMatch(/\S{3}/);
    expect(text).toMatch(name.startsWith('logo') ? /[A-Z-]+/ : /\d/);
  });

  it('is a small file', () => {
    expect(svg.length).toBeLessThan(most[name] ?? 100_000);
  });
});

describe('fitText', () => {
  it('leaves what fits, cuts what does not, and drops what has no room at all', () => {
    expect(fitText('TAL1', 100)).toBe('TAL1');
    const cut = fitText('a rather long name', 60);
    expect(cut).toMatch(/^a rat.*…$/);
    expect(textWidth(cut)).toBeLessThanOrEqual(60);
    expect(fitText('long', 5)).toBe('');
  });
});
