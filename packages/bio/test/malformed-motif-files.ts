import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { FormatError, informationContent, readJaspar, readJasparSites, readMeme, readTransfac } from '../src/index';
import type { Motif } from '../src/index';
import { mutate } from './support';

/** Each position is a distribution, up to the rounding that a file may have. */
export function expectSound(motifs: readonly Motif[]): void {
  expect(motifs.length).toBeGreaterThan(0);
  for (const { probabilities } of motifs) {
    expect(probabilities.length).toBeGreaterThan(0);
    const letters = probabilities[0].length;
    for (const row of probabilities) {
      if (row.length !== letters || !row.every((p) => p >= 0)) throw new Error(`unsound row ${row.join(' ')}`);
      if (!(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1.001e-5))
        throw new Error(`unsound sum ${row.join(' ')}`);
    }
    expect(informationContent(probabilities)).toBeLessThanOrEqual((Math.log2(letters) + 1e-4) * probabilities.length);
  }
}

const readers: Record<string, { read: (text: string) => readonly Motif[]; texts: string[] }> = {
  JASPAR: {
    read: (text) => readJaspar(text, { source: 'm' }),
    texts: [
      '>MA0004.1 Arnt\n4 16 0 0\n19 0 1 0\n0 20 0 0\n>MA0006.1 Ahr\n3 8 2 11\n0 0 23 1\n',
      '>MA0004.1 Arnt\nA [ 4 19 0 ]\nC [ 16 0 20 ]\nG [ 0 1 0 ]\nT [ 0 0 0 ]\n',
      ' 2  9 0\n 1 33 0\n39  2 0\n 4  2 46\n',
    ],
  },
  'JASPAR sites': {
    read: (text) => [readJasparSites(text, { source: 'm' })],
    texts: ['>MA0004\tARNT\t1\nCACGTGatgtcctc\n>MA0004\tARNT\t2\ncagAACGTGa\n>MA0004\tARNT\t3\nggCGCGTG\n'],
  },
  TRANSFAC: {
    read: (text) => readTransfac(text, { source: 'm' }),
    texts: [
      'AC  M1\nXX\nID  V$A\nXX\nP0      A      C      G      T\n01      4     16      0      0      C\n02     19      0      1      0      A\nXX\n//\n',
      'ID m\nPO\tA\tC\tG\tT\n01\t3.0\t5.0\t4.0\t8.0\n02\t0.0\t0.0\t19.0\t1.0\n//\nID n\nPO\tT\tC\tG\tA\n0\t1\t0\t0\t0\n//\n',
    ],
  },
  MEME: {
    read: (text) => readMeme(text, { source: 'm' }).motifs,
    texts: [
      'MEME version 4\n\nALPHABET= ACGT\n\nBackground letter frequencies\nA 0.3 C 0.2 G 0.2 T 0.3\n\nMOTIF m1 CTCF\nletter-probability matrix: alength= 4 w= 2 nsites= 17 E= 4.1e-009\n 0.5 0.5 0 0\n 0 0 0 1\nURL x\n\nMOTIF m2\nletter-probability matrix: w= 1\n 1.0 0.0 0.0 0.0\n',
      'MEME version 5.5.2\nALPHABET "DNA" DNA-LIKE\nA "Adenine" CC0000 ~ T "Thymine" 008000\nC "Cytosine" 0000CC ~ G "Guanine" FFB300\nN = ACGT\nEND ALPHABET\nMOTIF m1\nletter-probability matrix:\n 0.5 0.5 0 0\n 0 0 0 1\n',
    ],
  },
};

/** What each reader of motif files makes of so many malformed texts: sound motifs, or an error that says where. */
export function malformedMotifFiles(count: number): void {
  describe(`${count} malformed texts`, () => {
    for (const [kind, { read, texts }] of Object.entries(readers)) {
      it(`${kind}: sound motifs or an error with its place`, () => {
        const rng = new Rng(3);
        const sources = texts.map((text) => new TextEncoder().encode(text));
        let refused = 0;
        for (let i = 0; i < count; i++) {
          const text = new TextDecoder().decode(mutate(sources[i % sources.length], (n) => rng.integer(n)));
          refused += isRefused(text, read) ? 1 : 0;
        }
        expect(refused).toBeGreaterThan(count / 10);
        expect(refused).toBeLessThan(count);
      });

      it(`${kind}: no time lost on a line that goes on and on`, () => {
        for (const endless of [' ', '1', '1 ', 'A', '=', 'w=1 ', '"', '[', '>', '0.25\t', '\t=']) {
          for (const text of texts) isRefused(text.replace(/\n/, `\n${endless.repeat(50_000)}`), read);
        }
      }, 10_000);
    }
  });
}

function isRefused(text: string, read: (text: string) => readonly Motif[]): boolean {
  try {
    expectSound(read(text));
    return false;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message).toMatch(/^m(:\d+:\d+)?: /);
    return true;
  }
}
