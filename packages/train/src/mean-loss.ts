import type { Tensor } from '@hairpin/tensors';
import { NotFiniteError } from './not-finite-error';

/** What a step answered, not read yet. */
export interface Pending {
  readonly outcome: Tensor; // [loss, 1 if the weights moved]
  readonly count: number;
  readonly step: number;
}

/** Mean loss of the examples of an epoch, read in groups: each reading waits for the device. */
export class MeanLoss {
  #sum = 0;
  #count = 0;

  constructor(private readonly epoch: number) {}

  get mean(): number {
    return this.#sum / this.#count;
  }

  async read(pending: readonly Pending[]): Promise<void> {
    const values = await Promise.all(pending.map(({ outcome }) => outcome.data()));
    pending.forEach(({ outcome, count, step }, i) => {
      outcome.dispose();
      const [loss, hasMoved] = values[i];
      if (!hasMoved) throw new NotFiniteError(this.epoch, step, loss);
      this.#sum += loss * count;
      this.#count += count;
    });
  }
}
