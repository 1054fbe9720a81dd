import {
  add,
  cast,
  type DType,
  logicalAnd,
  mul,
  notEqual,
  type Parameter,
  parameter,
  shapeError,
  sub,
  type Tensor,
  type TensorLike,
  trainable,
  where,
  zeros,
} from '@hairpin/tensors';
import { demand } from '../demand';
import { mapValues } from '../map-values';
import { checkRate, rateAt, type Schedule } from '../schedules/schedule';
import { checkGroups, checkScale, groupOf, type Groups, scalar, scalesOf } from './groups';
import type { Gradients, Optimizer, Update, Weights } from './optimizer';

/** What every optimiser here can be told. */
export interface DescentOptions {
  /** Length of a step, by the number of steps taken if a schedule. An update that brings its own overrides it. */
  readonly learningRate?: number | Schedule;
  /** How strongly weights are pulled towards 0. */
  readonly weightDecay?: number;
  /** Weights with a learning rate or decay of their own, by path pattern. */
  readonly groups?: Groups;
}

/** One weight in one step, as an optimiser's equation sees it. */
export interface Slot {
  readonly path: string;
  /** The weight and its gradient, before the step. */
  readonly w: Tensor;
  readonly g: Tensor;
  /** The number of this step, counted from 1, in the dtype of the weight. */
  readonly t: Tensor;
  readonly weightDecay: number;
  /** Gives a cell of the state its next value unless the step is unsafe; returns that value. */
  readonly keep: (cell: Parameter, next: Tensor) => Tensor;
}

/**
 * w ← w − γ · direction: what optimisers have in common. γ is the learning rate times the scale of the weight's group.
 * Counter, scales and state are parameters: they live on the device, advance inside the compiled step and are saved in
 * checkpoints.
 */
export abstract class Descent implements Optimizer {
  /** Steps taken, i32. */
  readonly count: Parameter;
  /** Scales of groups, by pattern. */
  readonly scales: Weights;
  /** A field, so that the state of a schedule is found and saved. */
  readonly learningRate: number | Schedule;
  readonly #name = this.constructor.name;
  readonly #own: Readonly<Record<string, { scale: Parameter | undefined; weightDecay: number }>>; // by path

  constructor(weights: Weights, { learningRate, weightDecay, groups = {} }: DescentOptions & Required<Defaults>) {
    checkRate(this.#name, learningRate);
    demand(weightDecay >= 0, this.#name, 'weightDecay ≥ 0', weightDecay);
    checkGroups(this.#name, groups, weights);
    const device = Object.values(weights)[0]?.device;
    this.count = parameter(zeros([], { dtype: 'i32', device }));
    this.scales = scalesOf(groups, weights);
    this.learningRate = learningRate;
    this.#own = mapValues(weights, (_, path) => ({
      scale: this.scales[groupOf(groups, path, 'scale') ?? ''],
      weightDecay: groups[groupOf(groups, path, 'weightDecay') ?? '']?.weightDecay ?? weightDecay,
    }));
  }

  /** Moves the weights that are no buffers, unless the update is not safe. @throws ShapeError for an unknown weight or a missing gradient */
  apply(weights: Weights, gradients: Gradients, update: Update): void {
    const steps = this.count.read();
    const rateIn = this.#rate(update.learningRate ?? this.learningRate, steps);
    for (const [path, weight] of Object.entries(trainable(weights))) {
      if (!(path in this.#own)) throw shapeError(this.#name, 'the weights it was made for', `"${path}"`);
      if (!(path in gradients)) throw shapeError(this.#name, `a gradient of "${path}"`, 'none');
      this.#move(path, weight, gradients[path], add(steps, 1), rateIn(weight.dtype), update.isSafe);
    }
    assignWhere(update.isSafe, this.count, add(steps, 1));
  }

  /** A group's new scale: thaws or freezes its weights from the next step on, and nothing is compiled again. */
  setScale(pattern: string, scale: number): void {
    const cell = this.scales[pattern];
    const known = Object.keys(this.scales).map((key) => `"${key}"`);
    if (!cell) throw shapeError(`${this.#name}.setScale`, `a group with a scale (${known.join(', ')})`, `"${pattern}"`);
    checkScale(`${this.#name}.setScale`, scale);
    cell.assign(scalar(scale, cell));
  }

  /** What the weight loses for a learning rate of 1: the optimiser's equation. */
  protected abstract direction(slot: Slot): Tensor;

  #move(path: string, weight: Parameter, g: Tensor, step: Tensor, rate: TensorLike, isSafe: TensorLike): void {
    const { scale, weightDecay } = this.#own[path];
    const [w, t] = [weight.read(), cast(step, weight.dtype)];
    const keep = (cell: Parameter, next: Tensor) => (assignWhere(isSafe, cell, next), next);
    const direction = this.direction({ path, w, g, t, weightDecay, keep });
    if (!scale) return assignWhere(isSafe, weight, sub(w, mul(direction, rate)));
    // w − 0 would do but for −0, subnormals that a GPU flushes, and a direction that is not finite.
    const isMoving = logicalAnd(isSafe, notEqual(scale, 0));
    assignWhere(isMoving, weight, sub(w, mul(direction, mul(cast(scale, weight.dtype), rate))));
  }

  /** The learning rate in the dtype of a weight: one tensor for all weights of that dtype. */
  #rate(rate: TensorLike | Schedule, steps: Tensor): (dtype: DType) => TensorLike {
    if (typeof rate === 'number') return () => rate; // adopts the dtype of its partner
    const made = new Map<DType, Tensor>();
    const make = (dtype: DType) =>
      isSchedule(rate) ? cast(rateAt(rate, cast(steps, wide(dtype))), dtype) : cast(rate, dtype);
    return (dtype) => made.get(dtype) ?? made.set(dtype, make(dtype)).get(dtype)!;
  }
}

type Defaults = Pick<DescentOptions, 'learningRate' | 'weightDecay'>;

/** Zeros beside each weight: the state of an optimiser at its start. */
export const zerosBeside = (weights: Weights): Weights =>
  mapValues(trainable(weights), ({ shape, dtype, device }) => parameter(zeros(shape, { dtype, device })));

/** The gradient of the loss plus ½ · weightDecay · |w|²: decay as a penalty on the weights. */
export const penalised = ({ w, g, weightDecay }: Slot): Tensor => (weightDecay === 0 ? g : add(g, mul(w, weightDecay)));

const isSchedule = (rate: TensorLike | Schedule): rate is Schedule => typeof rate === 'object' && 'at' in rate;

/** Whole numbers above 2048 have no place in f16: steps are counted in f32. */
const wide = (dtype: DType): DType => (dtype === 'f64' ? 'f64' : 'f32');

const assignWhere = (condition: TensorLike, cell: Parameter, value: Tensor): void =>
  cell.assign(where(condition, value, cell));
