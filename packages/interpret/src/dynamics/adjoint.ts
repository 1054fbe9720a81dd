import { compile, HairpinError, onesLike, realize, sum, type Tensor, tensor, vjp } from '@hairpin/tensors';
import type { NdArray } from './nd-array';
import { type HostNorms, type Norms, pullBack, readNorms } from './pull-back';
import { type OpenRecurrence, runSteps } from './recurrence';

/** Logarithms of the gradient's norm, by distance from the end. */
export interface GradientReach {
  /** ln ‖∂L/∂h_{T−d}‖₂, [batch, T + 1]: d = 0 is the last state, d = T the first. −∞ where the gradient is 0. */
  readonly states: NdArray<Float64Array>;
  /** ln ‖∂L/∂x_{T−1−d}‖₂, [batch, T]: d = 0 is what the last step reads. Absent where nothing with a gradient is read. */
  readonly inputs?: NdArray<Float64Array>;
}

/** The adjoint of the state on its way back, and the norms that it had. */
export class Adjoint<S> {
  /** What `gradientReach` gives. */
  readonly reach: GradientReach;
  private readonly forwardSteps;
  private readonly pullSteps;
  private readonly range: readonly [number, number];
  /** Direction of the adjoint, [batch, width], and the logarithm of its size for each row. */
  private adjoint!: Float64Array;
  private readonly logScale: Float64Array;
  /** Steps that may be pulled through at once. */
  private longest = Infinity;

  constructor(private readonly open: OpenRecurrence<S>) {
    const { batch, length } = open;
    this.forwardSteps = compile((start: Tensor, xs: Tensor) => ({ last: runSteps(open, start, xs).last }));
    this.pullSteps = compile((start: Tensor, xs: Tensor, adjoint: Tensor) => pullBack(open, start, xs, adjoint));
    this.range = open.dtype === 'f64' ? [1e-290, 1e290] : [1e-30, 1e30];
    this.logScale = new Float64Array(batch);
    const empty = (steps: number) => ({
      values: new Float64Array(batch * steps).fill(-Infinity),
      shape: [batch, steps],
    });
    this.reach = { states: empty(length + 1), ...(open.hasInputs && { inputs: empty(length) }) };
  }

  /** The state at step `to`, from that at step `from`. */
  async forward(start: Tensor, from: number, to: number): Promise<Tensor> {
    const xs = this.open.reads(from, to);
    await realize(xs);
    const { last } = await this.forwardSteps(start, xs);
    xs.dispose();
    return last;
  }

  /** Starts from the gradient of a loss on the last state; disposes of that. */
  async begin(last: Tensor, loss: ((last: S) => Tensor) | undefined): Promise<void> {
    const { joint } = this.open;
    const { value, pullback } = vjp((h: Tensor) => (loss ? loss(joint.unpack(h)) : sum(h)), last);
    this.adjoint = Float64Array.from(await pullback(onesLike(value)).data());
    last.dispose();
    this.rescale();
    this.logScale.forEach((log, row) => {
      const own = this.adjoint.subarray(row * joint.width, (row + 1) * joint.width);
      this.reach.states.values[row * (this.open.length + 1)] = log + Math.log(Math.hypot(...own));
    });
  }

  /** Divides each row by its largest number. */
  private rescale(): void {
    const { width } = this.open.joint;
    this.logScale.forEach((log, row) => {
      const own = this.adjoint.subarray(row * width, (row + 1) * width);
      const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (largest > 0) own.forEach((value, i) => (own[i] = value / largest));
      this.logScale[row] = log + Math.log(largest);
    });
  }

  /** From step `to` back to step `from`; disposes of the state at `from`. */
  async pullSegment(start: Tensor, from: number, to: number): Promise<void> {
    await this.pull(start, from, to);
    start.dispose();
    this.longest *= 2; // what was too long in this segment need not be in the next
  }

  /** In halves where the adjoint leaves the range on its way. */
  private async pull(start: Tensor, from: number, to: number): Promise<void> {
    if (this.logScale.every((log) => log === -Infinity)) return;
    if (to - from <= this.longest && (await this.pullAtOnce(start, from, to))) return;
    const half = from + ((to - from) >> 1);
    this.longest = Math.min(this.longest, half - from);
    const middle = await this.forward(start, from, half);
    await this.pull(middle, half, to);
    middle.dispose();
    await this.pull(start, from, half);
  }

  private async pullAtOnce(start: Tensor, from: number, to: number): Promise<boolean> {
    const { batch, dtype, joint } = this.open;
    const xs = this.open.reads(from, to);
    const device = start.device;
    const options = { shape: [batch, joint.width], dtype, ...(device && { device }) };
    await realize(xs);
    const found = await this.pullSteps(start, xs, tensor(this.adjoint, options));
    const [states, inputs] = await Promise.all([readNorms(found.states), found.inputs && readNorms(found.inputs)]);
    const adjoint = await found.adjoint.data();
    for (const used of [xs, found.adjoint, ...tensorsOf(found.states), ...tensorsOf(found.inputs)]) used.dispose();
    if (to - from > 1 && !this.isInRange(states)) return false;
    if (!Array.from(states.largest).every(Number.isFinite)) throw new HairpinError(notFinite(from));
    const { length } = this.open;
    this.note(this.reach.states, states, length - to + 1, to - from);
    if (inputs) this.note(this.reach.inputs!, inputs, length - to, to - from);
    this.adjoint = Float64Array.from(adjoint);
    this.rescale();
    return true;
  }

  /** Whether all norms of rows that are not dead are numbers that the dtype holds well. */
  private isInRange({ largest }: HostNorms): boolean {
    const steps = largest.length / this.open.batch;
    const [least, most] = this.range;
    return Array.from(largest).every(
      (value, i) => this.logScale[Math.floor(i / steps)] === -Infinity || (value >= least && value <= most),
    );
  }

  /** Writes norms, whose steps go forward, to the distances from `nearest` on. */
  private note({ values, shape }: NdArray<Float64Array>, norms: HostNorms, nearest: number, steps: number): void {
    this.logScale.forEach((log, row) => {
      for (let i = 0; i < steps; i++) {
        const at = row * steps + steps - 1 - i;
        values[row * shape[1] + nearest + i] = log + Math.log(norms.largest[at]) + Math.log(norms.squares[at]) / 2;
      }
    });
  }

  dispose(): void {
    this.forwardSteps.dispose();
    this.pullSteps.dispose();
  }
}

const tensorsOf = (norms: Norms | undefined): Tensor[] => (norms ? [norms.largest, norms.squares] : []);

const notFinite = (step: number): string =>
  `gradientReach: the gradient at step ${step} is not a finite number; look at statesOverTime, the states may not be either`;
