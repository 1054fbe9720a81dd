import { Directions } from './directions';
import { forEachJacobian } from './jacobians';
import type { LongRun } from '../long-run';
import { logAbsDeterminant, matrixOf } from './matrix';
import { openRecurrence, type Recurrence } from './recurrence';

/** How a Lyapunov spectrum is estimated. */
export interface LyapunovOptions extends LongRun {
  /** How many exponents, from the largest; all unless said. */
  readonly count?: number;
  /** First steps that only carry state and directions to where they belong; none unless said. */
  readonly discard?: number;
  /**
   * Steps from one re-orthogonalisation to the next, 1 unless said. More of them save time; the directions have to stay apart
   * in f64 meanwhile: (λ₁ − λ_count) · every should remain below 15.
   */
  readonly every?: number;
  /** Stretches of time whose means tell how sure an exponent is, 10 unless said. */
  readonly blocks?: number;
}

/** Lyapunov exponents in nats per step, from the largest. */
export interface LyapunovSpectrum {
  /** [count], the mean over the rows of the batch; −∞ for a direction that dies. */
  readonly exponents: Float64Array;
  /** [count], the standard error of each, by the scatter of the means of blocks of time and of rows. */
  readonly standardErrors: Float64Array;
  /** [batch][count], of each row. */
  readonly byRow: readonly Float64Array[];
  /** [blocks][count], the mean over all time up to the end of each block, to see whether it settles. */
  readonly running: readonly Float64Array[];
  /** Of a full spectrum the mean of ln |det ∂h_t/∂h_{t−1}|, which it sums to; worked out apart from it, by LU. */
  readonly meanLogDeterminant?: number;
  /** Steps that were counted. */
  readonly steps: number;
}

/**
 * The Lyapunov spectrum of a recurrence, free or driven by what it reads: Q₀ = I, Q_t·R_t = J_t·Q_{t−1},
 * λ_i = mean ln |R_ii| (Benettin et al. 1980; for recurrent nets Vogt et al. 2020, Engelken et al. 2023). The Jacobians are
 * computed on the recurrence's device, all else in f64.
 */
export async function lyapunovSpectrum<S>(
  recurrence: Recurrence<S>,
  options: LyapunovOptions = {},
): Promise<LyapunovSpectrum> {
  const open = await openRecurrence('lyapunovSpectrum', recurrence);
  const { batch, length } = open;
  const { width } = open.joint;
  const { count, discard, every, blocks } = checked(options, width, length);
  const counted = length - discard;
  const frames = Array.from({ length: batch }, () => new Frame(width, count, blocks));
  await forEachJacobian(open, options, ({ from, steps, jacobians }) => {
    for (let row = 0; row < batch; row++)
      for (let i = 0; i < steps; i++) {
        const at = from + i - discard; // of the counted steps; negative before them
        const isEnd = (at + 1) % every === 0 || at + 1 === counted;
        const block = at < 0 ? undefined : Math.floor((at * blocks) / counted);
        frames[row].step(jacobians, (row * steps + i) * width ** 2, isEnd, block);
      }
  });
  return summary(frames, counted, count === width);
}

function checked({ count, discard = 0, every = 1, blocks = 10 }: LyapunovOptions, width: number, length: number) {
  const need = (isRight: boolean, what: string, got: number) => {
    if (!isRight) throw new RangeError(`lyapunovSpectrum: expected ${what}, got ${got}`);
  };
  const isFrom1To = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  const found = count ?? width;
  need(isFrom1To(found, width), `a count of 1 to ${width} exponents, as the state has ${width} numbers`, found);
  need(
    Number.isInteger(discard) && discard >= 0 && discard < length,
    `to discard fewer than the ${length} steps`,
    discard,
  );
  need(isFrom1To(every, Infinity), 'every to be a whole number of steps ≥ 1', every);
  need(isFrom1To(blocks, Infinity), 'a whole number of blocks ≥ 1', blocks);
  return {
    count: found,
    discard,
    every,
    blocks: Math.max(1, Math.min(blocks, Math.floor((length - discard) / every))),
  };
}

/** Directions that are carried along one trajectory, and how much they grew. */
class Frame {
  private readonly directions: Directions;
  /** [blocks][count], sums of ln |R_ii|. */
  readonly growth: Float64Array[];
  /** Steps of each block. */
  readonly steps: Float64Array;
  logDeterminant = 0;
  private waiting = 0;

  constructor(
    private readonly width: number,
    private readonly count: number,
    blocks: number,
  ) {
    this.directions = new Directions(width, count);
    this.growth = Array.from({ length: blocks }, () => new Float64Array(count));
    this.steps = new Float64Array(blocks);
  }

  /** Carries the directions on by the Jacobian at `offset`; growth is counted in `block`, if any, where they are separated. */
  step(jacobians: ArrayLike<number>, offset: number, isEnd: boolean, block: number | undefined): void {
    const { width, count } = this;
    this.directions.carry(jacobians, offset);
    if (block !== undefined) this.waiting++;
    if (block !== undefined && count === width)
      this.logDeterminant += logAbsDeterminant(matrixOf(jacobians, offset, width, width));
    if (!isEnd) return;
    const growth = this.directions.separate();
    if (block === undefined) return;
    growth.forEach((log, i) => (this.growth[block][i] += log));
    this.steps[block] += this.waiting;
    this.waiting = 0;
  }
}

function summary(frames: readonly Frame[], counted: number, isFull: boolean): LyapunovSpectrum {
  const byRow = frames.map(({ growth }) => totals(growth).map((sum) => sum / counted));
  const rates = frames.flatMap(({ growth, steps }) => growth.map((sums, k) => sums.map((sum) => sum / steps[k])));
  const blocks = frames[0].growth.length;
  const running = Array.from({ length: blocks }, (_, k) => {
    const sums = totals(frames.flatMap(({ growth }) => growth.slice(0, k + 1)));
    const steps = frames.reduce((sum, frame) => sum + frame.steps.slice(0, k + 1).reduce((a, b) => a + b), 0);
    return sums.map((sum) => sum / steps);
  });
  const meanLogDeterminant = frames.reduce((sum, frame) => sum + frame.logDeterminant, 0) / (counted * frames.length);
  const exponents = totals(byRow).map((sum) => sum / frames.length);
  return {
    exponents,
    standardErrors: exponents.map((_, i) => standardError(rates.map((rate) => rate[i]))),
    byRow,
    running,
    ...(isFull && { meanLogDeterminant }),
    steps: counted,
  };
}

const totals = (rows: readonly Float64Array[]): Float64Array =>
  rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0));

/** Of the mean of independent values; NaN where there is but one. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
