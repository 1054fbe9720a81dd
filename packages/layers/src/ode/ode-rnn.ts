import {
  add,
  cast,
  type Context,
  concat,
  div,
  max,
  mul,
  scan,
  shapeError,
  reshape,
  type Tensor,
  where,
  zeros,
  greater,
} from '@hairpin/tensors';
import type { Cell } from '../cells/cell';
import { Layer } from '../layer';
import { type Dynamics, type Field, fieldOf } from './dynamics';
import { gapsOf, maskOf, timesOf } from './irregular';
import { stepOnce } from './stages';
import { type Tableau, tableaus } from './tableau';

/** An equation between observations, and a cell at them. */
export interface ODERNNOptions {
  /** How the state moves where nothing is seen: dy/dt on [batch, hidden]. */
  readonly field: Dynamics;
  /** What an observation changes. With `masked` it reads the values and then 1 or 0 for each of them: 2 · in channels. */
  readonly cell: Cell;
  /** Whether single values may be missing: no unless said. */
  readonly masked?: boolean;
  /** From the first observation to the last, unless said, or back. */
  readonly direction?: 'forward' | 'reverse';
  /** Steps from one observation to the next: by `method`, Euler unless said, in so many `steps`, 1 unless said. */
  readonly method?: keyof typeof tableaus | Tableau;
  readonly steps?: number;
}

/** The states after each observation, [batch, length, hidden], and after the last one, [batch, hidden]. */
export interface IrregularRun {
  readonly y: Tensor;
  readonly h: Tensor;
}

/**
 * A recurrent net for observations at any times: between them the state follows an equation, at each of them a cell takes
 * them in (Rubanova et al. 2019).   x: [batch, length, in] → [batch, length, hidden]
 * `context.given.times` [batch, length] says when (0, 1, 2 … unless given), `context.given.mask` [batch, length, in] which
 * values were seen, all unless given: what stands in place of the others does not matter, and a step at which nothing was
 * seen leaves the state to the equation. All of it is one loop, each step of the equation written out in its body.
 */
export class ODERNN extends Layer {
  readonly field: Dynamics;
  readonly cell: Cell;
  readonly masked: boolean;
  readonly direction: 'forward' | 'reverse';
  readonly steps: number;
  private readonly tableau: Tableau;

  constructor({ field, cell, masked = false, direction = 'forward', method = 'euler', steps = 1 }: ODERNNOptions) {
    super();
    if (!Number.isInteger(steps) || steps < 1)
      throw new RangeError(`ODERNN: expected steps to be a whole number ≥ 1, got ${steps}`);
    [this.field, this.cell, this.masked, this.direction, this.steps] = [field, cell, masked, direction, steps];
    this.tableau = typeof method === 'string' ? tableaus[method] : method;
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    return this.run(x, context).y;
  }

  /** The state after each observation, and after the last of the walk. */
  run(x: Tensor, context: Context = {}): IrregularRun {
    const inputs = this.cell.inputSize / (this.masked ? 2 : 1);
    if (x.shape.length !== 3 || x.shape[2] !== inputs)
      throw shapeError('ODERNN', `input [batch, length, ${inputs}]`, x.shape);
    const [f, reverse, { lengths }] = [fieldOf(this.field), this.direction === 'reverse', context];
    const { start, gap } = gapsOf(timesOf(x, context), { lengths, reverse });
    const { input, isSeen } = this.observed(x, maskOf(x, context));
    const column = (t: Tensor) => reshape(t, [...t.shape, 1]);
    const xs = { input, t: column(start), gap: column(gap), ...(isSeen && { isSeen }) };
    const body = (h: Tensor, at: typeof xs) => {
      const moved = this.move(f, h, at);
      const { h: updated } = this.cell.step({ h: moved }, at.input, context);
      const next = at.isSeen ? where(at.isSeen, updated, moved) : updated;
      return [next, next] as const;
    };
    const [h, y] = scan<Tensor, typeof xs, Tensor>(body, zeros([x.shape[0], this.cell.hiddenSize], x), xs, {
      lengths,
      reverse,
    });
    return { y, h };
  }

  /** The state at the end of a stretch. */
  private move(f: Field, h: Tensor, { t, gap }: { readonly t: Tensor; readonly gap: Tensor }): Tensor {
    const step = this.steps === 1 ? gap : div(gap, this.steps);
    let y = h;
    for (let i = 0; i < this.steps; i++)
      y = stepOnce(this.tableau, f, { t: i === 0 ? t : add(t, mul(step, i)), h: step, y });
    return y;
  }

  /** What the cell reads, and at which steps there is something to read, [batch, length, 1]. */
  private observed(x: Tensor, mask: Tensor | undefined): { readonly input: Tensor; readonly isSeen?: Tensor } {
    if (!mask) return { input: this.masked ? concat([x, add(mul(zeros(x.shape, x), 0), 1)], 2) : x };
    const seen = where(mask, x, 0);
    const ones = cast(mask, x.dtype);
    return {
      input: this.masked ? concat([seen, ones], 2) : seen,
      isSeen: greater(max(ones, 2, { keepDims: true }), 0),
    };
  }
}
