import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectFasta, locusOf, splitByChromosome } from '../../src/index';
import type { Locus } from '../../src/index';
import { dataFiles, dataFolder, dataPath } from '../support';

const headerOf = (line: string) => ({ id: line.split(' ')[0], description: line.split(' ').slice(1).join(' ') });

describe('locusOf', () => {
  const cases: Record<string, Locus | undefined> = {
    'chr10:123-456': { chromosome: 'chr10', start: 123, end: 456 },
    'chr1:17,036,408-17,036,508': { chromosome: 'chr1', start: 17036408, end: 17036508 },
    'chrX:5-9(-)': { chromosome: 'chrX', start: 5, end: 9, strand: '-' },
    'peak7::chr2L:5-9(+)': { chromosome: 'chr2L', start: 5, end: 9, strand: '+' },
    "hg19_ct_peaks_3_12 range=chr4:5-9 5'pad=0 3'pad=0 strand=- repeatMasking=none": {
      chromosome: 'chr4',
      start: 5,
      end: 9,
      strand: '-',
    },
    'chr17_gl000205_random:5-9': { chromosome: 'chr17_gl000205_random', start: 5, end: 9 },
    'II:5-9': { chromosome: 'II', start: 5, end: 9 },
    'NC_000913.3:5-9': { chromosome: 'NC_000913.3', start: 5, end: 9 },
    'ENSG1 dna:chromosome chromosome:GRCh38:1:5:9:-1': { chromosome: '1', start: 5, end: 9, strand: '-' },
    'ENSG1 dna:chromosome chromosome:GRCh38:1:5:9:1': { chromosome: '1', start: 5, end: 9, strand: '+' },
    'chr2L_5587_5835_+_positive_peak': { chromosome: 'chr2L', start: 5587, end: 5835, strand: '+' },
    peak_chr3_5_9: { chromosome: 'chr3', start: 5, end: 9 },
    chr1_gl000191_random_5_9: { chromosome: 'chr1_gl000191_random', start: 5, end: 9 },
    'Chr1 1..304277': { chromosome: 'Chr1', start: 1, end: 304277 },
    'I 1..150725': { chromosome: 'I', start: 1, end: 150725 },
    chrUn_gl000211: { chromosome: 'chrUn_gl000211' },
    'peak9 chr5': { chromosome: 'chr5' },
    'NC_000001.11 Homo sapiens chromosome 1, GRCh38.p14': { chromosome: '1' },
    peak9: undefined,
    'chrna1 nicotinic receptor': undefined,
    'sp|P69905|HBA_HUMAN': undefined,
    '': undefined,
  };
  for (const [line, locus] of Object.entries(cases)) {
    it(`'${line}'`, () => expect(locusOf(headerOf(line))).toEqual(locus));
  }
});

describe('splitByChromosome', () => {
  const records = ['chr2:1-2', 'chr10:1-2', 'chr1:1-2', 'chr10:3-4'].map((id) => ({ id, sequence: 'AC' }));

  it('sets whole chromosomes apart and keeps the order', () => {
    const { kept, heldOut } = splitByChromosome(records, { heldOut: ['chr10', 'chr1'] });
    expect(kept.map(({ id }) => id)).toEqual(['chr2:1-2']);
    expect(heldOut.map(({ id }) => id)).toEqual(['chr10:1-2', 'chr1:1-2', 'chr10:3-4']);
  });

  const errors: [ids: string[], heldOut: string[], message: string][] = [
    [['chr2:1-2', 'chr10:1-2', 'chr1:1-2'], ['10', 'chr1'], 'no record is on 10; there are chr1, chr2, chr10'],
    [
      ['chr2:1-2', 'peak'],
      ['chr2'],
      'the header of record 2 ("peak") names no chromosome; expected something like chr10:1200-1300',
    ],
    [['chr2:1-2'], ['chr2'], 'every record is on chr2; none is left'],
  ];
  for (const [ids, heldOut, message] of errors) {
    it(`throws: ${message}`, () => {
      expect(() =>
        splitByChromosome(
          ids.map((id) => ({ id })),
          { heldOut },
        ),
      ).toThrow(`splitByChromosome: ${message}`);
    });
  }
});

describe('real headers', () => {
  for (const path of dataFiles(/^chip_.*\.fa(\.gz)?$/)) {
    it(`${path}: each names an interval as long as its sequence, counted from 0 or from 1`, async () => {
      const base = path.includes('nfe2') ? 1 : 0;
      for (const record of await collectFasta(readFileSync(dataPath(path)))) {
        const locus = locusOf(record)!;
        expect(locus.chromosome).toMatch(/^chr([1-9]|1\d|2[0-2]|X)$/);
        expect(locus.end! - locus.start! + base).toBe(record.sequence.length);
      }
    });
  }

  it.skipIf(!dataFolder)('chromosomes 10 and 11 of the CTCF peaks', async () => {
    const records = await collectFasta(readFileSync(dataPath('chip_ctcf_pu1/ctcf.fa.gz')));
    const { kept, heldOut } = splitByChromosome(records, { heldOut: ['chr10', 'chr11'] });
    expect(kept.length + heldOut.length).toBe(35_885);
    expect(heldOut.length).toBe(records.filter(({ id }) => /^chr1[01]:/.test(id)).length);
    expect(() => splitByChromosome(records, { heldOut: ['chr8'] })).toThrow(
      'no record is on chr8; there are chr1, chr2',
    );
  });
});
