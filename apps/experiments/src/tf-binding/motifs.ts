import {
  compareMotifs,
  type Matrix,
  type Motif,
  motifDivergence,
  sideBySide,
  toProbabilities,
  tomtomSearch,
  type TomtomMatch,
} from '@hairpin/bio';
import { type Motif as FoundMotif, scaleForInformation, softmaxOfWeights, trimColumns } from '@hairpin/interpret';
import type { MotifNet } from '../discover/motif-net';

/** How a matrix was read off a filter. */
export type Route = 'activations' | 'weights';

/** A matrix read off a filter, and what it resembles in the library. */
export interface Reading {
  readonly route: Route;
  readonly matrix: Matrix;
  readonly best: TomtomMatch;
}

const TRIM_BITS = 0.2;

/** The filter of a motif by both routes: the sites that excite it, and the softmax of its weights. */
export async function readTwice(net: MotifNet, found: FoundMotif, library: readonly Motif[]): Promise<Reading[]> {
  const search = tomtomSearch(library, { threshold: Infinity });
  const reading = (route: Route, matrix: Matrix): Reading => {
    const [best] = search({ id: route, name: route, probabilities: matrix });
    return { route, matrix, best };
  };
  return [
    reading('activations', toProbabilities(found.counts, { pseudocount: 0 })),
    reading('weights', await softmaxMatrix(net, found)),
  ];
}

/** p = softmax(s·w) of one filter; s is such that it tells as much as the motif of its activations. */
async function softmaxMatrix({ filters }: MotifNet, { filter, informationBits }: FoundMotif): Promise<Matrix> {
  const [, letters, width] = filters.weight.shape;
  const all = await filters.weight.read().data();
  const weights = all.subarray(filter * letters * width, (filter + 1) * letters * width);
  const shape = [1, letters, width];
  const [matrix] = softmaxOfWeights(weights, shape, scaleForInformation(weights, shape, informationBits / width));
  return trimColumns(matrix, TRIM_BITS);
}

/** Four ways to compare a matrix with what it resembles, each where it comes out best. */
export function compare({ matrix, best: { target } }: Reading) {
  const known = toProbabilities(target.probabilities, { pseudocount: 0.01 }); // KL is infinite where a letter is ruled out
  const correlation = compareMotifs(matrix, known);
  const [p, q] = sideBySide(matrix, known, correlation);
  return {
    ...{ offset: correlation.offset, strand: correlation.strand, pearson: correlation.pearson },
    ...{ kl: motifDivergence(matrix, known, { measure: 'kl' }).bits, jsd: motifDivergence(matrix, known).bits },
    euclidean: p.reduce((sum, row, i) => sum + Math.hypot(...row.map((value, j) => value - q[i][j])), 0) / p.length,
  };
}
