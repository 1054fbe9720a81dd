import { openAsBlob, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { collectFasta, indexFasta, openIndexedFasta } from '../../src/index';
import { dataFiles, dataPath } from '../support';
import { bgzip, bytesOf, streamOf } from './bytes';

const rng = new Rng(4);
const letters = (length: number) => Array.from({ length }, () => 'ACGTacgtN'[rng.integer(9)]).join('');
const records = { one: letters(1001), two: letters(60), constructor: letters(7) };

/** The file with lines of 60 letters and the ends given, and what `samtools faidx` makes of it. */
function written(lineEnd: string): { text: string; fai: string } {
  let [text, fai] = ['', ''];
  for (const [name, sequence] of Object.entries(records)) {
    text += `>${name} x${lineEnd}`;
    const width = Math.min(60, sequence.length);
    fai += `${[name, sequence.length, text.length, width, width + lineEnd.length].join('\t')}\n`;
    text += sequence.replace(/.{1,60}/g, `$&${lineEnd}`);
  }
  return { text, fai };
}

describe('indexed FASTA', () => {
  for (const lineEnd of ['\n', '\r\n']) {
    it(`reads any stretch, plain and packed, lines ending in ${JSON.stringify(lineEnd)}`, async () => {
      const { text, fai } = written(lineEnd);
      const { bytes, gzi } = bgzip(text, 97);
      const plain = await openIndexedFasta({ fasta: bytesOf(text), fai });
      const packed = await openIndexedFasta({ fasta: bytes, fai, gzi });
      expect(Object.fromEntries(plain.lengths)).toEqual({ one: 1001, two: 60, constructor: 7 });
      for (const [name, sequence] of Object.entries(records)) {
        expect(await plain.read(name)).toBe(sequence);
        expect(await packed.read(name)).toBe(sequence);
        for (let i = 0; i < 100; i++) {
          const start = rng.integer(sequence.length + 1);
          const end = start + rng.integer(sequence.length - start + 1);
          expect(await plain.read(name, { start, end })).toBe(sequence.slice(start, end));
          expect(await packed.read(name, { start, end })).toBe(sequence.slice(start, end));
        }
      }
    });
  }

  it('reads from a file on disk and from ranges, and no more than is asked for', async () => {
    const { text, fai } = written('\n');
    const path = join(await mkdtemp(join(tmpdir(), 'hairpin-')), 'a.fa');
    writeFileSync(path, text);
    const onDisk = await openIndexedFasta({ fasta: await openAsBlob(path), fai });
    expect(await onDisk.read('one', { start: 70, end: 200 })).toBe(records.one.slice(70, 200));
    let bytesRead = 0;
    const read = async (start: number, end: number) => {
      bytesRead += end - start;
      return bytesOf(text).subarray(start, end);
    };
    const ranges = await openIndexedFasta({ fasta: { size: text.length, read }, fai });
    expect(await ranges.read('one', { start: 70, end: 200 })).toBe(records.one.slice(70, 200));
    expect(bytesRead).toBe(132); // two line ends among 130 letters
  });

  it('notices an index that is none, or of another file', async () => {
    const { text, fai } = written('\n');
    const { bytes, gzi } = bgzip(text, 97);
    const open = (files: object) => openIndexedFasta({ fasta: bytesOf(text), fai, ...files }, { source: 'a.fa' });
    await expect(open({ fai: text })).rejects.toThrow(
      'a.fa.fai:1:1: not .fai: expected 5 columns parted by tabs, got 1',
    );
    await expect(open({ fai: fai.replace('60\t61', '60\t59') })).rejects.toThrow(
      'a.fa.fai:1:15: bytes per line: expected a whole number of at least 60, got "59"',
    );
    await expect((await open({ fai: fai.replace('60\t61', '60\t62') })).read('one')).rejects.toThrow(
      '.fai of another file',
    );
    await expect(open({ fai: fai + fai })).rejects.toThrow('a.fa.fai:4:1: "one" stands here twice');
    await expect(open({ fasta: bytes, gzi: gzi.subarray(1) })).rejects.toThrow('a.fa.gzi: byte 0: not .gzi');
    await expect((await open({ gzi })).read('one', { start: 500, end: 600 })).rejects.toThrow(
      'the .gzi is of another file',
    );
    const damaged = Uint8Array.from(bytes, (byte, i) => (i === 60 ? byte ^ 1 : byte));
    await expect((await open({ fasta: damaged, gzi })).read('one')).rejects.toThrow('a.fa: byte 0: ');
  });

  for (const lineEnd of ['\n', '\r\n']) {
    it(`indexes a file as samtools does, lines ending in ${JSON.stringify(lineEnd)}, in pieces of any size`, async () => {
      const { text, fai } = written(lineEnd);
      for (const size of [1, 7, 1000]) expect(await indexFasta(streamOf(bytesOf(text), size))).toBe(fai);
      expect(await indexFasta(bgzip(text, 97).bytes)).toBe(fai);
      const { lengths } = await openIndexedFasta({ fasta: bytesOf(text), fai: await indexFasta(text) });
      expect([...lengths.values()]).toEqual([1001, 60, 7]);
    });
  }

  const unindexed: [text: string, message: string][] = [
    ['AC\n', "a.fa:1:1: not FASTA: expected a line that begins with '>'"],
    ['\n', 'a.fa: not FASTA: the file has no records'],
    ['>a\nAC\nACG\n', 'a.fa:3:1: expected lines of 2 letters and a shorter last one, got 3'],
    ['>a\nAC\nA\nA\n', 'a.fa:4:1: expected lines of 2 letters and a shorter last one, got 1'],
    ['>a\nAC\n\nAC\n', 'a.fa:4:1: expected lines of 2 letters and a shorter last one, got 2'],
    ['>a\nAC\r\nAC\nAC\n', 'a.fa:4:1: expected lines of 2 letters and a shorter last one, got 2'],
    ['>a\n\nAC\n', 'a.fa:3:1: expected lines of 0 letters and a shorter last one, got 2'],
    ['>a\nA C\n', 'a.fa:2:2: byte 32 is no letter'],
    ['>a\nA\rC\n', 'a.fa:2:3: byte 67 is no letter'],
    ['>a\nAC\n>a\nAC\n', 'a.fa:3:1: a second record of the name "a"'],
  ];
  for (const [text, message] of unindexed) {
    it(`does not index: ${message}`, async () => {
      await expect(indexFasta(text, { source: 'a.fa' })).rejects.toThrow(message);
    });
  }

  for (const path of dataFiles(/ecoli_mg1655.*fna\.gz$|mito_.*fasta\.gz$/)) {
    it(`finds every record of ${path} by its own index`, async () => {
      const bytes = readFileSync(dataPath(path));
      const file = await openIndexedFasta({ fasta: gunzipSync(bytes), fai: await indexFasta(bytes) });
      for (const { id, sequence } of await collectFasta(bytes)) expect((await file.read(id)) === sequence).toBe(true);
    });
  }

  it('says what may be asked for', async () => {
    const file = await openIndexedFasta({ fasta: bytesOf('>a\nAC\n'), fai: 'a\t2\t3\t2\t3\n' });
    await expect(file.read('b')).rejects.toThrow('no record "b"; there are a');
    await expect(file.read('a', { start: 1, end: 3 })).rejects.toThrow('expected positions within 0 and 2, got 1 to 3');
  });
});
