import type { Rng } from '@hairpin/tensors/random';
import type { BatchSource } from './batch-source';
import type { Sampler } from './sampling';
import { paddedLengths } from './padded-lengths';

/** Which examples stand in a batch. */
export interface Rows {
  /** Numbers of the examples; beyond `count` the first one again, to fill the batch. [batch] */
  readonly indices: Uint32Array;
  /** How many are meant. */
  readonly count: number;
  /** 1 for those, 0 for the rest. [batch] */
  readonly weights: Float32Array;
  /** Length to pad to. */
  readonly length: number;
  /** For what is random about the examples, such as augmentation; another one in each epoch and batch. */
  readonly rng: Rng;
}

/** How a loader batches. */
export interface LoaderOptions<B> {
  /** Length of each example, at least 1. */
  readonly lengths: ArrayLike<number>;
  readonly batchSize: number;
  /** Makes the tensors of a batch. */
  readonly collate: (rows: Rows) => B;
  readonly rng: Rng;
  /** Whether the order is drawn anew in each epoch; true unless said. */
  readonly shuffle?: boolean;
  /** Examples of an epoch, drawn anew for each, such as `balanced`; each example once unless said. */
  readonly sample?: Sampler;
  /** Padded lengths at most, 8 unless said: every one more is a plan more. */
  readonly maxLengths?: number;
}

/**
 * Batches of examples of similar length, padded to at most `maxLengths` lengths, the last of each filled up with rows of
 * weight 0: a run meets few shapes. The order of epoch n depends on the generator and n alone.
 */
export class Loader<B> implements BatchSource<B> {
  readonly size: number;
  /** Lengths padded to, ascending. */
  readonly padded: readonly number[];
  readonly #options: Required<Omit<LoaderOptions<B>, 'sample'>> & Pick<LoaderOptions<B>, 'sample'>;
  readonly #buckets: readonly number[][]; // examples by padded length

  constructor(options: LoaderOptions<B>) {
    this.#options = { shuffle: true, maxLengths: 8, ...options };
    const { lengths, batchSize, maxLengths } = this.#options;
    checkLengths(lengths, batchSize);
    this.size = lengths.length;
    this.padded = paddedLengths(lengths, { maxLengths, minRows: 2 * batchSize });
    this.#buckets = this.#bucketsOf(Array.from(lengths, (_, i) => i));
  }

  /** Batches of an epoch; undefined where each draws its own examples and they differ in length. */
  get batches(): number | undefined {
    const { batchSize, sample } = this.#options;
    if (sample && this.padded.length > 1) return undefined;
    const buckets = sample ? [sample(this.#options.rng.fork(0))] : this.#buckets;
    return buckets.reduce((total, bucket) => total + Math.ceil(bucket.length / batchSize), 0);
  }

  /** The batches of epoch n from a place on, each made when it is asked for. */
  *epoch(n = 0, from = 0): Generator<{ rows: Rows; batch: B }> {
    const { collate, rng } = this.#options;
    const own = rng.fork(n);
    for (const [i, chosen] of this.#order(own).entries()) {
      if (i < from) continue;
      const rows = this.#rows(chosen, own.fork(i));
      yield { rows, batch: collate(rows) };
    }
  }

  #order(rng: Rng): { indices: number[]; length: number }[] {
    const { shuffle, batchSize, sample } = this.#options;
    const buckets = sample ? this.#bucketsOf(sample(rng.fork('sample'))) : this.#buckets;
    const batches = buckets.flatMap((bucket, b) =>
      inPieces(shuffle ? rng.shuffle(bucket) : bucket, batchSize).map((indices) => ({
        indices,
        length: this.padded[b],
      })),
    );
    return shuffle ? rng.shuffle(batches) : batches;
  }

  #bucketsOf(examples: ArrayLike<number>): number[][] {
    const { lengths } = this.#options;
    const buckets: number[][] = this.padded.map(() => []);
    for (const i of Array.from(examples)) buckets[this.padded.findIndex((n) => n >= lengths[i])].push(i);
    return buckets;
  }

  #rows({ indices, length }: { indices: number[]; length: number }, rng: Rng): Rows {
    const { batchSize } = this.#options;
    const filled = Uint32Array.from({ length: batchSize }, (_, i) => indices[i] ?? indices[0]);
    const weights = Float32Array.from({ length: batchSize }, (_, i) => (i < indices.length ? 1 : 0));
    return { indices: filled, count: indices.length, weights, length, rng };
  }
}

const inPieces = (list: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

function checkLengths(lengths: ArrayLike<number>, batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`Loader: expected a batch size of at least 1, got ${batchSize}`);
  if (lengths.length === 0) throw new RangeError('Loader: expected at least one example, got none');
  const bad = Array.from(lengths).findIndex((n) => !Number.isInteger(n) || n < 1);
  if (bad >= 0) throw new RangeError(`Loader: expected lengths of at least 1, got ${lengths[bad]} for example ${bad}`);
}
