import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FormatError,
  readJaspar,
  readJasparSites,
  readMeme,
  readTransfac,
  writeJaspar,
  writeMeme,
  writeTransfac,
} from '../src/index';
import type { Matrix, Motif } from '../src/index';
import { expectSound, malformedMotifFiles } from './malformed-motif-files';
import { dataFiles, dataFolder, dataPath, MUTATIONS } from './support';

const near = (a: Matrix, b: Matrix, tolerance: number) =>
  a.length === b.length && a.every((row, i) => row.every((p, letter) => Math.abs(p - b[i][letter]) <= tolerance));

/** A motif of whole counts, as a reader of counts gives it. */
const counted = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9.$]{1,8}$/),
    name: fc.stringMatching(/^([A-Za-z0-9]{1,6}( [A-Za-z0-9]{1,6})?)?$/),
    counts: fc.array(fc.tuple(...[0, 1, 2, 3].map(() => fc.nat({ max: 40 }))), { minLength: 1, maxLength: 9 }),
  })
  .map(({ counts, ...names }) => ({
    ...names,
    counts: counts.map((row) => row.map((count, i) => count + (i === 0 ? 2 : 0))),
  }))
  .map((motif): Motif => {
    const totals = motif.counts.map((row) => row.reduce((a, b) => a + b));
    const probabilities = motif.counts.map((row, i) => row.map((count) => count / totals[i]));
    return { ...motif, probabilities, sites: Math.max(...totals) };
  });

const jaspar = {
  id: 'MA0004.1',
  name: 'Arnt',
  counts: [
    [4, 16, 0, 0],
    [19, 0, 1, 0],
    [0, 20, 0, 0],
  ],
  sites: 20,
};

describe('readJaspar', () => {
  const cases: Record<string, string> = {
    'a row for each position': '# from JASPAR\n>MA0004.1 Arnt\n4.0\t16.0\t0.0\t0.0\n# GAP: 1\n19 0 1 0\n0 20 0 0\n',
    'a row for each letter': '>MA0004.1 Arnt\n4 19 0\n16 0 20\n0 1 0\n0 0 0\n',
    'letters and brackets':
      '>MA0004.1\tArnt\r\nA  [ 4 19  0 ]\r\nC  [16  0 20 ]\r\nG  [ 0  1  0 ]\r\nT  [ 0  0  0 ]\r\n',
    'letters in another order': '>MA0004.1 Arnt\n\nT: 0 0 0\nA: 4 19 0\nG: 0 1 0\nC: 16 0 20',
    'a name joined to the number': '>MA0004.1_Arnt\n4 16 0 0\n19 0 1 0\n0 20 0 0\n',
    'the number twice': '>MA0004.1_MA0004.1.Arnt\n4 16 0 0\n19 0 1 0\n0 20 0 0\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`reads ${name}`, () => {
      expect(readJaspar(text)).toEqual([
        {
          ...jaspar,
          probabilities: [
            [0.2, 0.8, 0, 0],
            [0.95, 0, 0.05, 0],
            [0, 1, 0, 0],
          ],
        },
      ]);
    });
  }

  it('reads one motif without a name', () => {
    const [srf] = readJaspar(' 2  9\n 1 33\n39  2\n 4  2\n');
    expect(srf).toMatchObject({
      id: '',
      name: '',
      counts: [
        [2, 1, 39, 4],
        [9, 33, 2, 2],
      ],
      sites: 46,
    });
  });

  it('takes frequencies as they are, up to rounding', () => {
    expect(readJaspar('>x\n0.2 0.7999 0 0\n0 0.9999 0 0\n')).toEqual([
      {
        id: 'x',
        name: '',
        probabilities: [
          [0.2 / 0.9999, 0.7999 / 0.9999, 0, 0],
          [0, 1, 0, 0],
        ],
      },
    ]);
  });

  it('tells four rows of four by their sums', () => {
    const byPosition = readJaspar('>x\n9 1 0 0\n0 9 1 0\n0 0 9 1\n1 0 0 9\n')[0].counts!;
    expect(byPosition[0]).toEqual([9, 1, 0, 0]);
    expect(readJaspar('>x\n9 1 0 0\n0 9 1 0\n0 0 9 1\n1 0 0 9\n', { rows: 'letters' })[0].counts![0]).toEqual([
      9, 0, 0, 1,
    ]);
    const byLetter = readJaspar('>x\n10 10 0 0\n0 0 5 0\n0 0 5 0\n0 0 0 10\n')[0].counts!;
    expect(byLetter[2]).toEqual([0, 5, 5, 0]);
  });

  const errors: [text: string, message: string][] = [
    ['', "m.pfm: no motif found: expected a line that begins with '>'"],
    ['x 2 3 4\n', `m.pfm:1:1: expected a line that begins with '>', or numbers, got "x 2 3 4"`],
    ['1 2 3\n4 5 6\n', 'm.pfm:1:1: motif without a name: expected a row of four for each position'],
    ['>a\nA [ 1 2\n', "m.pfm:2:7: expected ']' at the end of the row"],
    ['>a\n1 2 3 4\n>b\n', 'm.pfm:3:1: motif "b": no matrix'],
    ['>a\n1 2 x 4\n', 'm.pfm:2:5: expected a number of at least 0, got "x"'],
    ['>a\n1 2 -3 4\n', 'm.pfm:2:5: expected a number of at least 0, got "-3"'],
    ['>a\nA [ ]\n', 'm.pfm:2:1: expected numbers, got "A [ ]"'],
    ['>a\n1 2 3 4\n1 2 3\n', 'm.pfm:3:1: motif "a": expected 4 numbers, got 3'],
    ['>a\n1 2 3 4\n0 0 0 0\n', 'm.pfm:1:1: motif "a": position 2 has no counts'],
    ['>a\n1 2 3\n', 'm.pfm:1:1: motif "a": expected a row of four for each position, or a row for each of A, C, G, T'],
    [
      '>a\nA 1 2\nA 1 2\nG 1 2\nT 1 2\n',
      'm.pfm:1:1: motif "a": expected a row of four for each position, or a row for each of A, C, G, T',
    ],
  ];
  for (const [text, message] of errors) {
    it(`says ${message}`, () => expect(() => readJaspar(text, { source: 'm.pfm' })).toThrow(message));
  }

  it.skipIf(!dataFolder)('reads JASPAR 2022 (counts) and 2018 (frequencies) alike', () => {
    const read = (year: number) =>
      readJaspar(readFileSync(dataPath(`motifs_jaspar/JASPAR${year}_vertebrates.pfm`), 'utf8'));
    const [counts, frequencies] = [read(2022), read(2018)];
    expect([counts.length, frequencies.length]).toEqual([838, 579]);
    expectSound([...counts, ...frequencies]);
    expect(counts.every((motif) => motif.counts && /^MA\d+\.\d$/.test(motif.id) && motif.name !== '')).toBe(true);
    expect(frequencies.every((motif) => motif.counts === undefined)).toBe(true);
    const common = frequencies.filter((motif) => counts.some(({ id }) => id === motif.id));
    const same = common.filter((motif) =>
      near(motif.probabilities, counts.find(({ id }) => id === motif.id)!.probabilities, 2e-4),
    );
    expect(common.length).toBeGreaterThan(300);
    expect(same.length).toBeGreaterThan(0.95 * common.length); // a few matrices were revised under the same number
  });

  it.skipIf(!dataFolder)('reads matrices without a name', () => {
    const read = (name: string) => readJaspar(readFileSync(dataPath(`motif_tools_reference/formats/${name}`), 'utf8'));
    expect(read('SRF.pfm')).toMatchObject([{ sites: 46 }]);
    expect(read('SRF.pfm')[0].counts).toHaveLength(12);
    expect(read('REB1.pfm')[0].counts![3]).toEqual([100, 0, 0, 0]);
  });

  it.skipIf(!dataFolder)("reads Cluster-Buster's matrices, whose comments stand inside", () => {
    const motifs = readJaspar(readFileSync(dataPath('motif_tools_reference/formats/clusterbuster.pfm'), 'utf8'));
    expect(motifs.map(({ id, probabilities }) => [id, probabilities.length])).toEqual([
      ['MA0004.1', 6],
      ['MA0006.1', 6],
      ['MA0008.1', 8],
    ]);
  });
});

describe('writeJaspar', () => {
  it('writes letters and brackets, or numbers alone', () => {
    const motif = { ...jaspar, probabilities: [] };
    expect(writeJaspar([motif])).toBe(
      '>MA0004.1 Arnt\nA [  4 19  0 ]\nC [ 16  0 20 ]\nG [  0  1  0 ]\nT [  0  0  0 ]\n',
    );
    expect(writeJaspar([motif], { style: 'raw' })).toBe('>MA0004.1 Arnt\n 4 19  0\n16  0 20\n 0  1  0\n 0  0  0\n');
    expect(() => writeJaspar([{ ...motif, id: '' }])).toThrow(`writeJaspar: a motif's id must be one word, got ""`);
    const rna = { id: 'p', name: '', probabilities: [[0.5, 0.5]] };
    expect(() => writeJaspar([rna])).toThrow('writeJaspar: the motif p is not of DNA');
  });

  it.each(['bracketed', 'raw'] as const)('%s: is read back', (style) => {
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 4 }), (motifs) => {
        expect(readJaspar(writeJaspar(motifs, { style }), { rows: 'letters' })).toEqual(motifs);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

const transfac = `VV  EXAMPLE January 15, 2013
XX
//
AC  MA0004.1
XX
ID  V$ARNT
XX
NA  Arnt
XX
P0      A      C      G      T
01      4     16      0      0      C
02     19      0      1      0      A
03      0     20      0      0      C
XX
//
`;

describe('TRANSFAC', () => {
  const motif = {
    ...jaspar,
    probabilities: [
      [0.2, 0.8, 0, 0],
      [0.95, 0, 0.05, 0],
      [0, 1, 0, 0],
    ],
  };

  it('is read, with names from AC, ID and NA', () => {
    expect(readTransfac(transfac)).toEqual([motif]);
    expect(readTransfac(transfac.replace('NA  Arnt\n', ''))).toEqual([{ ...motif, name: 'V$ARNT' }]);
    expect(readTransfac(transfac.replace('AC  MA0004.1\n', ''))).toEqual([{ ...motif, id: 'V$ARNT' }]);
    expect(readTransfac('PO T G C A\n1 1 2 3 4')[0].counts).toEqual([[4, 3, 2, 1]]); // another order, and no end
  });

  it('is written', () => {
    expect(writeTransfac([motif])).toBe(transfac.slice(transfac.indexOf('AC')).replace('V$ARNT', 'Arnt'));
    expect(() => writeTransfac([{ ...motif, id: 'two words' }])).toThrow(
      "writeTransfac: a motif's id must be one word",
    );
  });

  it('is read back', () => {
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 4 }), (motifs) => {
        expect(readTransfac(writeTransfac(motifs))).toEqual(motifs);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  const errors: [text: string, message: string][] = [
    ['', "m.dat: no motif found: expected a line 'P0 A C G T'"],
    ['P0 A C G\n', 'm.dat:1:1: expected the letters A, C, G and T, got "P0 A C G"'],
    ['P0 A C G G\n', 'm.dat:1:1: expected the letters A, C, G and T, got "P0 A C G G"'],
    ['01 1 2 3 4\n', "m.dat:1:1: expected a line 'P0 A C G T' before the matrix"],
    ['ID a\nP0 A C G T\n//\n', 'm.dat:2:1: motif "a": no matrix'],
    ['P0 A C G T\n01 1 2 x 4\n', 'm.dat:2:8: expected a number of at least 0, got "x"'],
    ['P0 A C G T\n01 1 2 3\n', 'm.dat:2:1: expected 4 numbers, got "01 1 2 3"'],
    ['P0 A C G T\n01 1 2 3 4\n05 1 2 3 4\n', 'm.dat:3:1: expected position 2, got "05"'],
    ['ID a\nP0 A C G T\n01 0 0 0 0\n', 'm.dat:2:1: motif "a": position 1 has no counts'],
    ['P0 A C G T\n01 1 2 3 4\nP0 A C G T\n', "m.dat:3:1: a second matrix: expected a line '//' between entries"],
  ];
  for (const [text, message] of errors) {
    it(`says ${message}`, () => {
      expect(() => readTransfac(text, { source: 'm.dat' })).toThrow(FormatError);
      expect(() => readTransfac(text, { source: 'm.dat' })).toThrow(message);
    });
  }

  it.skipIf(!dataFolder)('reads what the data folder has', () => {
    const read = (name: string) =>
      readTransfac(readFileSync(dataPath(`motif_tools_reference/formats/${name}`), 'utf8'));
    const sizes = read('transfac.dat').map(({ id, counts, sites }) => [id, counts!.length, sites]);
    expect(sizes).toEqual([
      ['motif1', 12, 5],
      ['motif2', 10, 5],
    ]);
    expect(read('MA0056.1.transfac')).toMatchObject([{ id: 'MA0056.1', name: 'MZF1', sites: 20 }]);
    expect(read('transfac.dat')[0].counts![9]).toEqual([0, 1, 2, 2]);
  });
});

const meme = (matrix: string) => `MEME version 4\n\nALPHABET= ACGT\n\nMOTIF m1 CTCF\n${matrix}`;
const HEAD = 'letter-probability matrix: alength= 4 w= 2 nsites= 17 E= 4.1e-009\n';

describe('readMeme', () => {
  it('reads the minimal format', () => {
    const text = `MEME version 4.4\n\nALPHABET= ACGT\n\nstrands: + -\n\nBackground letter frequencies (from x):\nA 0.3 C 0.2 G 0.2 T 0.3 \n
MOTIF m1 CTCF like\n\nlog-odds matrix: alength= 4 w= 2 E= 0\n 1 2 3 4\n 1 2 3 4\n\n${HEAD}  0.5\t 0.5 0 0\t\n 0 0 0 1\nURL http://x.org/a b\n
MOTIF m2\r\nletter-probability matrix:\r\n 0 1 0 0\r\nURL none\r\n`;
    expect(readMeme(text)).toEqual({
      version: '4.4',
      letters: 'ACGT',
      background: [0.3, 0.2, 0.2, 0.3],
      motifs: [
        {
          id: 'm1',
          name: 'CTCF like',
          probabilities: [
            [0.5, 0.5, 0, 0],
            [0, 0, 0, 1],
          ],
          sites: 17,
          eValue: 4.1e-9,
          url: 'http://x.org/a b',
        },
        { id: 'm2', name: '', probabilities: [[0, 1, 0, 0]] },
      ],
    });
  });

  it('reads alphabets of their own', () => {
    const text = `MEME version 5.5.2
ALPHABET "RNA with a mark" RNA-LIKE
A "Adenine" CC0000 ~ U "Uracil" 008000
C "Cyto=sine" 0000CC ~ G "Guanine" FFB300
m "6mA"
N "Any base" = ACGU
X = ACGU
END ALPHABET
Background letter frequencies
A 0.2 C 0.2 G 0.2 U 0.2 m 0.2
MOTIF m1
letter-probability matrix: alength= 5 w= 1
 0 0 0 0 1
`;
    expect(readMeme(text)).toMatchObject({ letters: 'ACGUm', background: [0.2, 0.2, 0.2, 0.2, 0.2] });
    const head = 'MEME version 5\nALPHABET\nA\n';
    expect(() => readMeme(`${head}A\nEND ALPHABET\n`)).toThrow('input:4:1: the letter "A" comes twice');
    expect(() => readMeme(`${head}END ALPHABET\n`)).toThrow('input:2:1: expected an alphabet of at least 2 letters');
  });

  it('leaves rows alone that sum to 1 but for rounding, and divides others by their sum', () => {
    const [first, second] = readMeme(meme(`${HEAD} 0.333333 0.333333 0.333333 0\n 0.25 0.25 0.25 0.251\n`)).motifs[0]
      .probabilities;
    expect(first).toEqual([0.333333, 0.333333, 0.333333, 0]);
    expect(second).toEqual([0.25 / 1.001, 0.25 / 1.001, 0.25 / 1.001, 0.251 / 1.001]);
  });

  const errors: [text: string, message: string][] = [
    [meme(`${HEAD} 1 0 0 0\n 1 0 0 0\n${HEAD}`), "m.meme:9:1: expected a line 'MOTIF name' before its matrix"],
    [meme(HEAD.replace('17', '-17')), 'm.meme:6:1: nsites= -17 is less than 0'],
    [meme(HEAD.replace('w= 2', 'w= 0')), 'm.meme:7:1: motif "m1": expected at least 1 rows, got 0'],
    ['MEME version 4\nALPHABET= A1\n', `m.meme:2:1: expected the letters, as in 'ALPHABET= ACGT', got "ALPHABET= A1"`],
    [
      meme('Background letter frequencies\nA 0.9 C 0.9 G 0.9 T 0.9\n'),
      'm.meme:7:1: expected background frequencies that sum to 1, got 0.9 0.9 0.9 0.9',
    ],
    ['', "m.meme: not a MEME file: expected a line 'MEME version 4'"],
    ['>chr1\nACGT\n', "m.meme: not a MEME file: expected a line 'MEME version 4'"],
    ['MEME version 4\n', 'm.meme: no motif found: expected a letter-probability matrix'],
    ['MEME version 4\nALPHABET "DNA" DNA-LIKE\n', "m.meme:2:1: expected a line 'END ALPHABET'"],
    [`MEME version 4\n${HEAD} 1 0 0 0\n`, "m.meme:2:1: expected a line 'MOTIF name' before its matrix"],
    [
      meme('Background letter frequencies\nA 0.3 G 0.2\n'),
      'm.meme:7:7: expected the background frequency of C, got "A 0.3 G 0.2"',
    ],
    [meme('Background letter frequencies\nA 0.3'), 'm.meme:7:1: expected the background frequency of C, got ""'],
    [meme(HEAD.replace('alength= 4', 'alength= 20')), 'm.meme:6:1: alength= 20, but the alphabet has 4 letters (ACGT)'],
    [meme(`${HEAD} 1 0 0 0\n\n`), 'm.meme:8:1: motif "m1": expected 2 rows, got 1'],
    [meme(HEAD), 'm.meme:7:1: motif "m1": expected 2 rows, got 0'],
    [meme(`${HEAD} 1 0 0 0\n 1 0 0\n`), 'm.meme:8:1: motif "m1": expected 4 probabilities that sum to 1, got "1 0 0"'],
    [
      meme(`${HEAD} 1 0 0 0\n 1 0 1 0\n`),
      'm.meme:8:1: motif "m1": expected 4 probabilities that sum to 1, got "1 0 1 0"',
    ],
    [meme(`${HEAD} 1 0 0 0\n -1 2 0 0\n`), 'm.meme:8:2: expected a number of at least 0, got "-1"'],
  ];
  for (const [text, message] of errors) {
    it(`says ${message}`, () => {
      const read = () => readMeme(text, { source: 'm.meme' });
      expect(read).toThrow(FormatError);
      expect(read).toThrow(message);
    });
  }

  const counts: Record<string, number> = {
    'genomic_io_samples/test.meme': 12,
    'genomic_io_samples/test2.meme': 4,
    'motif_tools_reference/JASPAR_CORE_2014_vertebrates.meme': 205,
    'motif_tools_reference/Jaspar-subset.meme': 12,
    'motif_tools_reference/formats/meme.out': 1,
    'motif_tools_reference/formats/minimal_test.meme': 3,
    'motif_tools_reference/formats/minimal_test_rna.meme': 3,
    'motif_tools_reference/meme.crp0.oops.txt': 2,
    'motif_tools_reference/sample.meme': 5,
    'motifs_cisbp_human/Homo_sapiens.meme': 734,
  };
  it.skipIf(!dataFolder)('knows every MEME file there is', () => {
    expect(dataFiles(/(\.meme|meme\.out|meme\.crp0\.oops\.txt)$/)).toEqual(Object.keys(counts));
  });
  for (const [path, count] of Object.entries(counts)) {
    it.skipIf(!dataFolder)(`reads ${path}`, () => {
      const { motifs, letters, background } = readMeme(readFileSync(dataPath(path), 'utf8'), { source: path });
      expectSound(motifs);
      expect(motifs).toHaveLength(count);
      expect(letters).toBe(path.includes('rna') ? 'ACGU' : 'ACGT');
      expect(background.reduce((sum, q) => sum + q, 0)).toBeCloseTo(1, 12);
      expect(new Set(motifs.map(({ id }) => id)).size).toBe(count);
    });
  }

  it.skipIf(!dataFolder)("has JASPAR's matrices in both formats", () => {
    const asMeme = readMeme(
      readFileSync(dataPath('motif_tools_reference/JASPAR_CORE_2014_vertebrates.meme'), 'utf8'),
    ).motifs;
    const asPfm = readJaspar(readFileSync(dataPath('motifs_jaspar/JASPAR2018_vertebrates.pfm'), 'utf8'));
    const [a, b] = [asMeme, asPfm].map((motifs) => motifs.find(({ id }) => id === 'MA0139.1')!);
    expect(a.name).toBe('CTCF');
    expect(near(a.probabilities, b.probabilities, 2e-4)).toBe(true);
  });
});

describe('writeMeme', () => {
  const motif: Motif = {
    id: 'm1',
    name: 'CTCF',
    probabilities: [
      [0.5, 0.5, 0, 0],
      [0, 0, 0, 1],
    ],
    sites: 17,
    url: 'http://x.org',
  };

  it('writes the minimal format to the letter', () => {
    expect(writeMeme([motif], { background: [0.3, 0.2, 0.2, 0.3] })).toBe(`MEME version 4

ALPHABET= ACGT

strands: + -

Background letter frequencies
A 0.30000 C 0.20000 G 0.20000 T 0.30000

MOTIF m1 CTCF
letter-probability matrix: alength= 4 w= 2 nsites= 17 E= 0
 0.500000  0.500000  0.000000  0.000000
 0.000000  0.000000  0.000000  1.000000
URL http://x.org
`);
  });

  it('refuses names that would break the file', () => {
    expect(() => writeMeme([{ ...motif, id: 'filter 1' }])).toThrow(
      `writeMeme: a motif's id must be one word, got "filter 1"`,
    );
    expect(() => writeMeme([{ ...motif, name: 'a\nMOTIF b' }])).toThrow('writeMeme: the name of m1 has a line break');
  });

  it('is read back', () => {
    const row = fc
      .array(fc.nat({ max: 1000 }), { minLength: 4, maxLength: 4 })
      .filter((counts) => counts.some((count) => count > 0));
    const motifs = fc.array(
      fc.record({
        id: fc.stringMatching(/^[!-~]{1,10}$/),
        name: fc.stringMatching(/^[a-zA-Z0-9:]{0,10}$/),
        probabilities: fc.array(
          row.map((counts) => counts.map((count) => count / counts.reduce((a, b) => a + b))),
          { minLength: 1 },
        ),
        sites: fc.nat({ max: 1e6 }),
        eValue: fc.double({ min: 0, max: 1e10, noNaN: true }),
      }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(motifs, (written) => {
        const read = readMeme(writeMeme(written)).motifs;
        const besidesMatrix = (motifs: readonly Motif[]) => motifs.map((motif) => ({ ...motif, probabilities: null }));
        expect(besidesMatrix(read)).toEqual(besidesMatrix(written));
        read.forEach(({ probabilities }, i) => expect(near(probabilities, written[i].probabilities, 2e-6)).toBe(true));
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

malformedMotifFiles(MUTATIONS);

describe('readJasparSites', () => {
  it('counts the capitals of each site', () => {
    const motif = readJasparSites('>MA1 ABC 1\nACgtt\n>MA1 ABC 2\nccAA\nt\n\n>MA1 ABC 3\ngNCa\n');
    expect(motif).toMatchObject({ id: 'MA1', name: 'ABC', sites: 3 });
    expect(motif.counts).toEqual([
      [2.25, 0.25, 0.25, 0.25],
      [1, 2, 0, 0],
    ]);
  });

  const cases: [text: string, message: string][] = [
    ['', 's.sites: no site found'],
    ['ACG\n', 's.sites:1:1: expected a line that begins with \'>\', got "ACG"'],
    ['>a\nacXg\n', 's.sites:2:3: expected letters of DNA, got "X"'],
    ['>a\nAcG\n', 's.sites:1:1: "a": expected one run of capitals, the site, got 2'],
    ['>a\nAC\n>b\nA\n', 's.sites:3:1: expected a site of 2 letters, got 1'],
  ];
  it.each(cases)('says what is wrong with %j', (text, message) => {
    expect(() => readJasparSites(text, { source: 's.sites' })).toThrow(message);
  });

  it.skipIf(!dataFolder)("has the counts of JASPAR's own matrix", async () => {
    const read = (name: string) => readFileSync(dataPath(`motif_tools_reference/formats/${name}`));
    const arnt = await readJasparSites(read('Arnt.sites'));
    const [matrix] = readJaspar(read('clusterbuster.pfm').toString());
    expect([matrix.id, arnt.id, arnt.name, arnt.sites]).toEqual(['MA0004.1', 'MA0004', 'ARNT', 20]);
    expect(arnt.counts).toEqual(matrix.counts);
  });
});
