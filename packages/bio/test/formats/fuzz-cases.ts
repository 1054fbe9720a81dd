import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import {
  collectBed,
  collectFasta,
  collectFastq,
  collectGenBank,
  collectGff3,
  dna,
  indexFasta,
  lettersAt,
  openBigWig,
  openIndexedFasta,
  readGff3Trees,
  writeBed,
  writeFastq,
  writeGff3,
} from '../../src/index';
import type { BedOptions, FastaOptions, Gff3Item } from '../../src/index';
import { bgzip, bgzipBlock, bytesOf } from './bytes';
import { circle } from './genbank-sample';
import { makeBigWig } from './make-bigwig';

/** A parser, a good input, and what is true of whatever it makes of a bad one without an error. */
export interface FuzzCase {
  readonly good: Uint8Array;
  readonly read: (bytes: Uint8Array, options: { source: string }) => Promise<void>;
}

const fasta = '>chr1:100-130 first\nACGTNacgtnRYACGTTGCA\nGATTACA\n\n;note\n>chr2:5-25\r\nTTGACCATGATTGACCATGA\r\n';
const lines = '>a\nACGTACGTAC\nACGTACGTAC\nACG\n>b\nGGGG\n';
const fai = 'a\t23\t3\t10\t11\nb\t4\t32\t4\t5\n';
const packed = bgzip(lines, 9);

async function readFasta(bytes: Uint8Array, options: FastaOptions): Promise<void> {
  const records = await collectFasta(bytes, options);
  expect(records.length).toBeGreaterThan(0);
  for (const { sequence } of records) expect(sequence.length > 0 && !dna.outside.test(sequence)).toBe(true);
}

async function readBed(bytes: Uint8Array, options: BedOptions): Promise<void> {
  const features = await collectBed(bytes, options);
  for (const { start, end } of features) expect(start >= 0 && start <= end).toBe(true);
  expect(await collectBed(writeBed(features, options), options)).toEqual(features);
}

const features = (items: Gff3Item[]) => items.flatMap((item) => (item.kind === 'feature' ? [item.feature] : []));

async function readIndexed(files: Parameters<typeof openIndexedFasta>[0], options: FastaOptions): Promise<void> {
  const file = await openIndexedFasta(files, options);
  for (const [name, length] of file.lengths) {
    const sequence = await file.read(name);
    expect([sequence.length, dna.outside.test(sequence)]).toEqual([length, false]);
  }
}

/** Every parser of files, by name. */
export const fuzzCases: Record<string, FuzzCase> = {
  FASTA: { good: bytesOf(fasta), read: readFasta },
  'FASTA, gzip': { good: gzipSync(fasta), read: readFasta },
  'FASTA, bgzip': { good: bgzipBlock(fasta), read: readFasta },
  FASTQ: {
    good: bytesOf('@r1 first\nACGTN\n+r1 first\nII!~5\n@r2\nGAT\nTACA\n+\nIII\n@+II\n\n@r3\nA\n+\nI\n'),
    read: async (bytes, options) => {
      const reads = await collectFastq(bytes, options);
      for (const { sequence, qualities } of reads) expect(qualities).toHaveLength(sequence.length);
      if (reads.length > 0) expect(await collectFastq(writeFastq(reads))).toEqual(reads);
    },
  },
  BED: {
    good: bytesOf('track x\nc\t10\t90\tg\t7.5\t+\t11\t19\t255,0,0\t2\t10,20,\t0,60,\nc 1 2 n\nchrX\t0\t5\n'),
    read: readBed,
  },
  narrowPeak: {
    good: bytesOf('c\t1\t90\tp\t0\t.\t1.5\t-1\t3e2\t40\nc\t100\t190\tq\t7\t-\t1\t2\t3\t4\n'),
    read: (bytes, options) => readBed(bytes, { ...options, format: 'narrowPeak' }),
  },
  GFF3: {
    good: bytesOf(
      '##gff-version 3\n#c\nc\t.\tgene\t11\t90\t.\t+\t.\tID=g;Name=a%2Cb,c\nc\tx\tCDS\t11\t30\t1e-3\t-\t2\tID=c;Parent=g\n' +
        '###\nd\t.\tx\t1\t9\t.\t?\t.\tNote=1\n##FASTA\n>s\nACGT\n',
    ),
    read: async (bytes, options) => {
      const items = await collectGff3(bytes, options);
      const found = features(items);
      for (const { start, end } of found) expect(start >= 0 && start < end).toBe(true);
      expect(features(await collectGff3(writeGff3(items)))).toEqual(found);
      for await (const tree of readGff3Trees(bytes, options)) expect(tree.features.length).toBeGreaterThan(0);
    },
  },
  GenBank: {
    good: bytesOf(circle),
    read: async (bytes, options) => {
      for (const { sequence, features } of await collectGenBank(bytes, options)) {
        const own = features.filter(({ location }) => location.parts.every((part) => part.accession === undefined));
        if (sequence === '') continue;
        for (const { location } of own) {
          const length = location.parts.reduce((total, { start, end }) => total + end - start, 0);
          expect(lettersAt(sequence, location)).toHaveLength(length);
        }
      }
    },
  },
  bigWig: {
    good: makeBigWig({
      chromosomes: { chr1: 100, chr2: 50 },
      sections: [
        {
          chromosome: 0,
          kind: 'bedGraph',
          items: [
            [0, 4, 1],
            [4, 10, 2.5],
            [20, 30, -1],
          ],
        },
        {
          chromosome: 1,
          kind: 'fixedStep',
          step: 5,
          span: 3,
          items: [
            [10, 13, 7],
            [15, 18, 8],
            [20, 23, 9],
          ],
        },
      ],
    }).slice(),
    read: async (bytes, options) => {
      const file = await openBigWig(bytes, options);
      for (const [name, length] of file.chromosomes) {
        const { starts, ends } = await file.intervals(name);
        expect(ends.every((end, i) => starts[i] < end && end <= length)).toBe(true);
      }
    },
  },
  'FASTA, to be indexed': {
    good: bytesOf(lines),
    read: async (bytes, options) => {
      const file = await openIndexedFasta(
        { fasta: bytes, fai: await indexFasta(bytes, options) },
        { ...options, alphabet: 'any' },
      );
      for (const [name, length] of file.lengths) {
        expect(await file.read(name)).toHaveLength(length);
      }
    },
  },
  '.fai': { good: bytesOf(fai), read: (bytes, options) => readIndexed({ fasta: bytesOf(lines), fai: bytes }, options) },
  '.gzi': {
    good: packed.gzi,
    read: (bytes, options) => readIndexed({ fasta: packed.bytes, fai, gzi: bytes }, options),
  },
  bgzip: {
    good: Uint8Array.from(packed.bytes),
    read: (bytes, options) => readIndexed({ fasta: bytes, fai, gzi: packed.gzi }, options),
  },
};
