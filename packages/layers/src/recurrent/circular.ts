import { abs, max, realize, stopGradient, sub, type Tensor } from '@hairpin/tensors';
import { NotConverged } from './not-converged';
import { joinState, type RecurrentState } from './state';

/** When a walk in circles is done. */
export interface CircularOptions {
  /** Done when a lap changes no element of the state by so much: 1e-5 unless said. */
  readonly epsilon?: number;
  /** Laps after which `NotConverged` is raised: 16 unless said. */
  readonly maxLaps?: number;
}

/** What a lap gives. */
export interface Lap {
  readonly y: Tensor;
  readonly state: RecurrentState;
}

/**
 * Walks again from the last state, until that comes back to what it was: the state before the first step then is that
 * after the last. Asks for numbers between laps, so that what it gives is computed and has no gradient.
 */
export async function circle(
  lap: (state: RecurrentState) => Lap,
  start: RecurrentState,
  { epsilon = 1e-5, maxLaps = 16 }: CircularOptions,
): Promise<Lap & { readonly laps: number }> {
  const changes: number[] = [];
  let state = start;
  while (changes.length < maxLaps) {
    const walked = lap(state);
    const difference = largestDifference(walked.state, state);
    await realize(walked.y, ...tensorsOf(walked.state), difference);
    changes.push(await difference.item());
    if (changes.at(-1)! < epsilon) return { ...walked, laps: changes.length };
    state = walked.state;
  }
  throw new NotConverged(changes, epsilon);
}

const largestDifference = (a: RecurrentState, b: RecurrentState): Tensor =>
  max(abs(stopGradient(sub(joinState(a), joinState(b)))));

const tensorsOf = (state: RecurrentState): Tensor[] =>
  state.flatMap((layer) => Object.values(layer).flatMap((parts) => Object.values(parts)));
