import { cast, concat, mul, type Parameter, parameter, type Tensor } from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Cell, type CellOptions, type HiddenState, type State } from './cell';

/** How many gates a cell has, and how the hidden units reach them. */
export interface Gates {
  readonly gates: number;
  /** Each unit reaches its own gates only: a vector instead of a matrix (Li et al. 2018, IndRNN). */
  readonly diagonal?: boolean;
}

/**
 * A cell whose gates are functions of W_ih·x + b_ih and W_hh·h + b_hh. The products of all gates are one matmul each,
 * their rows in PyTorch's order; all start uniform in ±1/√hidden, as PyTorch's do.
 */
export abstract class GatedCell<S extends State = HiddenState> extends Cell<S> {
  readonly weightIh: Parameter; // [gates · hidden, in]
  readonly weightHh: Parameter; // [gates · hidden, hidden], or [gates · hidden] where diagonal
  readonly biasIh: Parameter; // [gates · hidden]
  readonly biasHh: Parameter; // [gates · hidden]

  protected constructor(options: CellOptions, { gates, diagonal = false }: Gates) {
    super(options);
    const { in: inputs, hidden, rng, dtype = 'f32' } = options;
    const draw = (...shape: number[]) => parameter(cast(uniformFanIn(rng, shape, hidden), dtype));
    this.weightIh = draw(gates * hidden, inputs);
    this.weightHh = diagonal ? draw(gates * hidden) : draw(gates * hidden, hidden);
    this.biasIh = draw(gates * hidden);
    this.biasHh = draw(gates * hidden);
  }

  /** W_ih·x + b_ih.   x: [batch, in] → [batch, gates · hidden] */
  protected fromInput(x: Tensor): Tensor {
    return x.matmul(this.weightIh.transpose()).add(this.biasIh);
  }

  /** W_hh·h + b_hh.   h: [batch, hidden] → [batch, gates · hidden] */
  protected fromState(h: Tensor): Tensor {
    return this.recurrent(h).add(this.biasHh);
  }

  private recurrent(h: Tensor): Tensor {
    if (this.weightHh.shape.length === 2) return h.matmul(this.weightHh.transpose());
    const gates = this.weightHh.shape[0] / this.hiddenSize;
    return mul(
      concat(
        Array.from({ length: gates }, () => h),
        1,
      ),
      this.weightHh,
    );
  }
}
