import { HairpinError } from '@hairpin/tensors';

/** How a walk in circles ended. */
export interface LapReport {
  readonly laps: number;
  /** Largest change of the state by the last lap, and by the one before it. */
  readonly change: number;
  readonly changeBefore: number;
  readonly epsilon: number;
}

/** The state of a circular sequence did not settle within `maxLaps`. */
export class NotConverged extends HairpinError {
  readonly laps: number;
  readonly change: number;

  constructor({ laps, change, changeBefore, epsilon }: LapReport) {
    const factor = change / changeBefore;
    super(
      `runCircular: after ${laps} laps the state still changes by ${change.toPrecision(3)} (epsilon ${epsilon}). ` +
        'A lap of T steps changes a difference of states by a factor of about exp(λ₁·T), λ₁ the largest Lyapunov exponent ' +
        `of the net; the last lap's factor was ${factor.toPrecision(3)}. ` +
        (factor < 1
          ? 'Allow more laps (maxLaps), or a larger epsilon.'
          : 'No number of laps settles such a net: shrink its recurrent weights, or take a fixed number, run(x, { laps: 2 }).'),
    );
    [this.laps, this.change] = [laps, change];
  }
}
