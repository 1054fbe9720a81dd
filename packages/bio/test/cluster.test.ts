import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterMotifs, compareMotifs, readJaspar, reverseComplementMatrix, toProbabilities } from '../src/index';
import type { Matrix, Motif } from '../src/index';
import { dataFolder, dataPath } from './support';

const spelled = (word: string, sure = 0.97): Matrix =>
  [...word].map((letter) => [...'ACGT'].map((base) => (base === letter ? sure : (1 - sure) / 3)));
const motif = (id: string, probabilities: Matrix, sites = 10): Motif => ({ id, name: '', probabilities, sites });

describe('clusterMotifs', () => {
  const motifs = [
    motif('a', spelled('GATTACAGGT'), 10),
    motif('b', spelled('CCGGAAGTGC')),
    motif('c', reverseComplementMatrix(spelled('TGATTACAGG', 0.85)), 30),
    motif('d', spelled('GATTACAGGTCC', 0.9), 20),
    motif('e', spelled('CGGAAGTGCT', 0.9)),
  ];

  it('groups them, lays them on each other and merges their sites', () => {
    const [first, second, ...others] = clusterMotifs(motifs);
    expect(others).toEqual([]);
    expect(first.members.map(({ index }) => index).sort()).toEqual([0, 2, 3]);
    expect(second.members.map(({ index }) => index).sort()).toEqual([1, 4]);
    expect(first.merged).toMatchObject({ id: 'cluster_1', name: 'GATTACAGGT', sites: 60 }); // those that two of three have
    const place = (index: number) => first.members.find((member) => member.index === index)!;
    expect(place(0)).toMatchObject({ offset: 0, strand: '+' });
    expect(place(2)).toMatchObject({ offset: -1, strand: '-' });
    expect(place(3)).toMatchObject({ offset: 0, strand: '+' });
    expect(first.merged.probabilities[0][2]).toBeCloseTo((10 * 0.97 + 30 * 0.85 + 20 * 0.9) / 60, 12);
    expect(first.merged.probabilities[9][3]).toBeCloseTo((10 * 0.97 + 20 * 0.9) / 30, 12); // c ends before
    expect(second.merged.name).toBe('CCGGAAGTGCT');
  });

  it('keeps apart what is farther away, and one motif as it is', () => {
    expect(clusterMotifs(motifs, { distance: 'jsd', maximumDistance: 0 })).toHaveLength(5);
    expect(clusterMotifs(motifs, { maximumDistance: 1e-9 })).toHaveLength(2); // paler, but the same: correlation 1
    expect(clusterMotifs(motifs, { maximumDistance: 2 })).toHaveLength(1);
    expect(
      clusterMotifs(motifs, { distance: 'jsd', maximumDistance: 0.15 }).map(({ members }) => members.length),
    ).toEqual([3, 2]);
    expect(clusterMotifs([])).toEqual([]);
    expect(() => clusterMotifs([motif('x', [])])).toThrow('clusterMotifs: the motif x has no positions');
    const [{ merged, members }] = clusterMotifs(motifs.slice(0, 1));
    merged.probabilities.flat().forEach((p, i) => expect(p).toBeCloseTo(motifs[0].probabilities.flat()[i], 12));
    expect(members).toEqual([{ index: 0, offset: 0, strand: '+', columns: 10 }]);
  });

  it('merges motifs that only a third has in common with', () => {
    const long = spelled('GATTACACCGGTGATGTTTACC');
    const parts = [long, long.slice(0, 6), long.slice(8, 14), long.slice(16), long.slice(4, 10)];
    const [{ merged, members }] = clusterMotifs(
      parts.map((m, i) => motif(`${i}`, m)),
      { maximumDistance: 2 },
    );
    expect(members).toHaveLength(5);
    expect(merged.probabilities.length).toBeGreaterThan(0);
  });

  it('does not mind which strand its motifs are given on', () => {
    const row = fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 1, max: 99 })));
    const matrix = fc.array(row, { minLength: 4, maxLength: 9 }).map((m) => toProbabilities(m, { pseudocount: 0 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(matrix, fc.boolean()), { minLength: 2, maxLength: 7 }), (given) => {
        const groups = (turn: boolean) =>
          clusterMotifs(
            given.map(([m, isTurned], i) => motif(`${i}`, turn && isTurned ? reverseComplementMatrix(m) : m)),
            { maximumDistance: 0.4, minimumOverlap: 4 },
          ).map(({ members }) => members.map(({ index }) => index).sort());
        expect(groups(true)).toEqual(groups(false));
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it.skipIf(!dataFolder)('puts the motifs of a family of JASPAR together', () => {
    const library = readJaspar(readFileSync(dataPath('motifs_jaspar/JASPAR2022_vertebrates.pfm'), 'utf8'));
    const named = (pattern: RegExp) => library.filter(({ name }) => pattern.test(name));
    const motifs = [...named(/^FOX[ACDOP]\d$/), ...named(/^(Gata|GATA)\d$/), ...named(/^HOX[AB][2-7]$/)];
    expect(motifs.length).toBeGreaterThan(20);
    const clusters = clusterMotifs(motifs, { minimumOverlap: 6, maximumDistance: 0.3 });
    for (const { members, merged } of clusters.slice(0, 3)) {
      const families = new Set(members.map(({ index }) => motifs[index].name.slice(0, 3).toUpperCase()));
      expect(families.size).toBe(1);
      for (const { index } of members)
        expect(
          compareMotifs(motifs[index].probabilities, merged.probabilities, { minimumOverlap: 6 }).pearson,
        ).toBeGreaterThan(0.6);
    }
    expect(clusters[0].members.length).toBeGreaterThan(5);
  });
});
