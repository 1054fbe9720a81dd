import {
  type Context,
  type DType,
  embedding,
  HairpinError,
  type Parameter,
  parameter,
  type Rng,
  shapeError,
  type Tensor,
  uniform,
  zeros,
  cast,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import type { Step } from '../step';

/**
 * Where sequences start: all parts of a net's state side by side, [batch, width]. Parameters in its fields are learned.
 */
export interface InitialState {
  state(x: Tensor, context: Context): Tensor;
}

/** One start for all rows, learned, and zero at first.   → [batch, width] */
export class LearnedState implements InitialState {
  readonly value: Parameter; // [width]

  constructor({ width, dtype = 'f32' }: { readonly width: number; readonly dtype?: DType }) {
    this.value = parameter(zeros([width], { dtype }));
  }

  state(x: Tensor): Tensor {
    return this.value.broadcastTo([x.shape[0], ...this.value.shape]);
  }
}

/** A start for each class.   context.given[given]: [batch] i32, the class of each row → [batch, width] */
export class ClassState implements InitialState {
  readonly weight: Parameter; // [classes, width]
  readonly given: string;

  constructor(options: { classes: number; width: number; rng: Rng; given?: string; dtype?: DType }) {
    const { classes, width, rng, given = 'class', dtype = 'f32' } = options;
    this.weight = parameter(cast(uniform(rng, [classes, width], -1, 1), dtype)); // where a tanh unit can be
    this.given = given;
  }

  state(x: Tensor, context: Context): Tensor {
    return embedding(this.weight, givenOf(context, this.given, x));
  }
}

/** A start computed from covariates by a layer or a function.   context.given[given]: [batch, …] → [batch, width] */
export class GivenState implements InitialState {
  constructor(
    readonly given: string,
    readonly network: Step,
  ) {}

  state(x: Tensor, { lengths: _, ...context }: Context): Tensor {
    const covariates = givenOf(context, this.given, x);
    return this.network instanceof Layer
      ? this.network.forward(covariates, context)
      : this.network(covariates, context);
  }
}

function givenOf({ given = {} }: Context, name: string, x: Tensor): Tensor {
  const found = given[name];
  if (!found)
    throw new HairpinError(`Recurrent: the initial state needs context.given.${name}, a row for each of the batch`);
  if (found.shape[0] !== x.shape[0])
    throw shapeError('Recurrent', `context.given.${name} [${x.shape[0]}, …], a row for each of the batch`, found.shape);
  return found;
}
