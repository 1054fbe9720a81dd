import type { Rng } from '@hairpin/tensors/random';
import type { BatchOf, BatchSource } from './batch-source';

/** How a stream is batched. */
export interface StreamLoaderOptions<E, B> {
  /** Opens the stream from its start: a file read piece by piece, a generator. The same examples in the same order each time. */
  readonly examples: () => Iterable<E> | AsyncIterable<E>;
  readonly lengthOf: (example: E) => number;
  /** Lengths to pad to, at most 8; a longer example is an error. */
  readonly padded: readonly number[];
  readonly batchSize: number;
  /** Makes the tensors of a batch; beyond `weights` 1 the examples are the first one again. */
  readonly collate: (examples: readonly E[], rows: StreamRows) => B;
  readonly rng: Rng;
  /** Examples that are held to draw from: the order is random within about as many. 1 024 unless said; 1 keeps the order. */
  readonly shuffleBuffer?: number;
}

/** What is known of a batch of a stream. */
export interface StreamRows {
  /** How many examples are meant. */
  readonly count: number;
  /** 1 for those, 0 for the rest. [batch] */
  readonly weights: Float32Array;
  readonly length: number;
  /** For what is random about the examples, such as augmentation. */
  readonly rng: Rng;
}

const maxLengths = 8;

/**
 * Batches of a stream that need not fit into memory, padded to few lengths. What is held at a time is the buffer that shuffles, and a
 * batch under way for each length. The batches of an epoch depend on the stream, the generator and the epoch alone; going on in the
 * middle of one reads the stream again up to there.
 */
export class StreamLoader<E, B> implements BatchSource<B> {
  /** Batches of an epoch, known once one was read to its end. */
  batches: number | undefined;
  readonly #options: Required<StreamLoaderOptions<E, B>>;
  readonly #padded: readonly number[];

  constructor(options: StreamLoaderOptions<E, B>) {
    this.#options = { shuffleBuffer: 1024, ...options };
    const { padded, batchSize, shuffleBuffer } = this.#options;
    if (padded.length === 0 || padded.length > maxLengths)
      throw new RangeError(`StreamLoader: expected from 1 to ${maxLengths} padded lengths, got ${padded.length}`);
    for (const [name, value] of Object.entries({ batchSize, shuffleBuffer }))
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`StreamLoader: expected ${name} of at least 1, got ${value}`);
    this.#padded = [...padded].sort((a, b) => a - b);
  }

  async *epoch(n = 0, from = 0): AsyncGenerator<BatchOf<B> & { rows: StreamRows }> {
    const rng = this.#options.rng.fork(n);
    let i = 0;
    for await (const { examples, length } of this.#full(rng.fork('order'))) {
      if (i >= from) yield this.#batch(examples, length, rng.fork(i));
      i++;
    }
    this.batches = i;
  }

  /** Examples by padded length, as soon as there are enough of one; the rest at the end, the shortest first. */
  async *#full(rng: Rng): AsyncGenerator<{ examples: E[]; length: number }> {
    const { batchSize } = this.#options;
    const waiting = new Map(this.#padded.map((length) => [length, [] as E[]]));
    for await (const example of this.#shuffled(rng)) {
      const length = this.#lengthFor(example);
      const own = waiting.get(length)!;
      if (own.push(example) === batchSize) yield { examples: own.splice(0), length };
    }
    for (const [length, examples] of waiting) if (examples.length > 0) yield { examples, length };
  }

  async *#shuffled(rng: Rng): AsyncGenerator<E> {
    const { examples, shuffleBuffer } = this.#options;
    const held: E[] = [];
    for await (const example of examples()) {
      if (held.length < shuffleBuffer) held.push(example);
      else {
        const at = rng.integer(held.length);
        yield held[at];
        held[at] = example;
      }
    }
    yield* shuffleBuffer > 1 ? rng.shuffle(held) : held;
  }

  #lengthFor(example: E): number {
    const own = this.#options.lengthOf(example);
    const length = this.#padded.find((n) => n >= own);
    if (length === undefined)
      throw new RangeError(`StreamLoader: expected examples of at most ${this.#padded.at(-1)}, got one of ${own}`);
    return length;
  }

  #batch(examples: readonly E[], length: number, rng: Rng): BatchOf<B> & { rows: StreamRows } {
    const { batchSize, collate } = this.#options;
    const filled = Array.from({ length: batchSize }, (_, i) => examples[i] ?? examples[0]);
    const weights = Float32Array.from({ length: batchSize }, (_, i) => (i < examples.length ? 1 : 0));
    const rows = { count: examples.length, weights, length, rng };
    return { rows, batch: collate(filled, rows) };
  }
}
