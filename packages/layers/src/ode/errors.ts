import { HairpinError } from '@hairpin/tensors';

/** Where a solver gave up, and with what it was asked to work. */
export interface GivenUp {
  /** Row of the batch. */
  readonly row: number;
  /** Time that it has reached. */
  readonly time: number;
  /** Size of the last step it tried. */
  readonly step: number;
  /** Root mean square of the state there. */
  readonly stateNorm: number;
  readonly rtol: number;
  readonly atol: number;
  /** Steps taken and refused so far. */
  readonly steps: number;
  /** |h·λ| of that step, λ the eigenvalue that dominates; an explicit method of order 5 is stable up to about 3.3. */
  readonly stability: number;
}

const short = (x: number): string => String(Number(x.toPrecision(4)));

const place = ({ row, time, stateNorm, rtol, atol }: GivenUp): string =>
  `in row ${row} at t = ${short(time)}, where the state has size ${short(stateNorm)} (rtol ${rtol}, atol ${atol})`;

const remedy =
  'Loosen rtol and atol, or scale time and state so that the fast part of the solution matters less; a fixed method ' +
  'with steps below 2/|λ| goes through a stiff stretch too.';

/** Steps would have to become smaller than the solver may make them: a stiff equation, or a solution that has no end. */
export class StiffnessError extends HairpinError {
  readonly at: GivenUp;

  constructor(at: GivenUp, why: 'underflow' | 'stability') {
    const reason =
      why === 'underflow'
        ? `the step fell below the smallest one allowed, ${short(at.step)}, ${place(at)}: the equation is stiff there, or ` +
          'its solution runs to infinity'
        : `${at.steps} steps did not reach the end. They are held down to ${short(at.step)} by stability ` +
          `(|h·λ| = ${short(at.stability)}, the limit is about 3.3) and not by accuracy, ${place(at)}: the equation is stiff`;
    super(`odeint: ${reason}. ${remedy}`);
    this.at = at;
  }
}

/** More steps than `maxSteps` would be needed. */
export class TooManySteps extends HairpinError {
  readonly at: GivenUp;

  constructor(at: GivenUp, end: number) {
    super(
      `odeint: ${at.steps} steps reach t = ${short(at.time)} of ${short(end)} ${place(at).replace(/ at t = [^,]*,/, ',')}. ` +
        'Allow more of them (maxSteps), loosen rtol and atol, or ask for a shorter time.',
    );
    this.at = at;
  }
}

/** f gave NaN or an infinity, and still did for the smallest step. */
export class NotFiniteSlope extends HairpinError {
  readonly at: GivenUp;

  constructor(at: GivenUp) {
    super(
      `odeint: f gave NaN or an infinity ${place(at)}, however small the step. Look for a logarithm, a root or a quotient ` +
        'in f that the state has left the domain of.',
    );
    this.at = at;
  }
}

/** Times that go forth and back, or are no numbers. */
export class TimesError extends HairpinError {
  constructor(row: number, times: ArrayLike<number>, at: number) {
    const found = at === 0 ? `${times[0]}` : `${times[at - 1]} and then ${times[at]}`;
    super(
      'odeint: expected times that are numbers and only increase or only decrease (equal ones may follow each other), ' +
        `got ${found} in row ${row} at ${at}. Sort the observations, or solve each stretch by itself.`,
    );
  }
}
