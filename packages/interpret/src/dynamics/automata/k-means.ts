import type { Rng } from '@hairpin/tensors';
import { type LongRun, Pace } from '../../long-run';
import { checkNdArray, type NdArray } from '../nd-array';

/** How clusters are found. */
export interface KMeansOptions extends LongRun {
  readonly clusters: number;
  readonly rng: Rng;
  /** Starts, of which the best counts; 4 unless said. */
  readonly restarts?: number;
  /** Rounds at most, for each start; 100 unless said. */
  readonly maxIterations?: number;
}

/** Clusters of rows. */
export interface KMeans {
  /** [rows], the cluster of each. */
  readonly labels: Int32Array;
  /** [clusters, width] */
  readonly centroids: NdArray<Float64Array>;
  /** Sum of the squared distances from each row to its centroid. */
  readonly inertia: number;
}

/**
 * Clusters by k-means (Lloyd 1982), started by k-means++ (Arthur & Vassilvitskii 2007).
 *
 * @param rows [rows, width]
 */
export async function kMeans(rows: NdArray, options: KMeansOptions): Promise<KMeans> {
  checkNdArray('kMeans', rows, ['rows', 'width']);
  const { clusters, rng, restarts = 4, maxIterations = 100 } = options;
  const [count] = rows.shape;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > count)
    throw new RangeError(`kMeans: expected 1 to ${count} clusters, as there are ${count} rows, got ${clusters}`);
  const pace = new Pace(options, restarts * maxIterations);
  let best: KMeans | undefined;
  for (let start = 0; start < restarts; start++) {
    const centroids = seeds(rows, clusters, rng);
    let found = assign(rows, centroids);
    for (let i = 0; i < maxIterations; i++) {
      moveToMeans(rows, found, centroids);
      const before = found.labels;
      found = assign(rows, centroids);
      await pace.reach(start * maxIterations + i + 1);
      if (found.labels.every((label, row) => label === before[row])) break;
    }
    await pace.reach((start + 1) * maxIterations);
    const { labels, distances } = found;
    const inertia = distances.reduce((sum, distance) => sum + distance, 0);
    const shape = [clusters, rows.shape[1]];
    if (!best || inertia < best.inertia) best = { labels, centroids: { values: centroids, shape }, inertia };
  }
  return best!;
}

/** Rows drawn with the chance of their squared distance to those drawn before. */
function seeds(rows: NdArray, clusters: number, rng: Rng): Float64Array {
  const [count, width] = rows.shape;
  const centroids = new Float64Array(clusters * width);
  const nearest = new Float64Array(count).fill(Infinity);
  let drawn = rng.integer(count);
  for (let k = 0; k < clusters; k++) {
    for (let j = 0; j < width; j++) centroids[k * width + j] = rows.values[drawn * width + j];
    nearest.forEach((least, row) => (nearest[row] = Math.min(least, squaredDistance(rows, row, centroids, k))));
    let left = rng.next() * nearest.reduce((sum, distance) => sum + distance, 0);
    drawn = Math.max(
      0,
      nearest.findIndex((distance) => distance > 0 && (left -= distance) < 0),
    );
  }
  return centroids;
}

function squaredDistance({ values, shape: [, width] }: NdArray, row: number, centroids: Float64Array, k: number) {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += (values[row * width + j] - centroids[k * width + j]) ** 2;
  return sum;
}

/** The nearest centroid of each row, and how far it is. */
interface Assignment {
  readonly labels: Int32Array;
  readonly distances: Float64Array;
}

function assign(rows: NdArray, centroids: Float64Array): Assignment {
  const [count, width] = rows.shape;
  const labels = new Int32Array(count);
  const distances = new Float64Array(count).fill(Infinity);
  for (let row = 0; row < count; row++)
    for (let k = 0; k < centroids.length / width; k++) {
      const distance = squaredDistance(rows, row, centroids, k);
      if (distance < distances[row]) [labels[row], distances[row]] = [k, distance];
    }
  return { labels, distances };
}

/** Centroids go to the means of their rows, those without a row to the row that is farthest from its own. */
function moveToMeans(
  { values, shape: [, width] }: NdArray,
  { labels, distances }: Assignment,
  centroids: Float64Array,
) {
  const counts = new Float64Array(centroids.length / width);
  centroids.fill(0);
  labels.forEach((label, row) => {
    counts[label]++;
    for (let j = 0; j < width; j++) centroids[label * width + j] += values[row * width + j];
  });
  counts.forEach((count, k) => {
    const lost = count > 0 ? -1 : distances.indexOf(distances.reduce((a, b) => Math.max(a, b)));
    if (lost >= 0) distances[lost] = 0; // for the next one without a row
    for (let j = 0; j < width; j++)
      centroids[k * width + j] = count > 0 ? centroids[k * width + j] / count : values[lost * width + j];
  });
}
