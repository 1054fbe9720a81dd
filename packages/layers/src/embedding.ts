import {
  concat,
  embedding,
  equal,
  normal,
  type Parameter,
  parameter,
  reshape,
  type Rng,
  slice,
  stopGradient,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';
import { Layer } from './layer';
import { pointwise } from './receptive-field';

/** Shape and start of an `Embedding`. */
export interface EmbeddingOptions {
  /** How many tokens there are. */
  readonly tokens: number;
  readonly out: number;
  readonly rng: Rng;
  /** A token that means nothing: it starts as zeros and learns nothing. */
  readonly padding?: number;
}

/** A learned vector for each token, normal at first, as in PyTorch.   x: [...] of whole numbers below `tokens` → [..., out] */
export class Embedding extends Layer {
  readonly weight: Parameter; // [tokens, out]
  readonly padding: number | undefined;

  constructor({ tokens, out, rng, padding }: EmbeddingOptions) {
    super();
    if (padding !== undefined && !(Number.isInteger(padding) && padding >= 0 && padding < tokens))
      throw new RangeError(`Embedding: expected padding to be one of ${tokens} tokens, got ${padding}`);
    const drawn = normal(rng, [tokens, out]);
    this.weight = parameter(padding === undefined ? drawn : withZeros(drawn, padding));
    this.padding = padding;
  }

  forward(x: Tensor): Tensor {
    const rows = embedding(this.weight, x);
    if (this.padding === undefined) return rows;
    const isPadding = reshape(equal(x, this.padding), [...x.shape, 1]);
    return where(isPadding, stopGradient(rows), rows);
  }

  override get receptiveField() {
    return pointwise;
  }
}

/** The rows of a table, one of them zeros. */
const withZeros = (table: Tensor, row: number): Tensor =>
  concat([slice(table, [0], [row]), zeros([1, table.shape[1]]), slice(table, [row + 1])], 0);
