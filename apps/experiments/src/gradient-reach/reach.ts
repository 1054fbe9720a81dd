import { decayRate, gradientReach, type LyapunovSpectrum, lyapunovSpectrum } from '@hairpin/interpret';
import type { Context } from './experiment';
import { cellOf, type Kind, lettersOf, reading } from './nets';
import { watched } from './watched';

/** How the gradient of a net fades over a sequence, and what its Jacobians say. */
export interface Reach {
  /** ln ‖∂L/∂h‖ by distance from the end. */
  readonly logNorms: Float64Array;
  /** Nats per step, by least squares. */
  readonly slope: number;
  readonly spectrum: LyapunovSpectrum;
}

/** Steps in which a net forgets where it began, and a gradient turns to where it fades slowest. */
const transient = 100;

/** Follows a gradient back over all steps of a sequence, and the Jacobians forth. */
export async function followGradient(context: Context, kind: Kind): Promise<Reach> {
  const { steps, hidden } = context.options;
  const xs = lettersOf(context.rng.fork('letters'), 1, steps);
  const net = reading(cellOf(kind, hidden, context.rng.fork('nets')), xs);
  context.phase(`${kind}: the gradient over ${steps} steps`);
  const { states } = await gradientReach(net, { segment: 250, ...watched(context) });
  context.phase(`${kind}: Lyapunov exponents over ${steps} steps`);
  const spectrum = await lyapunovSpectrum(net, { discard: transient, ...watched(context) });
  return { logNorms: states.values, slope: decayRate(states.values, { from: transient }).slope, spectrum };
}
