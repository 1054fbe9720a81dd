import { describe, expect, it } from 'vitest';
import { lineChart, lossCurve, type Point, precisionRecallCurve, rocCurve } from '../src/index';
import { checkWellFormed } from './well-formed';

/** The `d` of each drawn line. */
const lines = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].map(([, d]) => d);
const texts = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

const unit = { name: 'x', domain: [0, 1] as const };
const chart = (...points: Point[]) =>
  lineChart({ series: [{ name: 's', points }], x: unit, y: unit, title: 'T', description: 'D' });

describe('lineChart', () => {
  it('puts the corners of the domain into the corners of the plot', () => {
    expect(lines(chart([0, 0], [0.5, 1], [1, 1]))).toEqual(['M44,258L245,30L446,30']);
  });

  it('drops points inside a vertical or horizontal run, and no others', () => {
    const staircase = chart([0, 0], [0, 0.2], [0, 0.5], [0.3, 0.5], [0.5, 0.5], [0.5, 0.9], [1, 1]);
    expect(lines(staircase)).toEqual(['M44,258L44,144L245,144L245,52.8L446,30']);
  });

  it('keeps the peak of a spike', () => {
    expect(lines(chart([0, 0], [0.5, 0], [0.5, 1], [0.5, 0], [1, 0]))).toEqual([
      'M44,258L245,258L245,30L245,258L446,258',
    ]);
  });

  it('leaves a gap where a number is missing', () => {
    expect(lines(chart([0, 0], [0.25, 0], [0.5, NaN], [0.75, 1], [1, 1]))).toEqual([
      'M44,258L144.5,258M345.5,30L446,30',
    ]);
  });

  it('puts equal ratios equally far apart on logarithmic axes, and leaves a gap where there is no logarithm', () => {
    const axis = (name: string) => ({ name, scale: 'log', domain: [1, 100] }) as const;
    const logs = (...points: Point[]) =>
      lineChart({ series: [{ name: 's', points }], x: axis('x'), y: axis('y'), title: 'T', description: 'D' });
    expect(lines(logs([1, 1], [10, 100], [100, 1]))).toEqual(['M44,258L245,30L446,258']);
    expect(lines(logs([1, 1], [10, 10], [20, 0], [100, 10]))[0]).toMatch(/^M44,258L245,144M446,144/);
    expect(texts(logs([1, 1]))).toEqual(expect.arrayContaining(['1', '10', '100']));
    expect(texts(logs([1, 1]))).not.toContain('');
  });

  it('rounds a logarithmic axis to powers of ten, and refuses one that begins at 0', () => {
    const points: Point[] = [
      [3, 20],
      [70, 50],
    ];
    const data = { series: [{ name: 's', points }], title: 'T', description: 'D', y: { name: 'y' } };
    const [x] = lines(lineChart({ ...data, x: { name: 'x', scale: 'log' } }))[0].match(/[\d.]+/)!;
    expect(Number(x)).toBeCloseTo(44 + (402 * Math.log10(3)) / 2, 1); // from 1 to 100
    expect(() => lineChart({ ...data, x: { name: 'x', scale: 'log', domain: [0, 1] } })).toThrow('begins above 0');
  });

  it('writes ticks, names and the text alternative, escaped', () => {
    const svg = lineChart({
      series: [
        {
          name: '<s>',
          points: [
            [0, 0],
            [10, 1],
          ],
        },
      ],
      x: { name: 'time & tide' },
      y: { name: 'loss' },
      mark: { x: 5, name: 'half' },
      title: '"T"',
      description: 'a < b',
    });
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['0', '10', '0.0', '1.0', 'time &#38; tide', 'loss', '&#60;s&#62;']),
    );
    expect(texts(svg)).toContain('half');
    expect(svg).toContain('<title>&#34;T&#34;</title><desc>a &#60; b</desc>');
    checkWellFormed(svg);
  });

  it('writes the names where no line goes: in another corner, or above', () => {
    const place = (svg: string) => /<text x="([\d.]+)" y="([\d.]+)"[^>]*>s</.exec(svg)?.slice(1).map(Number);
    expect(place(chart([0, 0], [0.5, 0.5]))).toEqual([412, 40]); // top right
    expect(place(chart([0, 0.95], [1, 0.95]))).toEqual([412, 244]); // bottom right
    expect(place(chart([0.5, 0.95], [0.95, 0.95], [0.95, 0]))).toEqual([86, 244]); // bottom left
    const around = chart(
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
      [0.05, 0.05],
      [0.05, 0.95],
      [0.95, 0.95],
      [0.95, 0.05],
      [0.05, 0.05],
    );
    expect(place(around)).toEqual([74, 10]);
    expect(around).toContain('viewBox="0 0 460 318"');
    expect(lines(around)[0]).toMatch(/^M44,258L44,30L446,30/); // in a group that is moved down by 18
    expect(around).toContain('<g transform="translate(0 18)">');
  });

  it('has axes even without points', () => {
    expect(texts(lineChart({ series: [], x: { name: 'x' }, y: { name: 'y' }, title: '', description: '' }))).toContain(
      '1.0',
    );
  });
});

describe('lossCurve', () => {
  it('draws training and validation, and marks the epoch that was kept', () => {
    const svg = lossCurve(
      [1, 2, 3].map((epoch) => ({ epoch, train: 1 / epoch, validation: 0.5 })),
      { bestEpoch: 2 },
    );
    expect(lines(svg)).toHaveLength(2);
    expect(texts(svg)).toEqual(expect.arrayContaining(['training', 'validation', 'kept: epoch 2', 'epoch']));
    expect(svg).toContain('After 3 epochs the training loss is 0.333 and the validation loss 0.500.');
    checkWellFormed(svg);
  });

  it.each([[[]], [[{ epoch: 1, train: 0.7 }]]])('works from %j', (history) => {
    const svg = lossCurve(history);
    expect(svg).not.toContain('NaN');
    expect(texts(svg)).not.toContain('validation');
  });
});

describe('rocCurve and precisionRecallCurve', () => {
  it('name the area and draw chance', () => {
    const svg = rocCurve(
      [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
      { auroc: 1 },
    );
    expect(lines(svg)).toEqual(['M44,362L44,30L376,30', 'M44,362L376,30']);
    expect(texts(svg)).toContain('model, area 1.000');
  });

  it('draw chance at the share of positives', () => {
    const svg = precisionRecallCurve(
      [
        [0, 1],
        [1, 0.25],
      ],
      { auprc: 0.6, positiveShare: 0.25 },
    );
    expect(lines(svg)[1]).toBe('M44,279L376,279');
  });

  it('stay small for thousands of thresholds', () => {
    const points = Array.from({ length: 20001 }, (_, i): Point => [
      Math.floor(i / 2) / 10000,
      Math.ceil(i / 2) / 10000,
    ]);
    expect(rocCurve(points, { auroc: 0.5 }).length).toBeLessThan(60_000);
  });
});
