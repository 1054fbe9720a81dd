import { type Context, type Model, type Parameter, parameters, type Tensor } from '@hairpin/tensors';
import { everything, type ReceptiveField } from './receptive-field';

/**
 * A part of a model: parameters in `readonly` fields, and a function of the input.
 * The path of a field is its parameter's name in a checkpoint.
 */
export abstract class Layer {
  /** One tensor for one tensor. With `context.lengths`, what lies beyond a row's length does not reach the rest. */
  abstract forward(x: Tensor, context?: Context): Tensor;

  /** Lengths of the rows after this layer, `[batch]` i32; undefined where no positions are left. */
  lengthsAfter(lengths: Tensor): Tensor | undefined {
    return lengths;
  }

  /** Which inputs an output sees: all of them, unless a layer says otherwise. */
  get receptiveField(): ReceptiveField {
    return everything;
  }

  /** Every parameter and buffer below this layer, by path. */
  parameters(): Record<string, Parameter> {
    return parameters(this);
  }

  /** The layer as a plain function, which is what training and interpretation take. */
  get model(): Model {
    return (x, context) => this.forward(x, context);
  }
}
