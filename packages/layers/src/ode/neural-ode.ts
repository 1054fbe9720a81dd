import { type Context, reshape, shapeError, slice, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { type BoundedOptions, odeintBounded } from './bounded';
import { type Dynamics, timeDependent } from './dynamics';
import { type AdaptiveOptions, type FixedOptions, odeint, type Solution } from './odeint';

/** Dormand–Prince within a number of steps. */
type BoundedSolver = BoundedOptions & { readonly method: 'dopri5' };

/** An equation as a layer. */
export interface NeuralODEOptions {
  /** dy/dt: a layer [batch, dim] → [batch, dim], or a function of time and state. */
  readonly field: Dynamics;
  /** A layer as field sees [y, t], [batch, dim + 1], instead of y: no unless said. */
  readonly timeDependent?: boolean;
  /** From the first to the last of these: [0, 1] unless said. */
  readonly times?: readonly number[];
  /** A method of fixed steps, rk4 in 4 of them unless said, or Dormand–Prince within `maxSteps`. */
  readonly solver?: FixedOptions | BoundedSolver;
  /** Which states `forward` gives: the `last` unless said, or those at `all` times. */
  readonly outputs?: 'last' | 'all';
}

/**
 * The state that an equation leads to (Chen et al. 2018): a residual net of as many layers as its solver has steps.
 * x: [batch, dim] → [batch, dim], or with `outputs: 'all'` [batch, times, dim]. Positions of sequences go each its own way:
 * [batch, length, dim] → [batch, length, dim].
 */
export class NeuralODE extends Layer {
  readonly field: Dynamics;
  readonly times: readonly number[];
  readonly solver: NonNullable<NeuralODEOptions['solver']>;
  readonly outputs: 'last' | 'all';
  private readonly isTimeDependent: boolean;

  constructor({ field, times = [0, 1], solver, outputs = 'last', timeDependent = false }: NeuralODEOptions) {
    super();
    if (times.length < 2) throw new RangeError(`NeuralODE: expected two times or more, got ${times.length}`);
    [this.field, this.times, this.outputs, this.isTimeDependent] = [field, times, outputs, timeDependent];
    this.solver = solver ?? { method: 'rk4', steps: 4 };
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    if (x.shape.length === 3 && this.outputs === 'last') {
      const flat = reshape(clearBeyond(x, lengths), [-1, x.shape[2]]);
      return reshape(this.last(this.run(flat)), x.shape);
    }
    if (x.shape.length !== 2)
      throw shapeError(
        'NeuralODE',
        `input [batch, dim]${this.outputs === 'last' ? ' or [batch, length, dim]' : ''}`,
        x.shape,
      );
    const y = this.run(x);
    return this.outputs === 'all' ? y : this.last(y);
  }

  /** The states at all times with as many steps as they need, and their counts: see `odeint`.   x: [batch, dim] */
  solve(x: Tensor, options: AdaptiveOptions = {}): Promise<Solution> {
    return odeint(this.dynamics, x, this.times, { ...this.found, ...options });
  }

  private run(x: Tensor): Tensor {
    const { dynamics, times, solver } = this;
    if (isBounded(solver)) return odeintBounded(dynamics, x, times, { ...this.found, ...solver }).y;
    return odeint(dynamics, x, times, { ...this.found, ...solver });
  }

  private last(y: Tensor): Tensor {
    return reshape(slice(y, [0, this.times.length - 1]), [y.shape[0], y.shape[2]]);
  }

  private get dynamics(): Dynamics {
    const { field } = this;
    return this.isTimeDependent && field instanceof Layer ? timeDependent(field) : field;
  }

  /** Parameters for the adjoint equation; those of a function nobody can find. */
  private get found() {
    return this.field instanceof Layer ? { parameters: this.field.parameters() } : {};
  }
}

const isBounded = (solver: NeuralODE['solver']): solver is BoundedSolver => solver.method === 'dopri5';
