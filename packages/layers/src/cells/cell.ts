import { type Context, type DType, type Rng, type Tensor, zeros } from '@hairpin/tensors';

/** What a cell carries from step to step: tensors [batch, width] by name. */
export type State = Readonly<Record<string, Tensor>>;

/** A state of one tensor.   h: [batch, hidden] */
export type HiddenState = { readonly h: Tensor };

/** Shape and start of a cell. */
export interface CellOptions {
  /** Width of what it reads at each step. */
  readonly in: number;
  /** Number of hidden units. */
  readonly hidden: number;
  readonly rng: Rng;
  /** Of the parameters, and so of what the cell reads: `f32` unless said; `f64` on the CPU device only. */
  readonly dtype?: DType;
}

/**
 * One step of a recurrent net. Its own equation is all that a cell has to say: parameters in `readonly` fields and
 * `step`. `Recurrent` makes a net of it, with layers, directions, lengths and the rest.
 */
export abstract class Cell<S extends State = HiddenState> {
  readonly inputSize: number;
  readonly hiddenSize: number;

  constructor(options: { readonly in: number; readonly hidden: number }) {
    [this.inputSize, this.hiddenSize] = [options.in, options.hidden];
  }

  /** The state after a step.   x: [batch, inputSize] */
  abstract step(state: S, x: Tensor, context?: Context): S;

  /** Width of each tensor of the state: one named `h` with `hiddenSize` units unless a cell says otherwise. */
  get widths(): { readonly [K in keyof S]: number } {
    return { h: this.hiddenSize } as { [K in keyof S]: number };
  }

  /** What the net gives for a state, [batch, hiddenSize]: its `h` unless a cell says otherwise. */
  output(state: S): Tensor {
    return (state as State).h;
  }

  /** The state of `batch` rows before the first step, zeros; dtype and device are those of `like`. */
  init(batch: number, like: Tensor): S {
    const { dtype, device } = like;
    const parts = Object.entries(this.widths as Record<string, number>);
    return Object.fromEntries(parts.map(([name, width]) => [name, zeros([batch, width], { dtype, device })])) as S;
  }
}
