import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CircularSequence,
  codonPhases,
  findOrfs,
  flipSpan,
  geneContext,
  geneticCode,
  geneticCodes,
  LetterError,
  orfCandidates,
  reverseComplement,
  rotateSpan,
  shineDalgarno,
  translate,
} from '../src/index';
import type { GeneticCode, OrfOptions, Span } from '../src/index';
import { readEcoli } from './ecoli';
import { expectSameOrfs, orfKeys, readPhix } from './phix';
import { dataFolder } from './support';

const ORDER = 'TCAG';
const codons = [...ORDER].flatMap((x) => [...ORDER].flatMap((y) => [...ORDER].map((z) => x + y + z)));

/** NCBI's own lines: amino acids in the order TTT, TTC, … and where an M stands below a start. */
const ncbi: Record<number, [aminoAcids: string, starts: string]> = {
  1: ['FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '---M---------------M---------------M----------------------------'],
  2: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG', '--------------------------------MMMM---------------M------------'],
  3: ['FFLLSSSSYY**CCWWTTTTPPPPHHQQRRRRIIMMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '----------------------------------MM---------------M------------'],
  4: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '--MM---------------M------------MMMM---------------M------------'],
  5: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSSSSVVVVAAAADDEEGGGG', '---M----------------------------MMMM---------------M------------'],
  6: ['FFLLSSSSYYQQCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  9: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNNKSSSSVVVVAAAADDEEGGGG', '-----------------------------------M---------------M------------'],
  10: ['FFLLSSSSYY**CCCWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  11: ['FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '---M---------------M------------MMMM---------------M------------'],
  12: ['FFLLSSSSYY**CC*WLLLSPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-------------------M---------------M----------------------------'],
  13: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSSGGVVVVAAAADDEEGGGG', '---M------------------------------MM---------------M------------'],
  14: ['FFLLSSSSYYY*CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNNKSSSSVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  15: ['FFLLSSSSYY*QCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  16: ['FFLLSSSSYY*LCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  21: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNNKSSSSVVVVAAAADDEEGGGG', '-----------------------------------M---------------M------------'],
  22: ['FFLLSS*SYY*LCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  23: ['FF*LSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '--------------------------------M--M---------------M------------'],
  24: ['FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSSKVVVVAAAADDEEGGGG', '---M---------------M---------------M---------------M------------'],
  25: ['FFLLSSSSYY**CCGWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '---M-------------------------------M---------------M------------'],
  26: ['FFLLSSSSYY**CC*WLLLAPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-------------------M---------------M----------------------------'],
  27: ['FFLLSSSSYYQQCCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  28: ['FFLLSSSSYYQQCCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  29: ['FFLLSSSSYYYYCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  30: ['FFLLSSSSYYEECC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  31: ['FFLLSSSSYYEECCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '-----------------------------------M----------------------------'],
  32: ['FFLLSSSSYY*WCC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG', '---M---------------M------------MMMM---------------M------------'],
  33: ['FFLLSSSSYYY*CCWWLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSSKVVVVAAAADDEEGGGG', '---M---------------M---------------M---------------M------------'],
}; // prettier-ignore

describe('genetic codes', () => {
  it('are those of NCBI', () => {
    expect(geneticCodes.map(({ id }) => id)).toEqual(Object.keys(ncbi).map(Number));
    for (const { id, aminoAcids, starts } of geneticCodes) {
      expect(codons.map((codon) => aminoAcids[codon]).join(''), `code ${id}`).toBe(ncbi[id][0]);
      expect(codons.map((codon) => (starts.includes(codon) ? 'M' : '-')).join(''), `code ${id}`).toBe(ncbi[id][1]);
    }
  });

  it('have 64 codons, a way to begin and a way to end, and every amino acid', () => {
    for (const { id, aminoAcids, starts, stops } of geneticCodes) {
      expect(Object.keys(aminoAcids).length).toBe(64);
      expect(new Set(Object.values(aminoAcids).filter((letter) => letter !== '*')).size, `code ${id}`).toBe(20);
      expect(starts).toContain('ATG');
      expect(stops.length).toBeGreaterThan(0);
      for (const codon of codons) if (aminoAcids[codon] === '*') expect(stops).toContain(codon);
      expect(starts.filter((codon) => stops.includes(codon))).toEqual([]);
    }
    expect([27, 28, 31].map((id) => geneticCode(id).stops)).toEqual([['TGA'], ['TAA', 'TAG', 'TGA'], ['TAA', 'TAG']]);
    expect(() => geneticCode(7)).toThrow('NCBI has no code 7; there are 1, 2, 3');
  });
});

describe('translate', () => {
  it('reads codons, in either case, with U as well', () => {
    expect(translate('ATGGCCAUUgtaatgTAA')).toBe('MAIVM*');
    expect(translate('ATGAGATGA', { code: 2 })).toBe('M*W');
    expect(translate('ATGTAAGCC', { endsAtStop: true })).toBe('M');
    expect(translate('ATGGC')).toBe('M');
    expect(translate('')).toBe('');
  });

  it('begins with methionine when asked', () => {
    expect(translate('GTGGTGTAA', { code: 11 })).toBe('VV*');
    expect(translate('GTGGTGTAA', { code: 11, startsWithMethionine: true })).toBe('MV*');
    expect(translate('GTGGTGTAA', { code: 1, startsWithMethionine: true })).toBe('VV*'); // no start of the standard code
    expect(translate('RTGGTG', { code: 11, startsWithMethionine: true })).toBe('MV'); // ATG or GTG
  });

  it('reads what IUPAC codons have in common', () => {
    // Any GCN is alanine, YTR leucine (TTA TTG CTA CTG), RAY asparagine or aspartate, SAR glutamine or glutamate, MTT isoleucine
    // or leucine, TAR and TRA stops
    expect(translate('GCNYTRRAYSARMTTTARTRANNNATR')).toBe('ALBZJ**XX');
    expect(translate('ATR', { code: 2 })).toBe('M'); // there ATA is methionine, too
    expect(translate('ATG---GCC')).toBe('M-A');
  });

  it('says where a letter is none', () => {
    expect(() => translate('ATGAXC')).toThrow(LetterError);
    expect(() => translate('ATGAXC')).toThrow('translate: "X" at position 5 is not an IUPAC DNA letter');
    expect(() => translate('AT-GCC')).toThrow('"-" at position 3');
  });

  it.skipIf(!dataFolder)('gives the proteins of phiX174', async () => {
    const { sequence, genes } = await readPhix();
    expect(genes.length).toBe(11);
    for (const { span, protein } of genes) {
      const gene = new CircularSequence(sequence).extract(span);
      expect(translate(gene, { code: 11, startsWithMethionine: true })).toBe(`${protein}*`);
    }
  });
});

/** Every start codon with the first stop in its frame, found by going on from each; laps of a circle at most three. */
function candidatesByHand(sequence: string, code: GeneticCode, isCircular: boolean): string[] {
  const found: string[] = [];
  const n = sequence.length;
  for (const strand of ['+', '-'] as const) {
    const letters = strand === '+' ? sequence : reverseComplement(sequence);
    const lap = isCircular ? letters.repeat(5) : letters;
    for (let start = 0; start < n; start++) {
      if (!code.starts.includes(lap.slice(start, start + 3))) continue;
      for (let at = start + 3; at + 3 <= lap.length && at < start + 3 * n + 3; at += 3) {
        if (!code.stops.includes(lap.slice(at, at + 3))) continue;
        const length = at + 3 - start;
        const from = strand === '+' ? start : (((n - start - length) % n) + n * 4) % n;
        found.push(`${from}..${from + length}${strand}`);
        break;
      }
    }
  }
  return found.sort();
}

const keyOf = ({ start, end, strand }: Span) => `${start}..${end}${strand}`;

describe('findOrfs', () => {
  it('finds genes on both strands', () => {
    //  0         10        20
    //  CCATGAAATAGCTTACATGGC: ATG AAA TAG at 2; on the other strand GCC ATG TAA at 3, which is 12..21 here
    const sequence = 'CCATGAAATAGCTTACATGGC';
    expect(findOrfs(sequence)).toEqual([
      { start: 2, end: 11, strand: '+', starts: [0] },
      { start: 12, end: 18, strand: '-', starts: [0] },
    ]); // prettier-ignore
    expect(findOrfs(sequence, { strands: '-' }).map(keyOf)).toEqual(['12..18-']);
    expect(findOrfs(sequence, { minCodons: 2 }).map(keyOf)).toEqual(['2..11+']);
  });

  it('tells the starts of a gene apart', () => {
    const [orf] = findOrfs('ATGCCCATGTTGTAA', { strands: '+' });
    expect(orf).toEqual({ start: 0, end: 15, strand: '+', starts: [0, 6, 9] });
    expect(orfCandidates(orf, 15).map(keyOf)).toEqual(['0..15+', '6..15+', '9..15+']);
    expect(findOrfs('ATGCCCATGTTGTAA', { strands: '+', starts: ['ATG'] })[0].starts).toEqual([0, 6]);
    const [other] = findOrfs(reverseComplement('ATGCCCATGTTGTAA'), { strands: '-' });
    expect(orfCandidates(other, 15).map(keyOf)).toEqual(['0..15-', '0..9-', '0..6-']);
  });

  it('goes across the origin, and round more than once', () => {
    expect(findOrfs('AATAGCCCCATGA', { isCircular: true, strands: '+' }).map(keyOf)).toEqual(['9..18+']); // ATG AAA TAG
    expect(findOrfs('AATAGCCCCATGA', { strands: '+' })).toEqual([]);
    // The stop at 7 is two frames away from the start at 0, and every lap of ten letters shifts the frame by one
    expect(findOrfs('ATGCCCCTAA', { isCircular: true, strands: '+' }).map(keyOf)).toEqual(['0..30+']); // prettier-ignore
    expect(findOrfs('ATGCCC', { isCircular: true })).toEqual([]); // no stop in any frame
  });

  it('takes an ambiguous codon for what all its readings are', () => {
    expect(findOrfs('ATGTAR', { strands: '+' }).map(keyOf)).toEqual(['0..6+']); // TAA or TAG
    expect(findOrfs('ATGTAN', { strands: '+' })).toEqual([]);
    expect(findOrfs('RTGTAA', { strands: '+', code: 11 }).map(keyOf)).toEqual(['0..6+']); // ATG or GTG
    expect(findOrfs('RTGTAA', { strands: '+', code: 1 })).toEqual([]);
    expect(findOrfs('augcccuaa', { strands: '+' }).map(keyOf)).toEqual(['0..9+']);
  });

  it('finds all that a search by hand finds, in lines and circles, with any code', () => {
    const letters = fc.oneof(
      fc.stringMatching(/^[ACGT]{0,80}$/),
      fc.stringMatching(/^(ATG|TAA|TGA|CAT|TTA|A|C){0,20}$/),
    );
    fc.assert(
      fc.property(letters, fc.constantFrom(...geneticCodes), fc.boolean(), (sequence, code, isCircular) => {
        const orfs = findOrfs(sequence, { code, isCircular });
        const candidates = orfs.flatMap((orf) => orfCandidates(orf, sequence.length).map(keyOf)).sort();
        expect(candidates).toEqual(candidatesByHand(sequence, code, isCircular));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('finds the same in a circle wherever it is cut, and on whichever strand', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ACGT]{3,100}$/), fc.nat(), (sequence, seed) => {
        const n = sequence.length;
        const options: OrfOptions = { isCircular: true, code: 11 };
        const orfs = orfKeys(findOrfs(sequence, options), 0, n);
        const circle = new CircularSequence(sequence);
        expect(orfKeys(findOrfs(circle.rotate(seed % n).letters, options), seed % n, n)).toEqual(orfs);
        const others = findOrfs(circle.reverseComplement().letters, options);
        expect(orfKeys(others.map((orf) => flipSpan(orf, n)), 0, n)).toEqual(orfs); // prettier-ignore
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it.skipIf(!dataFolder)('finds the genes of phiX174 from 60 of its rotations', async () => {
    const { sequence, genes } = await readPhix();
    expect(sequence.length).toBe(5386);
    expect(genes.filter(({ span }) => span.end > 5386).length).toBe(3); // A, A* inside it, and B
    const expected = orfKeys(findOrfs(sequence, { code: 11, isCircular: true }), 0, 5386);
    expect(expected.length).toBeGreaterThan(11);
    const rng = new Rng(3);
    for (const by of [1, 2, 3, 135, 136, 3980, 5385, ...Array.from({ length: 53 }, () => rng.integer(5386))]) expectSameOrfs(sequence, genes, expected, by); // prettier-ignore
  });

  it('says what it cannot take', () => {
    expect(() => findOrfs('ATG', { starts: ['AUG'] })).toThrow('expected codons of A, C, G and T, got "AUG"');
    expect(() => findOrfs('ATG', { minCodons: 0 })).toThrow('expected minCodons of at least 1, got 0');
  });
});

describe('geneContext', () => {
  const gene = 'ATGAAATAG';

  it('cuts around the first and the last codon, on either strand', () => {
    const sequence = `CCGGA${gene}TTC`;
    const [forward, backward] = [sequence, reverseComplement(sequence)];
    const options = { upstreamBp: 4, downstreamBp: 2 };
    expect(geneContext(forward, { start: 5, end: 14, strand: '+' }, { codon: 'start', ...options })).toBe('CGGAATGAA');
    expect(geneContext(backward, { start: 3, end: 12, strand: '-' }, { codon: 'start', ...options })).toBe('CGGAATGAA');
    expect(geneContext(forward, { start: 5, end: 14, strand: '+' }, { codon: 'stop', ...options })).toBe('GAAATAGTT');
    expect(geneContext(backward, { start: 3, end: 12, strand: '-' }, { codon: 'stop', ...options })).toBe('GAAATAGTT');
  });

  it('goes on across the origin, or has N beyond the end', () => {
    const span = { start: 1, end: 10, strand: '+' } as const;
    const options = { codon: 'start', upstreamBp: 3, downstreamBp: 0 } as const;
    expect(geneContext(`C${gene}GG`, span, { ...options, isCircular: true })).toBe('GGCATG');
    expect(geneContext(`C${gene}GG`, span, options)).toBe('NNCATG');
  });
});

describe('codonPhases', () => {
  it('go on from exon to exon', () => {
    // ATGA | AATAG with two letters between: 0 1 2 0, then 1 2 0 1 2
    const exons: Span[] = [{ start: 1, end: 5, strand: '+' }, { start: 7, end: 12, strand: '+' }]; // prettier-ignore
    expect([...codonPhases(exons, 13)]).toEqual([-1, 0, 1, 2, 0, -1, -1, 1, 2, 0, 1, 2, -1]);
    expect([...codonPhases([{ start: 0, end: 4, strand: '-' }], 5)]).toEqual([0, 2, 1, 0, -1]);
    expect([...codonPhases([{ start: 3, end: 6, strand: '+' }], 4)]).toEqual([1, 2, -1, 0]);
    expect([...codonPhases([{ start: 0, end: 5, strand: '+' }], 5, 2)]).toEqual([1, 2, 0, 1, 2]);
  });

  it('of a gene found in a circle turn with it', () => {
    const cases = fc.tuple(fc.integer({ min: 3, max: 40 }), fc.nat(), fc.nat(), fc.boolean());
    fc.assert(
      fc.property(cases, ([n, a, b, isForward]) => {
        const start = a % n;
        const span: Span = { start, end: start + 1 + (b % n), strand: isForward ? '+' : '-' };
        const by = (a + b) % n;
        const phases = codonPhases([span], n);
        const turned = codonPhases([rotateSpan(span, by, n)], n);
        expect([...turned]).toEqual(Array.from(phases, (_, i) => phases[(i + by) % n]));
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('shineDalgarno', () => {
  it('weighs a helix, worked out by hand', () => {
    // GGAGGT: GG −3.26, GA −2.35, AG −2.08, GG −3.26, GT −2.24; 4.09 to begin, 0.45 for the T at its end
    expect(shineDalgarno('CCCCGGAGGTCCCCCC')).toEqual({ energy: -8.65, letters: 'GGAGGT', spacing: 6 });
    // The whole of TAAGGAGGTG: TA −1.33, AA −0.93, AG −2.08, then as above, and TG −2.11; the same 4.09 + 0.45
    expect(shineDalgarno('ccuaaggaggugccccc').energy).toBeCloseTo(-1.33 - 0.93 - 2.08 - 13.19 - 2.11 + 4.54, 10);
    expect(shineDalgarno('CCCCCCCCCCCCCC')).toEqual({ energy: 0, letters: '', spacing: 0 });
    expect(shineDalgarno('')).toEqual({ energy: 0, letters: '', spacing: 0 });
  });

  it('looks only where a start codon is in reach', () => {
    expect(shineDalgarno('GGAGGCC').letters).toBe('GGAG'); // its last G would be two letters from the codon
    expect(shineDalgarno('GGAGGCCC').letters).toBe('GGAGG');
    expect(shineDalgarno(`GGAGG${'C'.repeat(15)}`).spacing).toBe(15);
    expect(shineDalgarno(`GGAGG${'C'.repeat(16)}`).letters).toBe('');
    expect(shineDalgarno(`GGAGG${'C'.repeat(16)}`, { spacing: [0, 20] }).spacing).toBe(16);
    expect(() => shineDalgarno('GGAGG', { antiSd: 'CCTX' })).toThrow('expected an antiSd of A, C, G and U, got "X"');
  });

  it.skipIf(!dataFolder)('is firmer before the genes of E. coli than elsewhere', async () => {
    const { sequence, genes } = await readEcoli();
    expect(genes.length).toBe(4301);
    const starts = genes.map((gene) =>
      geneContext(sequence, gene, { codon: 'start', downstreamBp: 0, isCircular: true }),
    );
    const cores = starts.filter((letters) => /GGAG|GAGG|AGGA|AAGG/.test(letters.slice(0, 20))).length;
    expect(Math.abs(cores / 2896 - 1)).toBeLessThan(0.02); // counted elsewhere, where "within 20 bp" may end a letter sooner
    const share = (letters: string[]) =>
      letters.filter((upstream) => shineDalgarno(upstream).energy <= -2).length / letters.length;
    const rng = new Rng(4);
    const elsewhere = genes.map(() => sequence.slice(rng.integer(sequence.length - 20)).slice(0, 20));
    const [found, chance] = [share(starts.map((letters) => letters.slice(0, 20))), share(elsewhere)];
    expect(found).toBeGreaterThan(0.5);
    expect(found).toBeGreaterThan(3 * chance);
    const stops = genes.map((gene) => geneContext(sequence, gene, { codon: 'stop', isCircular: true }).slice(20, 23));
    const count = (codon: string) => stops.filter((letters) => letters === codon).length;
    expect(['TAA', 'TGA', 'TAG'].map(count)).toEqual([2753, 1240, 305]); // as the annotation has been counted
  });
});
