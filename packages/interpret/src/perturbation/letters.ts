import { shapeError, type Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';
import type { PerturbationOptions } from './options';

/** Sequences on the host: one-hot rows, and how many of them each sequence has. */
export class Letters {
  constructor(
    private readonly values: ArrayLike<number>,
    readonly shape: readonly number[],
    readonly lengths: readonly number[],
  ) {}

  /** The letters [positions, letters] from `start` to `end` − 1. */
  rows(sequence: number, start: number, end: number): number[][] {
    return Array.from({ length: end - start }, (_, i) => this.row(sequence, start + i));
  }

  row(sequence: number, position: number): number[] {
    const [, length, letters] = this.shape;
    const first = (sequence * length + position) * letters;
    return Array.from({ length: letters }, (_, a) => this.values[first + a]);
  }

  /** The letters as text: equal for equal sequences. */
  written(sequence: number): string {
    const [, length, letters] = this.shape;
    const first = sequence * length * letters;
    return Array.from({ length: this.lengths[sequence] * letters }, (_, i) => this.values[first + i]).join();
  }

  /** Which letter stands there; −1 where no single one does, such as at an N. */
  at(sequence: number, position: number): number {
    const [, length, letters] = this.shape;
    const first = (sequence * length + position) * letters;
    let found = -1;
    for (let a = 0; a < letters; a++) {
      const value = this.values[first + a];
      if (value === 0) continue;
      if (value !== 1 || found >= 0) return -1;
      found = a;
    }
    return found;
  }
}

/** Reads x [batch, length, letters] and the lengths of its rows. */
export async function lettersOf(where: string, x: Tensor, { context }: PerturbationOptions): Promise<Letters> {
  if (x.shape.length !== 3) throw shapeError(where, 'sequences [batch, length, letters]', x.shape);
  const [batch, length] = x.shape;
  const lengths = await context?.lengths?.data();
  if (lengths && lengths.length !== batch) throw shapeError(where, `lengths [${batch}]`, context!.lengths!.shape);
  const own = Array.from({ length: batch }, (_, b) => Math.min(lengths?.[b] ?? length, length));
  return new Letters(await x.data(), x.shape, own);
}

/** The one-hot row of a letter by number. */
export const oneLetter = (letter: number, letters: number): Matrix => [
  Array.from({ length: letters }, (_, a) => Number(a === letter)),
];
