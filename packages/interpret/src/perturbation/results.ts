import { shapeError, type Tensor } from '@hairpin/tensors';
import type { PerturbationOptions } from './options';

/** What a model says of mutants, by their numbers. */
export interface MutantOutputs {
  /** [mutants, …shape] */
  readonly values: Float64Array;
  /** Shape of one output; [] for a number. */
  readonly shape: readonly number[];
}

/** After so many milliseconds others get their turn: a page draws, a signal is heard. */
const TURN = 50;

/** Collects the outputs of batches: each is read while the next one runs. */
export class Results {
  private outputs: { values: Float64Array; shape: readonly number[] } | undefined;
  private reading: Promise<void> = Promise.resolve();
  private done = 0;
  private since = performance.now();

  constructor(
    private readonly count: number,
    private readonly options: PerturbationOptions,
  ) {}

  /** Takes the outputs of some mutants, which come first in `output`, and waits for those of the batch before. */
  async add(numbers: readonly number[], output: Tensor): Promise<void> {
    const before = this.reading;
    this.reading = this.read(numbers, output);
    this.reading.catch(() => undefined); // whoever waits for it hears of it
    await before;
    if (performance.now() - this.since < TURN) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.since = performance.now();
  }

  async finished(): Promise<MutantOutputs> {
    await this.reading;
    return this.outputs ?? { values: new Float64Array(0), shape: [] };
  }

  /** Waits until nothing is read any more, well or not. */
  settled(): Promise<void> {
    return this.reading.catch(() => undefined);
  }

  private async read(numbers: readonly number[], output: Tensor): Promise<void> {
    const [rows, ...shape] = output.shape;
    const values = await output.data();
    output.dispose();
    const size = values.length / rows;
    this.outputs ??= { values: new Float64Array(this.count * size), shape };
    for (const [m, number] of numbers.entries())
      for (let o = 0; o < size; o++) this.outputs.values[number * size + o] = values[m * size + o];
    this.done += numbers.length;
    this.options.onProgress?.(this.done, this.count);
  }
}

/** Raises a `ShapeError` unless the model gave a row for each mutant. */
export function checkOutput(output: Tensor, mutants: number): Tensor {
  if (output.shape[0] === mutants) return output;
  throw shapeError('perturbation', `an output [${mutants}, …] of the model, a row for each sequence`, output.shape);
}

/** Outputs of some mutants minus those of others, pair by pair; 0 for a mutant −1, which is none. [pairs, …outputs] */
export function differences(
  { values, shape }: MutantOutputs,
  mutants: ArrayLike<number>,
  others: ArrayLike<number>,
): Float64Array {
  const size = sizeOf(shape);
  const result = new Float64Array(mutants.length * size);
  for (let i = 0; i < mutants.length; i++)
    for (let o = 0; o < size && mutants[i] >= 0; o++)
      result[i * size + o] = values[mutants[i] * size + o] - values[others[i] * size + o];
  return result;
}

/** Numbers in a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Outputs of mutants by their numbers, [mutants, …outputs]. */
export function select({ values, shape }: MutantOutputs, mutants: readonly number[]): Float64Array {
  const size = sizeOf(shape);
  const result = new Float64Array(mutants.length * size);
  mutants.forEach((mutant, i) => result.set(values.subarray(mutant * size, (mutant + 1) * size), i * size));
  return result;
}
