import { Rng } from '@hairpin/tensors/random';

/** Numbers with a shape, row-major. */
export interface Numbers {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** What a net reads, and what it should give. */
export interface Examples {
  readonly x: Numbers;
  readonly target: Numbers;
}

/** Sequences, and the width of the net over them. */
export interface SequenceSize {
  readonly batch: number;
  readonly steps: number;
  readonly inputs: number;
  readonly hidden: number;
}

/** Of Adam, whose other constants are those of the paper. */
export const learningRate = 1e-3;

export const asName = ({ batch, steps, inputs, hidden }: SequenceSize): string =>
  `${batch} × ${steps}, ${inputs} → ${hidden}`;

/** Numbers in ±1. */
export function uniform(rng: Rng, ...shape: number[]): Numbers {
  const count = shape.reduce((product, size) => product * size, 1);
  return { values: Float32Array.from({ length: count }, () => 2 * rng.next() - 1), shape };
}

/** Numbers in ±1, [batch, steps, inputs], and in ±1 what the net should give, [batch, steps, hidden]. */
export function sequences({ batch, steps, inputs, hidden }: SequenceSize): Examples {
  const rng = new Rng(1);
  return { x: uniform(rng, batch, steps, inputs), target: uniform(rng, batch, steps, hidden) };
}
