import { HairpinError } from '@hairpin/tensors';

/** The state of a circular sequence did not settle within `maxLaps`. */
export class NotConverged extends HairpinError {
  readonly laps: number;
  /** Largest change of an element of the state by the last lap. */
  readonly change: number;
  /**
   * Mean factor by which the change grew from lap to lap in the later half of them: about exp(λ₁·T), or 1 where the
   * state goes on turning.
   */
  readonly factor: number;

  /** `changes` are those by each lap, the first against the initial state. */
  constructor(changes: readonly number[], epsilon: number) {
    const middle = Math.floor((changes.length - 1) / 2);
    const [laps, change] = [changes.length, changes.at(-1) ?? NaN];
    const factor = (change / changes[middle]) ** (1 / (laps - 1 - middle));
    const growth = laps > 1 ? ` and each lap changed it ${factor.toPrecision(3)} times as much as the one before` : '';
    super(
      `runCircular: after ${laps} laps the state still changes by ${change.toPrecision(3)} ` +
        `(epsilon ${epsilon})${growth}. From lap to lap a change grows by about exp(λ₁·T) for T steps and the ` +
        'largest Lyapunov exponent λ₁ of the net. Where that is well below 1, allow more laps (maxLaps); else no ' +
        'number of them settles the state: shrink the recurrent weights, or take a fixed number of laps, ' +
        'run(x, { laps: 2 }).',
    );
    [this.laps, this.change, this.factor] = [laps, change, factor];
  }
}
