import { describe, expect, it } from 'vitest';
import { type DiscoverReport, discoverReport } from '../../src/discover/report';
import { count, duration, share } from '../../src/page/format';
import { html } from '../../src/page/html';
import { sampleReport } from './sample-report';

const page = discoverReport(sampleReport);
const body = page.slice(page.indexOf('<body>'), page.indexOf('</html>'));

/** What a reader sees: the page without its tags, white space as one space. */
function readable(markup: string): string {
  return markup
    .slice(markup.indexOf('<body>'))
    .replace(/<(svg)[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replace(/\s+/g, ' ');
}

describe('discoverReport', () => {
  it('says what was measured, with its interval', () => {
    expect(readable(page)).toContain('reaches an AUROC of 0.987 on 7 524 sequences');
    expect(readable(page)).toContain('AUROC 0.987 0.984 – 0.989');
    expect(readable(page)).toContain('AUPRC 0.988 0.986 – 0.990');
    expect(readable(page)).toContain('Epochs 6 Kept epoch 5 Time, start to end 6 min 52 s');
  });

  it('says what ran and how to run it again', () => {
    expect(page).toContain('<pre><code>hairpin discover ctcf.fa.gz --hold-out chr10,chr11 --seed 1</code></pre>');
    expect(readable(page)).toContain('Device webgpu Adapter llvmpipe (LLVM 15.0.6, 256 bits) Seed 1');
    expect(readable(page)).toContain('filters 64 filter width 19 learning rate 0.001');
    expect(readable(page)).toContain('training 28 911 28 911');
  });

  it('lists the motifs in their order, with the library match where there is one', () => {
    expect(readable(page)).toMatch(
      /1\. GAGGCA , 6\.3 bits, 10 sites, like CTCF \(MA0139\.1\), r = 0\.97 .*2\. W , 0\.2 bits, 1 site /,
    );
  });

  it('labels simulated data, and only those', () => {
    const planted = 'a matrix of 12 bits planted at random places';
    const data = { ...sampleReport.data, isSimulated: true, source: planted };
    const simulated = readable(discoverReport({ ...sampleReport, data, trueMatrixAuroc: 0.8531 }));
    expect(simulated).toContain(`Simulated data. No experiment stands behind these sequences: ${planted}.`);
    expect(simulated).toContain('AUROC of the true matrix 0.853');
    expect(readable(page)).not.toContain('imulated');
    expect(readable(page)).not.toContain('true matrix');
  });

  it('stands alone: fetches nothing, runs nothing', () => {
    const links = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    expect(links).not.toMatch(/<script|https?:|\bsrc=|url\(|@import|\son\w+=/);
    expect(page).toContain('content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"');
  });

  it('escapes every text that it is given', () => {
    const hostile = '</title><script>alert("&")</script>';
    const poison = (value: unknown): unknown => {
      if (typeof value === 'string') return hostile;
      if (Array.isArray(value)) return value.map(poison);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)]));
    };
    const poisoned = poison({ ...sampleReport, settings: { filters: 'x' } }) as DiscoverReport;
    const written = discoverReport({ ...poisoned, data: { ...poisoned.data, isSimulated: true } });
    expect(written).not.toContain('<script');
    expect(written.match(/<\/title>/g)).toHaveLength(5); // the page's own, two curves, two logos
    // title twice, command, version and date, device, adapter, source twice, negatives, held out, three parts, a setting,
    // two motifs thrice each (caption, name and title of the logo), name and id of a match
    expect(written.match(/&#60;script&#62;/g)).toHaveLength(2 + 1 + 2 + 2 + 2 + 2 + 3 + 1 + 6 + 2);
  });

  it('opens what it closes', () => {
    const tags = [...body.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)].filter(([, , , empty]) => !empty);
    const open: string[] = [];
    for (const [, closing, name] of tags) {
      if (closing) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('can be heard: language, one heading, named pictures, captions and headers of tables', () => {
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const pictures = page.match(/<svg[^>]*>/g)!;
    expect(pictures).toHaveLength(4); // two curves, two logos
    for (const picture of pictures) expect(picture).toMatch(/role="img" aria-label="[^"]+"/);
    expect(page.match(/<caption>/g)).toHaveLength(page.match(/<table>/g)!.length);
    for (const header of page.match(/<th[ >][^>]*/g)!) expect(header).toMatch(/scope="(row|col)"/);
  });

  it('is as light or dark as the reader', () => {
    expect(page).toContain('color-scheme: light dark');
    expect(page).toContain('@media (prefers-color-scheme: dark)');
  });

  it('has a page even for a run that found nothing', () => {
    const empty = { ...sampleReport, motifs: [], history: [], bestEpoch: undefined, settings: undefined, roc: [] };
    const written = discoverReport(empty);
    expect(readable(written)).toContain('No filter of the net found a site');
    expect(written).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('numbers', () => {
  it.each([
    [7, '7'],
    [999, '999'],
    [1000, '1 000'],
    [35885, '35 885'],
    [1234567, '1 234 567'],
  ])('count %d as %s', (value, text) => {
    expect(count(value).replaceAll('\u202f', ' ')).toBe(text);
  });

  it.each([
    [0.5, '0.500'],
    [0.98683, '0.987'],
    [0.99961, '0.9996'],
    [0.99999, '0.9999'],
    [1, '1.000'],
  ])('share %d as %s', (value, text) => {
    expect(share(value)).toBe(text);
  });

  it.each([
    [0.84, '0.8 s'],
    [43.4, '43 s'],
    [59.7, '1 min 0 s'],
    [412.3, '6 min 52 s'],
    [4330, '1 h 12 min'],
  ])('duration %d as %s', (value, text) => {
    expect(duration(value).replaceAll('\u202f', ' ')).toBe(text);
  });
});

describe('html', () => {
  it('escapes text and numbers, keeps markup, joins lists', () => {
    const list = ['a & b', 2].map((item) => html`<li>${item}</li>`);
    expect(html`<b title="${'"'}">${list}</b>`.markup).toBe('<b title="&#34;"><li>a &#38; b</li><li>2</li></b>');
  });
});
