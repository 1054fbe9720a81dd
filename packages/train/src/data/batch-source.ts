/** A batch, and how many of its rows count: the rest fill it up. */
export interface BatchOf<B> {
  readonly rows: { readonly count: number };
  readonly batch: B;
}

/** What training reads: a `Loader`, a `StreamLoader`, or the reader's own. */
export interface BatchSource<B> {
  /** Batches of an epoch, where that is known. */
  readonly batches?: number | undefined;
  /** The batches of epoch n from a place on, the same whenever they are asked for. */
  epoch(n: number, from?: number): Iterable<BatchOf<B>> | AsyncIterable<BatchOf<B>>;
}
