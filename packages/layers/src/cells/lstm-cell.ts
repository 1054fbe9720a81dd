import { cast, mul, type Parameter, parameter, sigmoid, split, sub, type Tensor, tanh } from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import type { CellOptions } from './cell';
import { GatedCell } from './gated-cell';

/** Output and memory.   h, c: [batch, hidden] */
export type LSTMState = { readonly h: Tensor; readonly c: Tensor };

/** Shape and kind of an `LSTMCell`; each option is off unless said. */
export interface LSTMCellOptions extends CellOptions {
  /** The gates see the memory too: i and f that before the step, o that after it (Gers & Schmidhuber 2000). */
  readonly peepholes?: boolean;
  /** f = 1 − i: what is forgotten makes room for what is written. Rows are i, g, o then (Greff et al. 2017, CIFG). */
  readonly tiedGates?: boolean;
  /** g = σ(…) instead of tanh(…): only adds to the memory. */
  readonly sigmoidCandidate?: boolean;
  /** Each unit reaches its own gates only; `weightHh` is [gates · hidden] then. */
  readonly diagonal?: boolean;
}

/**
 * i, f, o = σ(…), g = tanh(…) of W_ih·x + b_ih + W_hh·h + b_hh, then c′ = f⊙c + i⊙g and h′ = o⊙tanh(c′)
 * (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). Rows are i, f, g, o, as in PyTorch.
 */
export class LSTMCell extends GatedCell<LSTMState> {
  readonly peepholeI?: Parameter; // [hidden]
  readonly peepholeF?: Parameter; // [hidden]
  readonly peepholeO?: Parameter; // [hidden]
  readonly tiedGates: boolean;
  readonly sigmoidCandidate: boolean;

  constructor(options: LSTMCellOptions) {
    const { peepholes = false, tiedGates = false, sigmoidCandidate = false, diagonal = false } = options;
    super(options, { gates: tiedGates ? 3 : 4, diagonal });
    [this.tiedGates, this.sigmoidCandidate] = [tiedGates, sigmoidCandidate];
    if (!peepholes) return;
    const { hidden, rng, dtype = 'f32' } = options;
    const draw = () => parameter(cast(uniformFanIn(rng, [hidden], hidden), dtype));
    this.peepholeI = draw();
    if (!tiedGates) this.peepholeF = draw();
    this.peepholeO = draw();
  }

  override get widths() {
    return { h: this.hiddenSize, c: this.hiddenSize };
  }

  step({ h, c }: LSTMState, x: Tensor): LSTMState {
    const sums = split(this.fromInput(x).add(this.fromState(h)), this.tiedGates ? 3 : 4, 1);
    const [zi, zf, zg, zo] = this.tiedGates ? [sums[0], undefined, sums[1], sums[2]] : sums;
    const i = sigmoid(peep(zi, this.peepholeI, c));
    const f = zf ? sigmoid(peep(zf, this.peepholeF, c)) : sub(1, i);
    const g = this.sigmoidCandidate ? sigmoid(zg) : tanh(zg);
    const memory = f.mul(c).add(i.mul(g));
    return { h: sigmoid(peep(zo, this.peepholeO, memory)).mul(tanh(memory)), c: memory };
  }
}

const peep = (z: Tensor, weight: Parameter | undefined, c: Tensor): Tensor => (weight ? z.add(mul(c, weight)) : z);
