import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectGff3, FormatError, readGff3Trees, writeGff3 } from '../../src/index';
import type { Gff3Feature, Gff3Node } from '../../src/index';
import { dataFiles, dataFolder, dataPath } from '../support';

/** A gene of two transcripts, written for this test; the CDS of the second has two lines. */
const gene = `##gff-version 3.1.26
# by hand
chr1\t.\tgene\t11\t90\t.\t+\t.\tID=g;Name=a%2Cb,c;Note=x=y%3Bz 100%;flag
chr1\tme\tmRNA\t11\t90\t1e-3\t+\t.\tID=t1;Parent=g
chr1\tme\tmRNA\t11\t90\t.\t+\t.\tID=t2;Parent=g
chr1\tme\texon\t11\t30\t.\t+\t.\tParent=t1,t2
chr1\tme\tCDS\t15\t30\t.\t+\t0\tID=c;Parent=t2
chr1\tme\tCDS\t41\t50\t.\t+\t2\tID=c;Parent=t2
###
chr%3B1\tme\tregion\t1\t9\t.\t?\t.\t.
##FASTA
>s one
ACGT
AC
`;

async function treesOf(text: string | Uint8Array, orphans: 'error' | 'roots' = 'error'): Promise<Gff3Node[]> {
  const trees: Gff3Node[] = [];
  for await (const tree of readGff3Trees(text, { source: 'a.gff', orphans })) trees.push(tree);
  return trees;
}

/** `gene(mRNA(exon))`: the types of a tree. */
const shape = ({ features, children }: Gff3Node): string =>
  `${features[0].type}${features.length > 1 ? features.length : ''}${children.length > 0 ? `(${children.map(shape).join(' ')})` : ''}`;

describe('reading GFF3', () => {
  it('gives every kind of line', async () => {
    const items = await collectGff3(gene);
    expect(items.map(({ kind }) => kind[0]).join('')).toBe('dcffffffdfs');
    expect(items[0]).toEqual({ kind: 'directive', name: 'gff-version', value: '3.1.26' });
    expect(items[1]).toEqual({ kind: 'comment', text: 'by hand' });
    expect(items[2]).toEqual({
      kind: 'feature',
      line: 3,
      feature: {
        ...{ seqid: 'chr1', source: '.', type: 'gene', start: 10, end: 90, strand: '+' },
        attributes: { ID: ['g'], Name: ['a,b', 'c'], Note: ['x=y;z 100%'], flag: [] },
      },
    });
    expect(items[3]).toMatchObject({ feature: { score: 0.001 } });
    expect(items[7]).toMatchObject({ feature: { start: 40, end: 50, phase: 2 } });
    expect(items[9]).toMatchObject({ feature: { seqid: 'chr;1', strand: '?' } });
    expect(items[10]).toEqual({ kind: 'sequence', record: { id: 's', description: 'one', sequence: 'ACGTAC' } });
  });

  it('puts features together, those of two parents under both', async () => {
    expect((await treesOf(gene)).map(shape)).toEqual(['gene(mRNA(exon) mRNA(exon CDS2))', 'region']);
  });

  it('finds parents that come later', async () => {
    const child = 'c\t.\tmRNA\t1\t9\t.\t+\t.\tID=t;Parent=g\n';
    expect((await treesOf(`${child}c\t.\tgene\t1\t9\t.\t+\t.\tID=g\n`)).map(shape)).toEqual(['gene(mRNA)']);
  });

  it('takes names that mean something to JavaScript', async () => {
    const text = 'c\t.\tgene\t1\t9\t.\t+\t.\tID=__proto__;constructor=a\nc\t.\tx\t1\t9\t.\t+\t.\tParent=__proto__\n';
    const [tree] = await treesOf(text);
    expect([shape(tree), tree.features[0].attributes.constructor]).toEqual(['gene(x)', ['a']]);
  });
});

it('takes orphans as roots where told', async () => {
  const text = 'c\t.\texon\t1\t9\t.\t+\t.\tParent=g\n';
  expect((await treesOf(text, 'roots')).map(shape)).toEqual(['exon']);
});

describe('what is wrong with a GFF3 file', () => {
  const line = (fields: string) => fields.split(' ').join('\t');
  const cases: [text: string, message: string][] = [
    ['', 'a.gff: the file is empty'],
    ['chr1 me gene 1 9 . + . ID=a', 'a.gff:1:1: not GFF3: expected 9 columns parted by tabs, got 1'],
    [line('c . gene 0 9 . + . .'), 'a.gff:1:10: start: expected a whole number of at least 1, got "0"'],
    [line('c . gene 5 4x . + . .'), 'a.gff:1:12: end: expected a whole number of at least 1, got "4x"'],
    [line('c . gene 5 4 . + . .'), 'a.gff:1:12: end: 4 is before start (5)'],
    [line('c . gene 1 4 high + . .'), 'a.gff:1:14: score: expected a number, got "high"'],
    [line('c . gene 1 4 . 1 . .'), `a.gff:1:16: strand: expected one of '+', '-', '.', '?', got "1"`],
    [line('c . CDS 1 4 . + 3 .'), `a.gff:1:17: phase: expected one of '0', '1', '2', '.', got "3"`],
    ['##gff-version 2\n', 'a.gff:1:1: expected GFF version 3, got "2"'],
    [
      `${line('c . gene 1 4 . + .')}\tgene_id "x"; b "y";`,
      `a.gff:1:20: attributes: expected tag=value, as in 'ID=gene1;Name=abc', got "gene_id \\"x\\""`,
    ],
    [
      `${line('c . x 1 4 . + . Parent=g')}\n`,
      `a.gff:1:1: parent "g" is not in the file, or not before '###' (orphans: 'roots' takes such features as roots)`,
    ],
    [
      `${line('c . x 1 4 . + . ID=a;Parent=b')}\n${line('c . x 1 4 . + . ID=b;Parent=a')}`,
      'a.gff:1:1: "a" is its own ancestor',
    ],
    ['##FASTA\n>a\nAC\n>b\n', 'a.gff:4:1: record 2 ("b") has no sequence'],
    ['>a\nA\u0001\n', 'a.gff:2:2: record 1 ("a"): "\\u0001" at position 2 is not a letter'],
  ];
  for (const [text, message] of cases) {
    it(message, async () => {
      const error = await treesOf(text).catch((reason) => reason);
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toBe(message);
    });
  }
});

describe('writing GFF3', () => {
  it('reads back what it wrote', async () => {
    const name = fc.string({ minLength: 1, unit: 'binary-ascii' });
    const tag = fc.string({ minLength: 1, unit: 'grapheme' });
    const feature = fc
      .record(
        {
          ...{ seqid: name, source: name, type: name, at: fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e6 })) },
          ...{ score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0) },
          strand: fc.constantFrom('+' as const, '-' as const, '.' as const, '?' as const),
          phase: fc.constantFrom(0 as const, 1 as const, 2 as const),
          attributes: fc.dictionary(tag, fc.array(fc.string({ unit: 'grapheme' })), { noNullPrototype: false }),
        },
        { requiredKeys: ['seqid', 'source', 'type', 'at', 'strand', 'attributes'] },
      )
      .map(({ at: [start, length], ...rest }): Gff3Feature => ({ ...rest, start, end: start + length }));
    await fc.assert(
      fc.asyncProperty(fc.array(feature), async (features) => {
        const items = features.map((feature) => ({ kind: 'feature' as const, feature }));
        const [, ...read] = await collectGff3(writeGff3(items));
        expect(read.map((item) => item.kind === 'feature' && item.feature)).toEqual(features);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('keeps directives, comments and sequences', async () => {
    const items = await collectGff3(gene);
    const text = writeGff3(items);
    expect((await collectGff3(text)).slice(1)).toEqual(items.slice(1));
    expect(writeGff3(await collectGff3(text))).toBe(text);
  });
});

describe('real GFF3 files', () => {
  const files = dataFiles(/\.gff3?(\.gz)?$/);
  it.skipIf(!dataFolder)('finds them', () => expect(files).toHaveLength(4));

  for (const path of files) {
    it(`reads ${path}, writes it back and finds every parent`, async () => {
      const bytes = readFileSync(dataPath(path));
      const items = await collectGff3(bytes, { source: path });
      const lines = gunzipSync(bytes)
        .toString()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      const features = items.flatMap((item) => (item.kind === 'feature' ? [item.feature] : []));
      expect(features.map(({ seqid, type, start, end }) => [seqid, type, start + 1, end].join(' '))).toEqual(
        lines.map((line) => line.split('\t')).map((field) => [field[0], field[2], field[3], field[4]].join(' ')),
      );
      const again = await collectGff3(writeGff3(items));
      const written = again.flatMap((item) => (item.kind === 'feature' ? [item.feature] : []));
      expect(JSON.stringify(written) === JSON.stringify(features)).toBe(true); // a difference would take minutes to print
      const lineCount = ({ features, children }: Gff3Node): number =>
        features.length + children.reduce((sum, child) => sum + lineCount(child), 0);
      const trees = await treesOf(bytes, path.includes('1pct') ? 'roots' : 'error'); // cut out of genomes, parents and all
      const parents = features.reduce((sum, { attributes }) => sum + (attributes.Parent?.length ?? 0), 0);
      const rootLines = trees.reduce((sum, tree) => sum + tree.features.length, 0);
      const total = trees.reduce((sum, tree) => sum + lineCount(tree), 0);
      expect(rootLines).toBeGreaterThanOrEqual(features.filter(({ attributes }) => !attributes.Parent).length);
      expect(total).toBeGreaterThanOrEqual(features.length);
      expect(total).toBeLessThanOrEqual(features.length + 3 * parents);
    });
  }

  it.skipIf(!dataFolder)('counts the genes of E. coli', async () => {
    const items = await collectGff3(readFileSync(dataPath('ecoli_mg1655/GCF_000005845.2_genomic.gff.gz')));
    const count = (type: string) =>
      items.filter((item) => item.kind === 'feature' && item.feature.type === type).length;
    expect([count('gene'), count('CDS')]).toEqual([4494, 4337]);
  });
});
