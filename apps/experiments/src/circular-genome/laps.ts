import { CircularSequence, simulateLetters } from '@hairpin/bio';
import { lyapunovSpectrum, type Point } from '@hairpin/interpret';
import { type HiddenState, NotConverged, type Recurrent, RNN } from '@hairpin/layers';
import { normal, type Tensor, zeros } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { Context } from './experiment';
import { encode } from './circles';
import { rotationError, rotations } from './rotation';

/** Spectral radii of the recurrent weights: nets that forget, and one that does not. */
export const radii = [0.9, 1.2, 1.4, 1.6] as const;
/** Letters of the circles. */
export const circumferences = [50, 100, 200] as const;
const lapsShown = 8;
const drive = 0.5; // sd of input weights: large enough to move the net, too small to saturate it

/** What laps do to a net of some radius on a circle of some length. */
export interface LapStudy {
  readonly radius: number;
  readonly length: number;
  /** Nats a step. */
  readonly exponent: number;
  /** Lap and the largest |f(rot x) − rot f(x)| after it. */
  readonly errors: readonly Point[];
  /** Laps until the state settled, and the error then; absent where it never did. */
  readonly settled?: { readonly laps: number; readonly error: number };
}

/** tanh nets with random weights go round circles of random letters. */
export async function studyLaps({ rng, options, progress }: Context): Promise<LapStudy[]> {
  const studies: LapStudy[] = [];
  for (const radius of radii) {
    const net = randomNet(radius, options.units, rng.fork(`radius ${radius}`));
    const exponent = await largestExponent(net, options.exponentSteps, rng.fork('letters to read'));
    for (const length of circumferences) {
      progress({ done: studies.length, total: radii.length * circumferences.length });
      const sequence = new CircularSequence(simulateLetters(length, rng.fork(`circle ${length}`)));
      studies.push({ radius, length, exponent, ...(await goRound(net, sequence)) });
    }
  }
  return studies;
}

/** Weights from a normal distribution, whose largest eigenvalue has about the modulus `radius` (Girko's circular law). */
function randomNet(radius: number, hidden: number, rng: Rng): Recurrent {
  const net = new RNN({ in: 4, hidden, rng });
  for (const [name, weight] of Object.entries(net.parameters())) {
    const sd = name.endsWith('Hh') ? radius / Math.sqrt(hidden) : drive;
    weight.assign(/bias/.test(name) ? zeros(weight.shape) : normal(rng, weight.shape, 0, sd));
  }
  return net;
}

/** λ₁ of a net that reads random letters. */
async function largestExponent(net: Recurrent, steps: number, rng: Rng): Promise<number> {
  const cell = net.layers[0].forward!;
  const { x: xs } = encode([simulateLetters(steps, rng)]);
  const step = (state: HiddenState, x: Tensor) => cell.step(state, x) as HiddenState;
  const init = cell.init(1, xs) as HiddenState;
  const { exponents } = await lyapunovSpectrum({ step, init, xs }, { count: 1, discard: Math.floor(steps / 10) });
  return exponents[0];
}

async function goRound(net: Recurrent, sequence: CircularSequence): Promise<Pick<LapStudy, 'errors' | 'settled'>> {
  const turns = [Math.floor(sequence.length / 3)];
  const x = rotations(sequence, turns);
  const errors: Point[] = [];
  let { y, state } = net.run(x);
  for (let lap = 1; lap <= lapsShown; lap++) {
    errors.push([lap, await rotationError(y, turns)]);
    if (lap < lapsShown) ({ y, state } = net.run(x, { state }));
  }
  try {
    const { y, laps } = await net.runCircular(x, { epsilon: 1e-6, maxLaps: 40 });
    return { errors, settled: { laps, error: await rotationError(y, turns) } };
  } catch (error) {
    if (error instanceof NotConverged) return { errors };
    throw error;
  }
}
