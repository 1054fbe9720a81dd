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
    return this.outputs!;
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

/** Numbers in a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Outputs of mutants by their numbers, [mutants, …outputs]. */
export const select = (outputs: MutantOutputs, mutants: Numbers): Float64Array => contrast(outputs, [mutants], []);

/** Outputs of some mutants minus those of others, one by one; 0 for a mutant −1, which is none. [mutants, …outputs] */
export const differences = (outputs: MutantOutputs, mutants: Numbers, others: Numbers): Float64Array =>
  contrast(outputs, [mutants], [others]);

type Numbers = ArrayLike<number>;

/** Sums of outputs of the mutants in the lists `plus`, minus those in the lists `minus`, place by place. */
export function contrast(
  { values, shape }: MutantOutputs,
  plus: readonly Numbers[],
  minus: readonly Numbers[],
): Float64Array {
  const size = sizeOf(shape);
  const result = new Float64Array(plus[0].length * size);
  const add = (mutants: Numbers, sign: number) => {
    for (let i = 0; i < mutants.length; i++)
      for (let o = 0; o < size && plus[0][i] >= 0; o++) result[i * size + o] += sign * values[mutants[i] * size + o];
  };
  for (const mutants of plus) add(mutants, 1);
  for (const mutants of minus) add(mutants, -1);
  return result;
}
