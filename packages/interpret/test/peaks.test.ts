import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ActivationBatch, alignMotifs, distinctMotifs, filtersToMotifs, type Matrix } from '../src/index';
import { lcg } from './lcg';

const data = process.env.HAIRPIN_DATA;
const LETTERS = 'ACGT';
const WIDTH = 19;

describe.skipIf(!data)('filters on 3 000 CTCF peaks', () => {
  it('the filter made of the CTCF matrix gives the first motif, ahead of composition and chance', () => {
    const ctcf = readMatrix('MA0139.1');
    const gc = Array.from({ length: WIDTH }, () => [-0.3, 0.3, 0.3, -0.3]);
    const next = lcg(1);
    const chance = Array.from({ length: 6 }, () => fill(() => (next() - 0.5) * 1.5));
    const filters = [gc, ...chance, logOdds(ctcf), logOdds(ctcf.slice(0, 12))];

    const peaks = readPeaks(3000);
    const shuffled = peaks.map((peak) => shuffle([...peak], next).join(''));
    const motifs = filtersToMotifs(answers(peaks, filters), { width: WIDTH, control: answers(shuffled, filters) });

    expect(motifs[0].filter).toBe(7);
    expect(alignMotifs(motifs[0].counts, ctcf).similarity).toBeGreaterThan(0.95);
    expect(motifs.at(-1)!.filter).toBe(0);
    // The filter of the first twelve columns learns nothing new.
    expect(distinctMotifs(motifs).map(({ filter }) => filter)).not.toContain(8);
  });
});

function readPeaks(count: number): string[] {
  const fasta = gunzipSync(readFileSync(`${data}/chip_ctcf_pu1/ctcf.fa.gz`)).toString();
  const records = fasta.split('>').slice(1, count + 1);
  return records.map((record) => record.slice(record.indexOf('\n')).replace(/\s/g, '').toUpperCase());
}

function readMatrix(id: string): number[][] {
  const library = readFileSync(`${data}/motifs_jaspar/JASPAR2022_vertebrates.pfm`, 'utf8');
  const [, ...rows] = library
    .slice(library.indexOf(`>${id}`))
    .split('>')[1]
    .trim()
    .split('\n');
  return rows.map((row) => row.trim().split(/\s+/).map(Number));
}

/** log2(p / ¼) of a count matrix, a little of the uniform mixed in, zeros up to the width. */
function logOdds(counts: Matrix): number[][] {
  return Array.from({ length: WIDTH }, (_, i) => {
    const total = counts[i]?.reduce((sum, c) => sum + c, 0) ?? 0;
    return [0, 1, 2, 3].map((letter) => (total > 0 ? Math.log2(4 * ((0.99 * counts[i][letter]) / total + 0.0025)) : 0));
  });
}

/** ReLU of each filter at each position, as a convolution would answer. */
function answers(sequences: string[], filters: Matrix[]): ActivationBatch {
  const positions = sequences[0].length - WIDTH + 1;
  const activations = sequences.flatMap((sequence) => {
    const codes = [...sequence].map((letter) => LETTERS.indexOf(letter));
    return Array.from({ length: positions }, (_, at) =>
      filters.map((filter) =>
        Math.max(
          0,
          filter.reduce((sum, row, i) => sum + row[codes[at + i]], -3),
        ),
      ),
    ).flat();
  });
  return { sequences, activations, shape: [sequences.length, positions, filters.length] };
}

function fill(draw: () => number): number[][] {
  return Array.from({ length: WIDTH }, () => [draw(), draw(), draw(), draw()]);
}

function shuffle<T>(items: T[], next: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
