import type { Point } from '@hairpin/interpret';

/** As many as a line of this width can show; even, so that halving leaves none over. */
const MOST_POINTS = 400;

/** The loss over one part of a run: a mean over so many steps that the points stay few. */
export class LossTrack {
  #points: Point[] = [];
  #pending: Point[] = [];
  #each = 1;

  constructor(
    readonly name: string,
    /** Steps in all, as far as is known. */
    readonly total: number,
  ) {}

  /** The steps and losses so far. */
  get points(): readonly Point[] {
    return this.#points;
  }

  /** The step that was told last; 0 before the first. */
  get last(): number {
    return (this.#pending.at(-1) ?? this.#points.at(-1))?.[0] ?? 0;
  }

  /** Takes up what was told of a step. */
  add(step: number, loss: number): void {
    this.#pending.push([step, loss]);
    if (this.#pending.length < this.#each) return;
    this.#points.push(mean(this.#pending));
    this.#pending = [];
    if (this.#points.length === MOST_POINTS) this.#halve();
  }

  #halve(): void {
    this.#each *= 2;
    this.#points = Array.from({ length: MOST_POINTS / 2 }, (_, i) => mean(this.#points.slice(2 * i, 2 * i + 2)));
  }
}

/** The last step of some, and their mean loss. */
function mean(points: readonly Point[]): Point {
  return [points.at(-1)![0], points.reduce((sum, [, loss]) => sum + loss, 0) / points.length];
}
