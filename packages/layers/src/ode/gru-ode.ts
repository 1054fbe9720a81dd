import {
  add,
  cast,
  type DType,
  mul,
  type Parameter,
  parameter,
  type Rng,
  sigmoid,
  split,
  sub,
  type Tensor,
  tanh,
} from '@hairpin/tensors';
import { GRUCell } from '../cells/gru-cell';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { ODERNN, type ODERNNOptions } from './ode-rnn';

/** Shape and start of a `GRUField`. */
export interface GRUFieldOptions {
  readonly hidden: number;
  readonly rng: Rng;
  /** Of the parameters: `f32` unless said. */
  readonly dtype?: DType;
}

/**
 * A GRU in continuous time without input (De Brouwer et al. 2019, eq. 3): r, z = σ(U·h + b), g = tanh(U_g·(r⊙h) + b_g),
 * dh/dt = (1 − z)⊙(g − h). A state that starts within ±1 stays there.   h: [batch, hidden] → [batch, hidden]
 */
export class GRUField extends Layer {
  readonly gates: Parameter; // [2 · hidden, hidden]: rows r, z
  readonly gatesBias: Parameter; // [2 · hidden]
  readonly candidate: Parameter; // [hidden, hidden]
  readonly candidateBias: Parameter; // [hidden]

  constructor({ hidden, rng, dtype = 'f32' }: GRUFieldOptions) {
    super();
    const draw = (...shape: number[]) => parameter(cast(uniformFanIn(rng, shape, hidden), dtype));
    this.gates = draw(2 * hidden, hidden);
    this.gatesBias = draw(2 * hidden);
    this.candidate = draw(hidden, hidden);
    this.candidateBias = draw(hidden);
  }

  forward(h: Tensor): Tensor {
    const [r, z] = split(sigmoid(add(h.matmul(this.gates.transpose()), this.gatesBias)), 2, 1);
    const g = tanh(add(mul(r, h).matmul(this.candidate.transpose()), this.candidateBias));
    return mul(sub(1, z), sub(g, h));
  }
}

/** Shape of a `GRUODE`; the rest as for `ODERNN`. */
export interface GRUODEOptions extends GRUFieldOptions, Omit<ODERNNOptions, 'field' | 'cell'> {
  readonly in: number;
}

/**
 * GRU-ODE (De Brouwer et al. 2019): between observations the state follows a GRU in continuous time, `GRUField`, at each of
 * them a `GRUCell` takes them in. An `ODERNN` with times, masks and lengths as there.
 */
export class GRUODE extends ODERNN {
  constructor({ in: inputs, hidden, rng, dtype = 'f32', ...options }: GRUODEOptions) {
    const width = options.masked ? 2 * inputs : inputs;
    super({
      ...{ field: new GRUField({ hidden, rng, dtype }), cell: new GRUCell({ in: width, hidden, rng, dtype }) },
      ...options,
    });
  }
}
