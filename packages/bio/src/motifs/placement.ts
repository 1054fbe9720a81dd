import { reverseComplementMatrix } from './pwm';
import type { Matrix } from './pwm';
import type { Strand } from '../strand';

/** How one motif, the query, lies on another, the target. */
export interface Placement {
  /** The position of the target at which the query begins; negative where the query hangs over in front. */
  readonly offset: number;
  /** '-' if the query had to be reverse-complemented. */
  readonly strand: Strand;
  /** How many positions lie side by side. */
  readonly columns: number;
}

/** How much of two motifs has to lie side by side. */
export interface OverlapOptions {
  /** The least number of positions side by side; never more than the narrower motif has. */
  readonly minimumOverlap?: number;
}

/** Every way to lay a query of one width on a target of another, the given strand first, from left to right. */
export function* placements(query: number, target: number, minimumOverlap: number): Generator<Placement> {
  const least = Math.max(1, Math.min(minimumOverlap, query, target));
  for (const strand of ['+', '-'] as const) {
    for (let offset = least - query; offset <= target - least; offset++) {
      yield { offset, strand, columns: Math.min(target, offset + query) - Math.max(0, offset) };
    }
  }
}

/** Two motifs laid side by side: the positions that both have, of the one and of the other. */
export function sideBySide(query: Matrix, target: Matrix, { offset, strand, columns }: Placement): [Matrix, Matrix] {
  const turned = strand === '+' ? query : reverseComplementMatrix(query);
  const [from, to] = [Math.max(0, -offset), Math.max(0, offset)];
  return [turned.slice(from, from + columns), target.slice(to, to + columns)];
}
