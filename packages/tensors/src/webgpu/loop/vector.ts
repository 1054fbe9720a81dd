import type { DType } from '../../dtype';
import type { Lowering } from '../../op';
import type { Tensor } from '../../tensor';

/*
 * A loop's body as one workgroup computes it. Each invocation owns some features of every vector, for all rows of the workgroup's
 * tile; what it needs of others' features passes through arrays in workgroup memory.
 */

/** How often an input changes: at every step, from row to row, or never. */
export type Varies = 'step' | 'row' | 'never';

/** A vector of `width` features per row. Width 1 is held by every invocation. */
export type Vector = {
  readonly id: number;
  readonly width: number;
  readonly dtype: DType;
  /** Barriers of a step that come before it. */
  readonly level: number;
} & (
  | { readonly kind: 'state'; readonly state: number }
  | { readonly kind: 'input'; readonly input: number; readonly shift: number }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'call';
      readonly op: Extract<Lowering, { kind: 'elementwise' }>;
      readonly name: string;
      readonly attrs: unknown;
      readonly operands: readonly Vector[];
    }
  | {
      /** `inner` where start ≤ feature < end, else `otherwise`. */
      readonly kind: 'within';
      readonly start: number;
      readonly end: number;
      readonly inner: Vector;
      readonly otherwise: Vector;
    }
  | { readonly kind: 'dot'; readonly array: SharedArray; readonly matrix: Matrix; readonly shift: number }
  | { readonly kind: 'fold'; readonly combine: 'sum' | 'max' | 'min'; readonly of: Vector }
  | { readonly kind: 'peek'; readonly array: SharedArray; readonly shift: number }
);

/** Part of an array: features `start …` of a vector at `offset …`. */
export interface Piece {
  readonly vector: Vector;
  readonly width: number;
  readonly offset: number;
}

/** A vector that all invocations read, in workgroup memory. */
export interface SharedArray {
  readonly id: number;
  readonly width: number;
  readonly pieces: readonly Piece[];
  readonly level: number;
}

/** A captured matrix [k, n] as the kernel reads it. */
export interface Matrix {
  readonly id: number;
  readonly k: number;
  readonly n: number;
  /** The captured tensor, and the axis that is summed over. */
  readonly tensor: Tensor;
  readonly axis: number;
}

/** What the loop reads from memory. */
export interface Input {
  readonly tensor: Tensor;
  readonly varies: Varies;
  readonly width: number;
}

/** What the loop writes for every step: a stream of `width` features, in pieces. */
export interface Output {
  readonly width: number;
  readonly pieces: readonly Piece[];
}

/** A body in the algebra that one kernel can run. */
export interface LoopBody {
  readonly stateWidths: readonly number[];
  readonly next: readonly Vector[];
  readonly inputs: readonly Input[];
  readonly matrices: readonly Matrix[];
  readonly arrays: readonly SharedArray[];
  readonly dots: readonly Extract<Vector, { kind: 'dot' }>[];
  readonly peeks: readonly Extract<Vector, { kind: 'peek' }>[];
  readonly folds: readonly Extract<Vector, { kind: 'fold' }>[];
}
