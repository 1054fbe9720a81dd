import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectFasta, FormatError, protein, readFasta, readFastaChunks, writeFasta } from '../../src/index';
import type { FastaRecord } from '../../src/index';
import { dataFiles, dataFolder, dataPath } from '../support';
import { BGZIP_END, bgzipBlock, bytesOf, streamOf } from './bytes';

const record = (id: string, sequence: string, description = ''): FastaRecord => ({ id, description, sequence });

describe('what a FASTA file may look like', () => {
  const cases: Record<string, [text: string, records: FastaRecord[]]> = {
    'one record': ['>chr1:5-9\nACGT\n', [record('chr1:5-9', 'ACGT')]],
    'no line end at the end': ['>a\nACGT', [record('a', 'ACGT')]],
    'several lines': ['>a\nACGT\nAC\n>b\nTT\n', [record('a', 'ACGTAC'), record('b', 'TT')]],
    description: ['>a  two words \nAC\n', [record('a', 'AC', 'two words')]],
    'space before the name': ['> chr1\nAC\n', [record('chr1', 'AC')]],
    'no name': ['>\nAC\n> \nGT\n', [record('', 'AC'), record('', 'GT')]],
    CRLF: ['>a b\r\nAC\r\nGT\r\n', [record('a', 'ACGT', 'b')]],
    'CR alone': ['>a\rAC\rGT\r', [record('a', 'ACGT')]],
    'blank lines': ['\n\n>a\n\nAC\n \nGT\n\n', [record('a', 'ACGT')]],
    'spaces around and between letters': ['>a\n AC GT \t\nAC  \n', [record('a', 'ACGTAC')]],
    'lower case is kept': ['>a\nacgtN\n', [record('a', 'acgtN')]],
    'every IUPAC code': ['>a\nACGTURYSWKMBDHVN\n', [record('a', 'ACGTURYSWKMBDHVN')]],
    comments: ['; made by hand\n>a\n;inside\nAC\n', [record('a', 'AC')]],
    'a byte order mark': ['\uFEFF>a\nAC\n', [record('a', 'AC')]],
    'letters of other scripts in a header': ['>α β\nAC\n', [record('α', 'AC', 'β')]],
    'a second > in a header': ['>a>b >c\nAC\n', [record('a>b', 'AC', '>c')]],
  };
  for (const [name, [text, records]] of Object.entries(cases)) {
    it(`reads ${name}, as text, bytes, gzip, and in pieces of any size`, async () => {
      expect(await collectFasta(text)).toEqual(records);
      expect(await collectFasta(bytesOf(text))).toEqual(records);
      expect(await collectFasta(new Blob([text]))).toEqual(records);
      expect(await collectFasta(gzipSync(text))).toEqual(records);
      for (const size of [1, 2, 3, 7]) {
        expect(await collectFasta(streamOf(bytesOf(text), size))).toEqual(records);
        expect(await collectFasta(streamOf(gzipSync(text), size))).toEqual(records);
      }
    });
  }

  it('reads proteins and, with any, gaps and stops', async () => {
    expect(await collectFasta('>p\nMKVX\n', { alphabet: protein })).toEqual([record('p', 'MKVX')]);
    expect(await collectFasta('>p\nMK-V.*\n', { alphabet: 'any' })).toEqual([record('p', 'MK-V.*')]);
  });
});

describe('what is wrong with a FASTA file', () => {
  const cases: Record<string, [input: string | Uint8Array, message: string]> = {
    'empty text': ['', 'peaks.fa: the file is empty'],
    'no bytes': [new Uint8Array(), 'peaks.fa: the file is empty'],
    'nothing inside the gzip': [gzipSync(''), 'peaks.fa: the file is empty'],
    'blank lines only': ['\n \n', 'peaks.fa: not FASTA: the file has only blank lines'],
    'text before the first >': [
      '\nchr1\t5\t9\n>a\nAC\n',
      `peaks.fa:2:1: not FASTA: expected a line that begins with '>', got "chr1\\t5\\t9"`,
    ],
    'some other binary': [
      Uint8Array.from([80, 75, 3, 4, 0]),
      `peaks.fa:1:1: not FASTA: expected a line that begins with '>', got "PK\\u0003\\u0004\\u0000"`,
    ],
    'one byte': [Uint8Array.from([31]), `peaks.fa:1:1: not FASTA: expected a line that begins with '>', got "\\u001f"`],
    'no sequence in the middle': ['>a\nAC\n>b x\n\n>c\nGT\n', 'peaks.fa:3:1: record 2 ("b") has no sequence'],
    'no sequence at the end': ['>a\nAC\n>', 'peaks.fa:3:1: record 2 (no name) has no sequence'],
    'a letter outside IUPAC': [
      '>a\nAC\n>b\nACGT\nAC GEA\n',
      'peaks.fa:5:5: record 2 ("b"): "E" at position 8 is not an IUPAC DNA letter',
    ],
    'a gap': ['>a\nAC-GT\n', 'peaks.fa:2:3: record 1 ("a"): "-" at position 3 is not an IUPAC DNA letter'],
    'a number': ['>a\n1 ACGT\n', 'peaks.fa:2:1: record 1 ("a"): "1" at position 1 is not an IUPAC DNA letter'],
    'gzip without its end': [
      gzipSync('>a\nACGT\n').subarray(0, -3),
      'peaks.fa: broken gzip data (wrong checksum: damaged or cut off)',
    ],
    'gzip cut off inside': [
      gzipSync('>a\nACGTGGTCAT\n').subarray(0, 18),
      'peaks.fa: broken gzip data (unexpected EOF)',
    ],
    'gzip and then something else': [
      Buffer.concat([gzipSync('>a\nAC\n'), Buffer.from('>b\nGT\n')]),
      'peaks.fa: broken gzip data (invalid gzip data)',
    ],
  };
  for (const [name, [input, message]] of Object.entries(cases)) {
    it(`says so: ${name}`, async () => {
      const error: FormatError = await collectFasta(input, { source: 'peaks.fa' }).then(
        () => expect.unreachable('read without an error'),
        (reason) => reason,
      );
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toBe(message);
    });
  }

  it('gives the place as fields too', async () => {
    const error: FormatError = await collectFasta('>a\nAC!\n', { source: 'x.fa' }).catch((reason) => reason);
    expect(error).toMatchObject({ source: 'x.fa', line: 2, column: 3 });
  });

  it('finds a damaged byte in gzip by the checksum', async () => {
    const stored = gzipSync('>a\nACGT\n', { level: 0 }); // stored, so that the damage stays readable as text
    stored[stored.indexOf('G')] = 'C'.charCodeAt(0);
    await expect(collectFasta(stored)).rejects.toThrow('wrong checksum');
  });
});

describe('gzip of several members', () => {
  const text = Array.from({ length: 400 }, (_, i) => `>chr${i}\n${'ACGGT'.repeat(1 + (i % 40))}\n`).join('');
  const members = [text.slice(0, 5), text.slice(5, 9000), '', text.slice(9000)];
  const files = {
    'gzip files after each other': Buffer.concat(members.map((part) => gzipSync(part))),
    'a bgzip file': Buffer.concat([...members.map(bgzipBlock), BGZIP_END]),
  };
  for (const [name, bytes] of Object.entries(files)) {
    it(`reads ${name}, wherever the pieces end`, async () => {
      expect(gunzipSync(bytes).toString()).toBe(text);
      const records = await collectFasta(text);
      for (const size of [1, 13, 100, 1 << 20]) expect(await collectFasta(streamOf(bytes, size))).toEqual(records);
      const damaged = Uint8Array.from(bytes);
      damaged[gzipSync(members[0]).length + 40] ^= 1;
      await expect(collectFasta(damaged)).rejects.toThrow(FormatError);
    });
  }
});

describe('reading in order', () => {
  it('gives records before the end and closes the stream of a reader who stops early', async () => {
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytesOf('>a\nACGT\n')),
      cancel: () => void (isCancelled = true),
    });
    for await (const { sequence } of readFasta(endless)) {
      expect(sequence).toBe('ACGT');
      break;
    }
    expect(isCancelled).toBe(true);
  });

  it('reads a chromosome in one line in time that grows with its length', async () => {
    const line = 'ACGT'.repeat(4_000_000);
    const [{ sequence }] = await collectFasta(streamOf(bytesOf(`>chr\n${line}\n`), 4096));
    expect(sequence).toBe(line);
  }, 5000);
});

describe('reading in pieces', () => {
  it('gives the letters of each record with their places, whatever the pieces of the file', async () => {
    const text = '>a one\nACGTA\nCG T\n>b\nNNacg\n';
    for (const size of [1, 2, 3, 5, 100]) {
      const seen: Record<string, string> = { a: '', b: '' };
      const ends: string[] = [];
      for await (const { id, start, letters, isLast, record } of readFastaChunks(streamOf(bytesOf(text), size))) {
        expect([start, record]).toEqual([seen[id].length, id === 'a' ? 0 : 1]);
        seen[id] += Buffer.from(letters).toString();
        if (isLast) ends.push(id);
      }
      expect([seen, ends]).toEqual([{ a: 'ACGTACGT', b: 'NNacg' }, ['a', 'b']]);
    }
  });

  it('says where a letter is wrong, also far into a line that came in many pieces', async () => {
    const reading = collectFasta(streamOf(bytesOf(`>a\nAC\n${'ACGT'.repeat(50)}!`), 7), { source: 'x.fa' });
    await expect(reading).rejects.toThrow('x.fa:3:201: record 1 ("a"): "!" at position 203 is not an IUPAC DNA letter');
  });

  it('names the whole of a letter of several bytes', async () => {
    await expect(collectFasta('>a\nACÀ\n')).rejects.toThrow('input:2:3: record 1 ("a"): "À" at position 3 is not');
  });

  it('does not keep a header that has no end', async () => {
    const reading = collectFasta(streamOf(bytesOf(`>${'x'.repeat(1 << 21)}`), 4096));
    await expect(reading).rejects.toThrow('input:1:1: a header of more than 1048576 bytes');
  });
});

describe('writing', () => {
  it('breaks lines where asked', () => {
    expect(writeFasta([record('a', 'ACGTA', 'x y'), record('', 'AC')], { lineLength: 3 })).toBe(
      '>a x y\nACG\nTA\n>\nAC\n',
    );
  });

  it('refuses what could not be read back', () => {
    expect(() => writeFasta([record('a\nb', 'AC')])).toThrow('the header "a\\nb" has a line break');
    expect(() => writeFasta([record('a', '')])).toThrow('record "a" has no sequence');
    expect(() => writeFasta([], { lineLength: 0 })).toThrow('lineLength of at least 1, got 0');
  });

  it('reads back what it wrote', async () => {
    const word = fc.stringMatching(/^[!-~]{0,12}$/);
    const sequence = fc.stringMatching(/^[ACGTURYSWKMBDHVNacgturyswkmbdhvn]{1,200}$/);
    const records = fc.array(fc.record({ id: fc.stringMatching(/^[!-~]{1,12}$/), description: word, sequence }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 50 }),
        async (all, lineLength, size) => {
          const bytes = bytesOf(writeFasta(all, { lineLength }));
          expect(await collectFasta(streamOf(bytes, size))).toEqual(all);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('real files', () => {
  const files = dataFiles(/(\.(fa|fasta|fna)(\.gz)?|\.tfa|\.sites|crp0\.s)$/);

  it.skipIf(!dataFolder)('finds them', () => {
    expect(files.length).toBeGreaterThanOrEqual(35);
  });

  for (const path of files) {
    it(`reads ${path} as a simple reader does`, async () => {
      const bytes = readFileSync(dataPath(path));
      const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
      const expected = text
        .split('>')
        .slice(1)
        .map((part) => {
          const [header, ...lines] = part.split('\n');
          return [header.trim(), lines.join('').replace(/\s/g, '')];
        });
      const records = await collectFasta(bytes, { source: path, alphabet: 'any' });
      expect(records.map(({ id, description, sequence }) => [`${id} ${description}`.trim(), sequence])).toEqual(
        expected.map(([header, sequence]) => [header.replace(/\s+/, ' '), sequence]),
      );
    });
  }

  it.skipIf(!dataFolder)('names the stray Z of a test file', async () => {
    const bytes = readFileSync(dataPath('genomic_io_samples/test.fa'));
    await expect(collectFasta(bytes, { source: 'test.fa' })).rejects.toThrow(
      'test.fa:22:26: record 5 ("chr5"): "Z" at position 26 is not an IUPAC DNA letter',
    );
  });

  it.skipIf(!dataFolder)('counts the CTCF peaks', async () => {
    const records = await collectFasta(readFileSync(dataPath('chip_ctcf_pu1/ctcf.fa.gz')));
    expect(records).toHaveLength(35_885);
    expect(records.every(({ sequence }) => sequence.length === 100)).toBe(true);
  });
});
