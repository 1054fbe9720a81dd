import { Cell, type CellOptions, type HiddenState, uniformFanIn } from '@hairpin/layers';
import {
  add,
  mean,
  mul,
  type Parameter,
  parameter,
  relu,
  rsqrt,
  softmax,
  square,
  sub,
  tanh,
  type Tensor,
} from '@hairpin/tensors';

/**
 * A cell that exists nowhere else: two products one behind the other, then a layer norm and a softmax over features.
 * m = relu(x·W + h·U + b), n = norm(m·V + h), h′ = tanh(n)/2 + softmax(n)⊙h
 */
export class MadeUpCell extends Cell {
  readonly w: Parameter; // [in, hidden]
  readonly u: Parameter; // [hidden, hidden]
  readonly v: Parameter; // [hidden, hidden]
  readonly b: Parameter; // [hidden]

  constructor(options: CellOptions) {
    super(options);
    const { in: inputs, hidden, rng } = options;
    this.w = parameter(uniformFanIn(rng, [inputs, hidden], hidden));
    this.u = parameter(uniformFanIn(rng, [hidden, hidden], hidden));
    this.v = parameter(uniformFanIn(rng, [hidden, hidden], hidden));
    this.b = parameter(uniformFanIn(rng, [hidden], hidden));
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    const m = relu(x.matmul(this.w).add(h.matmul(this.u)).add(this.b));
    const n = layerNorm(m.matmul(this.v).add(h));
    return { h: add(mul(0.5, tanh(n)), mul(softmax(n), h)) };
  }
}

function layerNorm(t: Tensor): Tensor {
  const centred = sub(t, mean(t, -1, { keepDims: true }));
  return mul(centred, rsqrt(add(mean(square(centred), -1, { keepDims: true }), 0.1)));
}
