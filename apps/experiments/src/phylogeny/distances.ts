import {
  angularDistance,
  type DistanceMatrix,
  distanceMatrix,
  euclideanDistance,
  geodesicDistances,
  type Vector,
} from '@hairpin/bio';
import { pca } from '@hairpin/interpret';
import type { Piece, States } from './states';

/** A point for each species, and how far two of them are from each other. */
export interface Points {
  readonly points: readonly Float64Array[];
  readonly distance: (a: Vector, b: Vector) => number;
}

/** A linear map after which states vary along a genome as much in one direction as in another. [hidden, hidden] */
export type Whitening = Float64Array;

const FAINTEST = 1e-3; // of the largest variance: below it there is rounding rather than signal

/** Principal components of states along genomes, each over its standard deviation. */
export async function whiteningOf({ sample }: States): Promise<Whitening> {
  const hidden = sample.shape[1];
  const { components, variances } = await pca(sample, { components: hidden });
  const scales = variances.map((variance) => 1 / Math.sqrt(variance + FAINTEST * variances[0]));
  return Float64Array.from(components.values, (value, i) => value * scales[Math.floor(i / hidden)]);
}

/** The mean state of each species, as it is. */
export const plainMeans = (species: readonly (readonly Piece[])[]): Points => ({
  points: species.map((pieces) => meanOf(pieces).mean),
  distance: euclideanDistance,
});

/** The mean state of each species, in units of how much states vary along a genome (Mahalanobis 1936). */
export const whitenedMeans = (species: readonly (readonly Piece[])[], whitening: Whitening): Points => ({
  points: centred(species.map((pieces) => meanOf(pieces).mean)).map((mean) => transformed(whitening, mean)),
  distance: euclideanDistance,
});

/**
 * The mean state of each species after each context, less that of all species, whitened, and weighted by how frequent the context
 * is: what a net knows beyond the last letters, whatever the composition. Species are as far apart as the angle between them.
 */
export function meansByContext(species: readonly (readonly Piece[])[], whitening: Whitening): Points {
  const contexts = species[0][0].counts.length;
  const parts = Array.from({ length: contexts }, (_, context) => {
    const means = species.map((pieces) => meanOf(pieces, context));
    const weight = Math.sqrt(means.reduce((sum, { share }) => sum + share, 0) / means.length);
    return centred(means.map(({ mean }) => mean)).map((mean) => transformed(whitening, mean).map((x) => x * weight));
  });
  return { points: species.map((_, i) => concatenated(parts.map((part) => part[i]))), distance: angularDistance };
}

/** Distances between all species. */
export const distancesOf = (names: readonly string[], { points, distance }: Points): DistanceMatrix =>
  distanceMatrix(names, (i, j) => distance(points[i], points[j]));

/** The same along the surface that species lie on: each is joined with its nearest, as few of them as hold all together. */
export function geodesicsOf(names: readonly string[], { points, distance }: Points): DistanceMatrix {
  for (let neighbors = Math.min(5, names.length - 1); ; neighbors++) {
    try {
      return geodesicDistances(names, points, { neighbors, distance });
    } catch (error) {
      if (!(error instanceof RangeError) || neighbors >= names.length - 1) throw error;
    }
  }
}

/** The mean state of some pieces, after all contexts or one, and what share of the positions it is of; NaN where there is none. */
function meanOf(pieces: readonly Piece[], context?: number): { mean: Float64Array; share: number } {
  const contexts = pieces[0].counts.length;
  const hidden = pieces[0].sums.length / contexts;
  const [from, to] = context === undefined ? [0, contexts] : [context, context + 1];
  const sum = new Float64Array(hidden);
  let [count, all] = [0, 0];
  for (const { sums, counts } of pieces) {
    for (let i = from * hidden; i < to * hidden; i++) sum[i % hidden] += sums[i];
    counts.forEach((n, i) => {
      all += n;
      if (i >= from && i < to) count += n;
    });
  }
  return { mean: sum.map((value) => value / count), share: count / all };
}

/** Rows less their mean; one that was never met stands there. */
function centred(rows: readonly Float64Array[]): Float64Array[] {
  const met = rows.filter(([first]) => !Number.isNaN(first));
  const mean = rows[0].map((_, j) => met.reduce((sum, row) => sum + row[j], 0) / met.length);
  return rows.map((row) => row.map((value, j) => (Number.isNaN(value) ? 0 : value - mean[j])));
}

function transformed(map: Whitening, x: Float64Array): Float64Array {
  return x.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += map[i * x.length + j] * x[j];
    return sum;
  });
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.forEach((part, i) => all.set(part, i * part.length));
  return all;
}
