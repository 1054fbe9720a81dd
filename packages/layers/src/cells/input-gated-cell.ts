import { cast, type Parameter, parameter, type Tensor } from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Cell, type CellOptions } from './cell';

/** A cell whose gates see the input alone, so that a step is linear in the state. */
export abstract class InputGatedCell extends Cell {
  readonly weight: Parameter; // [gates · hidden, in]
  readonly bias: Parameter; // [gates · hidden]

  protected constructor(options: CellOptions, gates: number) {
    super(options);
    const { in: inputs, hidden, rng, dtype = 'f32' } = options;
    this.weight = parameter(cast(uniformFanIn(rng, [gates * hidden, inputs]), dtype));
    this.bias = parameter(cast(uniformFanIn(rng, [gates * hidden], inputs), dtype));
  }

  /** W·x + b.   x: [batch, in] → [batch, gates · hidden] */
  protected fromInput(x: Tensor): Tensor {
    return x.matmul(this.weight.transpose()).add(this.bias);
  }
}
