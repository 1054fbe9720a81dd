import type { Rng } from './random';
import type { Tensor } from './tensor';

/** What a model may be told beside its input. Every tensor in it has the batch first, and is sliced and tiled with the input. */
export interface Context {
  /** True while learning: dropout drops, running statistics move. */
  readonly training?: boolean;
  /** Where dropout and its kin draw from. */
  readonly rng?: Rng;
  /** Length of each row, `[batch]` as i32; what lies beyond is padding. */
  readonly lengths?: Tensor;
  /** Further inputs by name. */
  readonly given?: Readonly<Record<string, Tensor>>;
}

/** A model is a function. The only side effect it may have is assigning its own buffers while training. */
export type Model = (x: Tensor, context?: Context) => Tensor;
