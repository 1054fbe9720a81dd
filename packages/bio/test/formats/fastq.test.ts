import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectFastq, FormatError, writeFastq } from '../../src/index';
import type { FastqRecord } from '../../src/index';
import { bytesOf, streamOf } from './bytes';

const record = (id: string, sequence: string, qualities: number[], description = ''): FastqRecord => ({
  ...{ id, description, sequence },
  qualities: Uint8Array.from(qualities),
});

describe('what a FASTQ file may look like', () => {
  const cases: Record<string, [text: string, records: FastqRecord[]]> = {
    'lowest and highest quality': ['@a\nAC\n+\n!~\n', [record('a', 'AC', [0, 93])]],
    'the name twice': ['@a b c\nAC\n+a b c\nII\n', [record('a', 'AC', [40, 40], 'b c')]],
    'several lines': [
      '@a\nAC\nGT\n+\nI\nIII\n@b\nA\n+\nI',
      [record('a', 'ACGT', [40, 40, 40, 40]), record('b', 'A', [40])],
    ],
    'a quality line that begins with @ or +': [
      '@a\nACG\nT\n+\n@II\n+\n@b\nA\n+\n@\n',
      [record('a', 'ACGT', [31, 40, 40, 10]), record('b', 'A', [31])],
    ],
    'a read without letters': ['@a\n\n+\n\n@b\nA\n+\nI\n', [record('a', '', []), record('b', 'A', [40])]],
    'CRLF and blank lines between reads': ['@a\r\nAC\r\n+\r\nII\r\n\r\n', [record('a', 'AC', [40, 40])]],
  };
  for (const [name, [text, records]] of Object.entries(cases)) {
    it(`reads ${name}`, async () => {
      expect(await collectFastq(text)).toEqual(records);
      for (const size of [1, 3]) expect(await collectFastq(streamOf(bytesOf(text), size))).toEqual(records);
    });
  }
});

describe('what is wrong with a FASTQ file', () => {
  const cases: [text: string, message: string][] = [
    ['', 'r.fq: the file is empty'],
    ['>a\nAC\n', `r.fq:1:1: not FASTQ: expected a read that begins with '@', got ">a"`],
    ['@a\nAC\n+\nIII\n', 'r.fq:4:3: read 1 ("a") has 3 qualities for 2 letters'],
    ['@a\nACG\n+\nII\n', 'r.fq:4:1: read 1 ("a") has 2 qualities for 3 letters: the file ends'],
    ['@a\nACG\n', `r.fq:2:1: read 1 ("a") ends before its '+' line`],
    ['@a\nAC1\n+\nIII\n', 'r.fq:2:3: read 1 ("a"): "1" at position 3 is not an IUPAC DNA letter'],
    ['@a\nAC\n+\nI \u007fI\n', 'r.fq:4:2: read 1 ("a"): " " is no quality'],
    ['@a\nAC\n+b\nII\n', `r.fq:3:2: read 1 ("a"): expected '+' alone or with the read's name ("a"), got "b"`],
  ];
  for (const [text, message] of cases) {
    it(message, async () => {
      const error = await collectFastq(text, { source: 'r.fq' }).catch((reason) => reason);
      expect(error).toBeInstanceOf(FormatError);
      expect(error.message).toBe(message);
    });
  }
});

describe('writing FASTQ', () => {
  it('reads back what it wrote', async () => {
    const read = fc
      .record({
        id: fc.stringMatching(/^[!-~]{1,12}$/),
        description: fc.stringMatching(/^([!-~]{1,5} )?[!-~]{0,5}$/),
        pairs: fc.array(fc.tuple(fc.constantFrom(...'ACGTNacgtn'), fc.integer({ min: 0, max: 93 }))),
      })
      .map(({ id, description, pairs }) =>
        record(
          id,
          pairs.map(([letter]) => letter).join(''),
          pairs.map(([, score]) => score),
          description.trim(),
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(read, { minLength: 1 }), async (reads) => {
        expect(await collectFastq(writeFastq(reads))).toEqual(reads);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('writes a read of a million letters', async () => {
    const long = record('long', 'ACGTA'.repeat(200_000), Array(1_000_000).fill(30));
    expect((await collectFastq(writeFastq([long])))[0].qualities).toEqual(long.qualities);
  });

  it('refuses what could not be read back', () => {
    expect(() => writeFastq([record('a', 'AC', [1])])).toThrow('read "a" has 1 qualities for 2 letters');
    expect(() => writeFastq([record('a', 'A', [94])])).toThrow('a quality above 93');
    expect(() => writeFastq([record('a\n', 'A', [9])])).toThrow('has a line break');
  });
});
