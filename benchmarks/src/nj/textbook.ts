import type { DistanceMatrix } from '@hairpin/bio';

/** The branch lengths of the neighbour-joining tree, in order of size, as Studier & Keppler 1988 write it down. */
export function textbookBranchLengths({ names, values }: DistanceMatrix): number[] {
  const n = names.length;
  let d = names.map((_, i) => Array.from(values.subarray(i * n, (i + 1) * n)));
  const lengths: number[] = [];
  while (d.length > 3) {
    const sums = d.map((row) => row.reduce((total, x) => total + x, 0));
    const [i, j] = closest(d, sums);
    const difference = (sums[i] - sums[j]) / (2 * (d.length - 2));
    lengths.push(d[i][j] / 2 + difference, d[i][j] / 2 - difference);
    d = joined(d, i, j);
  }
  const [[, ab, ac], [, , bc]] = d;
  lengths.push((ab + ac - bc) / 2, (ab + bc - ac) / 2, (ac + bc - ab) / 2);
  return lengths.sort((a, b) => a - b);
}

function closest(d: readonly number[][], sums: readonly number[]): [number, number] {
  let [least, pair]: [number, [number, number]] = [Infinity, [0, 1]];
  for (let i = 0; i < d.length; i++)
    for (let j = i + 1; j < d.length; j++) {
      const q = (d.length - 2) * d[i][j] - sums[i] - sums[j];
      if (q < least) [least, pair] = [q, [i, j]];
    }
  return pair;
}

/** The matrix without i and j, the node that joins them last. */
function joined(d: readonly number[][], i: number, j: number): number[][] {
  const left = d.map((_, k) => k).filter((k) => k !== i && k !== j);
  const toNew = left.map((k) => (d[i][k] + d[j][k] - d[i][j]) / 2);
  return [...left.map((k, at) => [...left.map((l) => d[k][l]), toNew[at]]), [...toNew, 0]];
}
