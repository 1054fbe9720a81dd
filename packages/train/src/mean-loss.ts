import type { Tensor } from '@hairpin/tensors';
import type { RngState } from '@hairpin/tensors/random';

/** What a step answered, not read yet. */
export interface Pending {
  readonly outcome: Tensor; // [loss, 1 if the weights moved]
  /** Examples whose loss it is. */
  readonly count: number;
  readonly step: number;
  /** The generators before the step, to draw the same again. */
  readonly generators: Readonly<Record<string, RngState>>;
}

/** A step whose numbers were not finite. */
export interface BadStep extends Pick<Pending, 'step' | 'generators'> {
  readonly loss: number;
}

/** Mean loss of the examples of an epoch, read in groups: each reading waits for the device. */
export class MeanLoss {
  /** Σ loss · examples, and the examples. */
  sum = 0;
  examples = 0;

  get mean(): number {
    return this.sum / this.examples;
  }

  /** Reads and gives back. The first step that was not finite, if any: those after it did nothing. */
  async read(pending: readonly Pending[]): Promise<BadStep | undefined> {
    const values = await Promise.all(pending.map(({ outcome }) => outcome.data()));
    for (const { outcome } of pending) outcome.dispose();
    for (const [i, { count, step, generators }] of pending.entries()) {
      const [loss, hasMoved] = values[i];
      if (!hasMoved) return { step, generators, loss };
      this.sum += loss * count;
      this.examples += count;
    }
    return undefined;
  }
}
