import type { Rng, Rule, Tensor } from '@hairpin/tensors';
import type { ReferenceChoice } from './references';

/** One place at which a slope is taken, on the way from a reference to the input. */
export interface Point {
  /** Which of the example's references. */
  readonly reference: number;
  /** 0 at the reference, 1 at the input. */
  readonly alpha: number;
  /** The weights of an example's points add up to 1. */
  readonly weight: number;
}

/** What makes one method of attribution: where slopes are taken, which slopes, and what they are multiplied by. */
export interface Method {
  readonly name: string;
  readonly references: ReferenceChoice;
  /** The points of an example with so many references; `rng` is the example's own. */
  readonly points: (references: number, rng: Rng) => readonly Point[];
  /** Rules that make differences of the gradient: the slope is then that between reference and input, whatever alpha is. */
  readonly rules?: Readonly<Record<string, Rule>>;
  /** A slope that no gradient gives: its rows for the scored model, x and references. */
  readonly slope?: (f: (x: Tensor) => Tensor, x: Tensor, reference: Tensor) => Tensor;
  /** A slope times x less the reference, or alone. */
  readonly times: 'difference' | 'nothing';
  /** The tolerance unless the caller says otherwise. */
  readonly tolerance: number;
}
